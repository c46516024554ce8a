"""Django's registration of the package."""

from django.apps import AppConfig


class PartnersConfig(AppConfig):
    """The partners' desk."""

    name = "kept.partners"
    label = "partners"

    def ready(self) -> None:
        """Let plans read the advice that is returned here."""
        from kept.partners import plan_advice  # noqa: F401 - reading it in registers it
