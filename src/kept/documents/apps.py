"""Django's registration of the package."""

from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    """Documents."""

    name = "kept.documents"
    label = "documents"
