"""Django's registration of the package."""

from django.apps import AppConfig


class PlansConfig(AppConfig):
    """EHC plans."""

    name = "kept.plans"
    label = "plans"
