"""Addresses of the desk: for editors, and for providers their own entries."""

from django.urls import path

from kept.offer import comment_views, desk_views

app_name = "desk"
urlpatterns = [
    path("", desk_views.home, name="home"),
    path("entries/", desk_views.mine, name="mine"),
    path("entries/add/", desk_views.add, name="add"),
    path("entries/<uuid:pk>/", desk_views.edit, name="edit"),
    path("entries/<uuid:pk>/still-right/", desk_views.still_right, name="still_right"),
    path("entries/<uuid:pk>/take-out/", desk_views.take_out, name="take_out"),
    path("entries/<uuid:pk>/history/", desk_views.history, name="history"),
    path("entries/<uuid:pk>/history/<uuid:version>/", desk_views.go_back, name="go_back"),
    path("proposals/<uuid:pk>/", desk_views.proposal, name="proposal"),
    path("comments/", comment_views.listing, name="comments"),
    path("comments/<uuid:pk>/", comment_views.show, name="comment"),
    path("coverage/", desk_views.coverage, name="coverage"),
    path("gaps/", desk_views.gaps, name="gaps"),
    path("import/", desk_views.import_file, name="import"),
    path("organisations/<uuid:pk>/invite/", desk_views.invite_provider, name="invite"),
]
