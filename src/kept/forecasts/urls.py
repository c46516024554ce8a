"""Addresses of the forecasts."""

from django.urls import path

from kept.forecasts import capacity_views, public_views, views

app_name = "forecasts"
LIST = "lists/<uuid:pk>"
urlpatterns = [
    path("", capacity_views.home, name="home"),
    path("public/<slug:area>/", public_views.were_we_right, name="right"),
    path("referrals/<uuid:pk>/", views.statement, name="statement"),
    path("referrals/<uuid:pk>/letter.pdf", views.letter, name="letter"),
    path(f"{LIST}/", capacity_views.capacity, name="capacity"),
    path(f"{LIST}/sign/", capacity_views.sign, name="sign"),
    path(f"{LIST}/people/", capacity_views.profession, name="profession_add"),
    path(f"{LIST}/people/<uuid:profession>/", capacity_views.profession, name="profession"),
    path(f"{LIST}/people/<uuid:profession>/posts/", capacity_views.post, name="post_add"),
    path(f"{LIST}/people/<uuid:profession>/posts/<uuid:post>/", capacity_views.post, name="post"),
    path(f"{LIST}/posts/<uuid:post>/close/", capacity_views.close, name="close"),
    path("simulations/<uuid:pk>/", capacity_views.run, name="run"),
    path("simulations/<uuid:pk>/cancel/", capacity_views.cancel, name="cancel"),
]
