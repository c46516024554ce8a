"""Addresses of handover and cover."""

from django.urls import path

from kept.handover import views

app_name = "handover"
urlpatterns = [
    path("", views.loads, name="loads"),
    path("absence/", views.absence, name="absence"),
    path("<uuid:pk>/", views.hand_over, name="hand_over"),
]
