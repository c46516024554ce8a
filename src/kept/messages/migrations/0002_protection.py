"""Row-level security: a conversation is seen by the case team and by those it is with. What was said is never changed."""

from django.db import migrations

from kept.access.protection import append_only, protect

WITH = (
    "(SELECT kept_scope()) = 'area' OR {0}.with_user_id = (SELECT kept_person())"
    " OR {0}.with_agency_id = ANY ((SELECT kept_agencies())::uuid[])"
    " OR EXISTS (SELECT 1 FROM people_carer c WHERE c.id = {0}.with_carer_id AND c.user_id = (SELECT kept_person()))"
)
THREAD = WITH.format("kept_messages_thread")
OF_THREAD = (
    "(SELECT kept_scope()) = 'area' OR EXISTS (SELECT 1 FROM kept_messages_thread t WHERE t.id = thread_id)"
)


class Migration(migrations.Migration):
    dependencies = [("kept_messages", "0001_initial"), ("access", "0004_trails_protected"), ("people", "0002_protection")]
    operations = [
        protect("kept_messages_thread", also=THREAD),
        protect("kept_messages_message", also=OF_THREAD),
        append_only("kept_messages_message"),
        protect("kept_messages_replystandard", child=None),
    ]
