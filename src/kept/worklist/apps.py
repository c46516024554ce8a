"""Django's registration of the package."""

from django.apps import AppConfig


class WorklistConfig(AppConfig):
    """The desks of workers and managers."""

    name = "kept.worklist"
    label = "worklist"
