"""Addresses of the measures."""

from django.urls import path

from kept.measures import views

app_name = "measures"
urlpatterns = [
    path("", views.wall, name="wall"),
    path("<slug:code>/", views.show, name="show"),
    path("<slug:code>/rows/", views.rows, name="rows"),
]
