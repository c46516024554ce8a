"""Addresses of conversations."""

from django.urls import path

from kept.messages import promise_views, views

app_name = "messages"
urlpatterns = [
    path("", views.desk, name="desk"),
    path("speed/", views.speed, name="speed"),
    path("standard/", promise_views.standard, name="standard"),
    path("quiet/", promise_views.quiet, name="quiet"),
    path("emails/", promise_views.my_emails, name="my_emails"),
    path("<uuid:pk>/", views.thread, name="thread"),
    path("<uuid:pk>/close/", views.close, name="close"),
    path("<uuid:pk>/hand-on/", views.hand_on, name="hand_on"),
]
