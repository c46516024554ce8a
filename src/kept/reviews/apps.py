"""Django's registration of the package."""

from django.apps import AppConfig


class ReviewsConfig(AppConfig):
    """Annual reviews."""

    name = "kept.reviews"
    label = "reviews"
