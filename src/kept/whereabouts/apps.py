"""Django's registration of the package."""

from django.apps import AppConfig


class WhereaboutsConfig(AppConfig):
    """Where every child is."""

    name = "kept.whereabouts"
    label = "whereabouts"
