"""Addresses of the measures."""

from django.urls import path

from kept.measures import neighbour_views, rebase_views, series_views, views

app_name = "measures"
urlpatterns = [
    path("", views.wall, name="wall"),
    path("outside/", series_views.series, name="series"),
    path("outside/template/", series_views.template, name="series_template"),
    path("outside/<uuid:pk>/undo/", series_views.undo, name="series_undo"),
    path("neighbours/", neighbour_views.neighbours, name="neighbours"),
    path("<slug:code>/", views.show, name="show"),
    path("<slug:code>/rows/", views.rows, name="rows"),
    path("<slug:code>/limits/", rebase_views.limits, name="limits"),
    path("<slug:code>/limits/<uuid:pk>/undo/", rebase_views.undo, name="undo_limits"),
]
