"""Django's registration of the package."""

from django.apps import AppConfig


class MeasuresConfig(AppConfig):
    """Measures and their charts."""

    name = "kept.measures"
    label = "measures"
