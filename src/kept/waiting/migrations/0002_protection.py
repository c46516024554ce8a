"""Row-level security: a referral is seen with its child; how lists are set up, by the whole area; events are for good."""

from django.db import migrations

from kept.access.protection import append_only, protect

OF_THE_AREA = ("service", "pathway", "stage", "standard", "mapping", "batch")


class Migration(migrations.Migration):
    dependencies = [("waiting", "0001_initial"), ("access", "0005_sign_in_counts"), ("people", "0001_initial")]
    operations = [
        *(protect(f"waiting_{name}", child=None) for name in OF_THE_AREA),
        protect("waiting_referral"),
        protect("waiting_event"),
        protect("waiting_finding", child_optional=True),
        append_only("waiting_event"),
    ]
