"""The addresses of the product with those of the demonstration, as `kept.config.urls` has them in that mode."""

from django.urls import include, path

from kept.config.urls import handler404, handler500
from kept.config.urls import urlpatterns as product

urlpatterns = [*product, path("", include("kept.demo.urls"))]
__all__ = ["handler404", "handler500", "urlpatterns"]
