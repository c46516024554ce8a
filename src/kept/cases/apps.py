"""Django's registration of the package."""

from django.apps import AppConfig


class CasesConfig(AppConfig):
    """EHC cases on their statutory clocks."""

    name = "kept.cases"
    label = "cases"
