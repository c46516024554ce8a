"""Django's registration of the package."""

from django.apps import AppConfig


class DutiesConfig(AppConfig):
    """The ledger of duties."""

    name = "kept.duties"
    label = "duties"
