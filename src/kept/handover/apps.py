"""Django's registration of the package."""

from django.apps import AppConfig


class HandoverConfig(AppConfig):
    """Handover and cover."""

    name = "kept.handover"
    label = "handover"
