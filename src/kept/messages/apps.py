"""Django's registration of the package."""

from django.apps import AppConfig


class MessagesConfig(AppConfig):
    """Conversations. The label keeps clear of Django's own `messages`."""

    name = "kept.messages"
    label = "kept_messages"
