"""A provider keeps the entries of the organisations for which they work, whatever their role sees of children."""

from django.db import migrations

from kept.access.protection import functions_of_roles
from kept.offer.protection import EDITOR, OWN_ORGANISATIONS, OWN_SERVICES

AREA = "area_id = (SELECT kept_area())"
OWN_SERVICE = OWN_ORGANISATIONS.format("organisation_id")
BY_SERVICE = f"{AREA} AND ({EDITOR} OR ({OWN_SERVICE}))"
BY_PART = f"{AREA} AND ({EDITOR} OR ({OWN_SERVICES.format('service_id')}))"
KEPT = {
    "service": BY_SERVICE,
    "proposal": BY_SERVICE,
    "atlocation": BY_PART,
    "tagging": BY_PART,
    "version": BY_PART,
}


def alter(table: str, policy: str, *, seen: str, checked: bool) -> migrations.RunSQL:
    """Say anew what a policy lets through; its undoing leaves it, as the function that it asks stays."""
    written = f" WITH CHECK ({seen})" if checked else ""
    return migrations.RunSQL(
        f"ALTER POLICY offer_{table}_{policy} ON offer_{table} USING ({seen}){written};", migrations.RunSQL.noop
    )


class Migration(migrations.Migration):
    """See above."""

    dependencies = [("offer", "0002_protection"), ("access", "0006_works_by_grant")]
    operations = [
        migrations.RunSQL(functions_of_roles(), migrations.RunSQL.noop),
        alter("service", "seen", seen=f"{AREA} AND (is_published OR {EDITOR} OR ({OWN_SERVICE}))", checked=False),
        *[alter(table, "kept", seen=seen, checked=True) for table, seen in KEPT.items()],
    ]
