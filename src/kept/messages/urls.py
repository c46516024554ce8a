"""Addresses of conversations."""

from django.urls import path

from kept.messages import views

app_name = "messages"
urlpatterns = [
    path("", views.desk, name="desk"),
    path("speed/", views.speed, name="speed"),
    path("<uuid:pk>/", views.thread, name="thread"),
    path("<uuid:pk>/close/", views.close, name="close"),
    path("<uuid:pk>/hand-on/", views.hand_on, name="hand_on"),
]
