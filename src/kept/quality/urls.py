"""Addresses of the audits of plans."""

from django.urls import path

from kept.quality import views

app_name = "quality"
urlpatterns = [
    path("", views.rounds, name="rounds"),
    path("draw/", views.draw, name="draw"),
    path("results/", views.over_time, name="over_time"),
    path("mine/", views.seats, name="seats"),
    path("rounds/<uuid:pk>/", views.round_page, name="round"),
    path("rounds/<uuid:pk>/close/", views.close, name="close"),
    path("rounds/<uuid:pk>/action/", views.add_action, name="add_action"),
    path("copies/<uuid:pk>/", views.copy_page, name="copy"),
    path("copies/<uuid:pk>/<slug:chair>/", views.reseat, name="reseat"),
    path("seats/<uuid:pk>/", views.judge, name="judge"),
    path("seats/<uuid:pk>/stand-down/", views.stand_down, name="stand_down"),
    path("actions/<uuid:pk>/", views.action, name="action"),
]
