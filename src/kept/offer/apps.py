"""Django's registration of the package."""

from django.apps import AppConfig


class OfferConfig(AppConfig):
    """The Local Offer."""

    name = "kept.offer"
    label = "offer"
