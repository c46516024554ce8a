"""Django's registration of the package."""

from django.apps import AppConfig


class ImprovementConfig(AppConfig):
    """Improvement programmes."""

    name = "kept.improvement"
    label = "improvement"
