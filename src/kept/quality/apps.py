"""Django's registration of the package."""

from django.apps import AppConfig


class QualityConfig(AppConfig):
    """Audits of plans."""

    name = "kept.quality"
    label = "quality"
