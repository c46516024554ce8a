"""Django's registration of the package."""

from django.apps import AppConfig


class ForecastsConfig(AppConfig):
    """Forecasts of waits."""

    name = "kept.forecasts"
    label = "forecasts"

    def ready(self) -> None:
        """Tell the waiting lists who makes statements for families."""
        from kept.forecasts.telling import statement_for
        from kept.waiting import hooks

        hooks.fill(statement=statement_for)
