"""Row-level security: what is published is open to the area, the rest to editors and to whose it is."""

from django.db import migrations

from kept.access.protection import append_only, functions_of_roles
from kept.offer.protection import EDITOR, OWN_ORGANISATIONS, OWN_SERVICES, closed, open_to_read

OWN_SERVICE = OWN_ORGANISATIONS.format("organisation_id")
OF_OWN_SERVICE = OWN_SERVICES.format("service_id")
KEEPER = f"{EDITOR} OR (SELECT kept_keeps_own_offer())"


class Migration(migrations.Migration):
    dependencies = [("offer", "0001_initial"), ("access", "0004_trails_protected")]
    operations = [
        migrations.RunSQL(functions_of_roles(), migrations.RunSQL.noop),
        open_to_read("offer_edition", written=KEEPER),
        *[open_to_read(f"offer_{name}") for name in ("organisation", "taxonomy", "term", "coverage", "place")],
        open_to_read("offer_location", written=KEEPER),
        open_to_read(
            "offer_service",
            seen=f"is_published OR {EDITOR} OR ({OWN_SERVICE})",
            written=f"{EDITOR} OR ({OWN_SERVICE})",
        ),
        *[
            open_to_read(f"offer_{name}", written=f"{EDITOR} OR ({OF_OWN_SERVICE})")
            for name in ("atlocation", "tagging")
        ],
        open_to_read("offer_wait"),
        open_to_read("offer_page", seen=f"is_published OR {EDITOR}"),
        open_to_read("offer_publiccomment"),
        open_to_read("offer_synonymrow"),
        closed("offer_version", written=f"{EDITOR} OR ({OF_OWN_SERVICE})"),
        closed("offer_proposal", written=f"{EDITOR} OR ({OWN_SERVICE})"),
        closed("offer_comment"),
        open_to_read("offer_miss", seen=EDITOR, written="true"),
        open_to_read("offer_views", seen=EDITOR, written="true"),
        append_only("offer_version"),
    ]
