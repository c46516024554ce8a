"""Django's registration of the package."""

from django.apps import AppConfig


class DeliveryConfig(AppConfig):
    """The delivery ledger."""

    name = "kept.delivery"
    label = "delivery"
