"""Row-level security: a review is seen by those who see the child. What was said, moved or sent out is never changed."""

from django.db import migrations

from kept.access.protection import append_only, protect

FIXED = ("moved", "contribution", "progress", "paper", "feedback")
OPEN = ("review", "invitee", "typedentry", "judgement", "earlyask")


class Migration(migrations.Migration):
    dependencies = [("reviews", "0001_initial"), ("access", "0006_works_by_grant"), ("people", "0002_protection")]
    operations = [
        *(protect(f"reviews_{name}") for name in (*OPEN, *FIXED)),
        *(append_only(f"reviews_{name}") for name in FIXED),
    ]
