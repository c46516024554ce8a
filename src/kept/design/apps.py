"""The app that carries the look; it has no tables."""

from __future__ import annotations

from django.apps import AppConfig


class DesignConfig(AppConfig):
    """Pages, components and the form renderer."""

    name = "kept.design"
    label = "design"
    verbose_name = "Design"
