"""Django's registration of the package."""

from __future__ import annotations

from typing import Any

from django.apps import AppConfig
from django.db import connection
from django.db.models.signals import post_migrate


def _bring_the_database_up_to_date(**more: Any) -> None:
    """After a migration, run by the owner: every table of personal data is tracked, and the roles are the code's."""
    from kept.access.protection import refresh_roles
    from kept.access.removing import let_removal_through
    from kept.access.trails.tracking import track_everything

    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_get_userbyid(relowner) = current_user FROM pg_class WHERE oid = to_regclass('access_change')"
        )
        if cursor.fetchone() != (True,):
            return
    refresh_roles()
    track_everything()
    let_removal_through()


class AccessConfig(AppConfig):
    """Accounts, agencies, roles and grants."""

    name = "kept.access"
    label = "access"

    def ready(self) -> None:
        """Hear of sign-ins, and of migrations."""
        from kept.access.trails.security import listen

        listen()
        post_migrate.connect(_bring_the_database_up_to_date, dispatch_uid="kept.up_to_date")
