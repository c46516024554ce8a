"""Addresses of where children are."""

from django.urls import path

from kept.whereabouts import views

app_name = "whereabouts"
urlpatterns = [
    path("", views.every_child, name="every_child"),
    path("csv/", views.export, name="export"),
    path("roll/", views.roll, name="roll"),
    path("<uuid:pk>/", views.confirm, name="confirm"),
]
