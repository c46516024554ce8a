"""Row-level security: an email and the choice of emails are seen by the case team and by whom they belong to."""

from django.db import migrations

from kept.access.protection import append_only, protect

OWN = "(SELECT kept_scope()) = 'area' OR {} = (SELECT kept_person())"


class Migration(migrations.Migration):
    dependencies = [("kept_messages", "0003_emails"), ("access", "0004_trails_protected")]
    operations = [
        protect("kept_messages_email", child=None, also=OWN.format("to_id")),
        protect("kept_messages_emailchoice", child=None, also=OWN.format("user_id")),
        protect("kept_messages_quiethours", child=None),
        append_only("kept_messages_quiethours"),
        append_only("kept_messages_replystandard"),
    ]
