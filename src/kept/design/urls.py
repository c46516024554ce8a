"""The component gallery."""

from django.urls import path

from kept.design import views

app_name = "design"
urlpatterns = [path("", views.gallery, name="gallery")]
