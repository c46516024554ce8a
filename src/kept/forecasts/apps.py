"""Django's registration of the package."""

from django.apps import AppConfig


class ForecastsConfig(AppConfig):
    """Forecasts of waits."""

    name = "kept.forecasts"
    label = "forecasts"

    def ready(self) -> None:
        """Tell the waiting lists who makes statements for families, and the notices who tells of waits."""
        from kept.forecasts.letters import of_child
        from kept.forecasts.telling import statement_for
        from kept.notices.hooks import fill_waits
        from kept.waiting import hooks

        hooks.fill(statement=statement_for)
        fill_waits(waits=of_child)
