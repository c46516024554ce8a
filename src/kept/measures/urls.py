"""Addresses of the measures."""

from django.urls import path

from kept.measures import rebase_views, views

app_name = "measures"
urlpatterns = [
    path("", views.wall, name="wall"),
    path("<slug:code>/", views.show, name="show"),
    path("<slug:code>/rows/", views.rows, name="rows"),
    path("<slug:code>/limits/", rebase_views.limits, name="limits"),
    path("<slug:code>/limits/<uuid:pk>/undo/", rebase_views.undo, name="undo_limits"),
]
