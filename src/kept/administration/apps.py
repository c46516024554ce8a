"""Django's registration of the package."""

from __future__ import annotations

from django.apps import AppConfig


class AdministrationConfig(AppConfig):
    """Administration."""

    name = "kept.administration"
    label = "administration"
