"""Addresses of handover and cover."""

from django.urls import path

from kept.handover import views

app_name = "handover"
urlpatterns = [
    path("", views.loads, name="loads"),
    path("absence/", views.absence, name="absence"),
    path("absence/<uuid:pk>/end/", views.end_absence, name="end_absence"),
    path("cases/nobody/", views.several, name="several_of_nobody"),
    path("cases/<uuid:officer>/", views.several, name="several"),
    path("<uuid:pk>/", views.hand_over, name="hand_over"),
]
