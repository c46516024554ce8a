"""Django's registration of the package."""

from django.apps import AppConfig


class FamilyConfig(AppConfig):
    """The family's page."""

    name = "kept.family"
    label = "family"

    def ready(self) -> None:
        """Give reviews the story that the family told once."""
        from kept.family.page import story_words
        from kept.reviews import hooks

        hooks.fill(story=story_words)
