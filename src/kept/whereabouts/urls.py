"""Addresses of where children are."""

from django.urls import path

from kept.whereabouts import register_views, roll_views, views

app_name = "whereabouts"
urlpatterns = [
    path("", views.every_child, name="every_child"),
    path("csv/", views.export, name="export"),
    path("map/", register_views.on_a_map, name="map"),
    path("register/", register_views.register, name="register"),
    path("roll/", roll_views.roll, name="roll"),
    path("<uuid:pk>/", views.confirm, name="confirm"),
]
