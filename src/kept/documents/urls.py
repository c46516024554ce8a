"""Addresses of documents."""

from django.urls import path

from kept.documents import views

app_name = "documents"
urlpatterns = [
    path("<uuid:pk>/", views.show, name="show"),
    path("child/<uuid:pk>/", views.of_child, name="of_child"),
]
