"""Django's registration of the package."""

from django.apps import AppConfig


class DeliveryConfig(AppConfig):
    """The delivery ledger."""

    name = "kept.delivery"
    label = "delivery"

    def ready(self) -> None:
        """Tell the plans what was delivered, and take up each plan that comes into force."""
        from kept.delivery.for_linter import facts_for_linter
        from kept.delivery.items import take_up
        from kept.plans import hooks

        hooks.fill(delivery=facts_for_linter, issued=lambda by, child_id: take_up(by=by, child_id=child_id))
