"""The table in which tries at signing in are counted, so that lock-out holds across worker processes."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("access", "0004_trails_protected")]
    operations = [
        migrations.RunSQL(
            "CREATE TABLE access_cache (cache_key varchar(255) PRIMARY KEY, value text NOT NULL, "
            "expires timestamptz NOT NULL); CREATE INDEX access_cache_expires ON access_cache (expires);",
            "DROP TABLE access_cache;",
        )
    ]
