"""Addresses of the audits of plans."""

from django.urls import URLPattern

app_name = "quality"
urlpatterns: list[URLPattern] = []
