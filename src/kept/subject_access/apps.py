"""Django's registration of the package."""

from django.apps import AppConfig


class SubjectAccessConfig(AppConfig):
    """Copies of records, corrections, and rights that pass to the young person."""

    name = "kept.subject_access"
    label = "subject_access"
