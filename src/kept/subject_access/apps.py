"""Django's registration of the package."""

from django.apps import AppConfig


class SubjectAccessConfig(AppConfig):
    """Copies of records, corrections, and rights that pass to the young person."""

    name = "kept.subject_access"
    label = "subject_access"

    def ready(self) -> None:
        """Tell notices who decides for a young person who lacks capacity."""
        from kept.notices import hooks
        from kept.subject_access.passing_on import deciding_for

        hooks.fill(deciding_for=deciding_for)
