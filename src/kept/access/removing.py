"""Let the owner’s own function remove a child’s record at the end of retention, and nothing else remove anything.

The service's account cannot delete what is append-only, and neither can the owner by hand. One function of the
database, `kept_remove_child` (in the migrations of kept.administration), may: it runs as the owner of the tables, asks
for a review that two people signed, and says that it is at work. Only while it does, and only as the owner, do the
append-only triggers let a row go and the policies made here let the owner see every row. The trails take no part in
it: the lines of who changed what and who looked stay; only what the fields held goes.
"""

from __future__ import annotations

from django.db import connection

STAY = ("access_change", "access_reading", "access_securityevent", "administration_retentionreview")

IS_REMOVING = """
CREATE OR REPLACE FUNCTION kept_is_removing() RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT coalesce(current_setting('kept.removing', true), '') = '1'
    AND current_user = (SELECT pg_get_userbyid(relowner) FROM pg_class WHERE oid = 'access_change'::regclass) $$;
"""
# As `append_only` makes them, with one way out.
LET_GO = """
DO $$ DECLARE t text; BEGIN
  FOR t IN SELECT c.relname FROM pg_class c JOIN pg_trigger g ON g.tgrelid = c.oid AND g.tgname = 'append_only'
    WHERE c.relname <> ALL (ARRAY[%(stay)s]) LOOP
    EXECUTE format('CREATE OR REPLACE FUNCTION %%I() RETURNS trigger LANGUAGE plpgsql AS $f$ BEGIN '
      'IF TG_OP = ''DELETE'' AND kept_is_removing() THEN RETURN OLD; END IF; '
      'RAISE EXCEPTION ''%%s is append-only: record a correction instead'' USING ERRCODE = ''restrict_violation''; '
      'END $f$', t || '_is_append_only', t);
  END LOOP;
  FOR t IN SELECT c.relname FROM pg_class c WHERE c.relrowsecurity AND c.relname <> ALL (ARRAY[%(stay)s])
    AND NOT EXISTS (SELECT 1 FROM pg_policy p WHERE p.polrelid = c.oid AND p.polname = 'kept_removal') LOOP
    EXECUTE format('CREATE POLICY kept_removal ON %%I TO %%I USING (kept_is_removing()) '
      'WITH CHECK (kept_is_removing())', t, current_user);
  END LOOP;
END $$;
"""


def let_removal_through() -> None:
    """Give every table its one way out; run as the owner after each migration."""
    stay = ", ".join(f"'{name}'" for name in STAY)
    with connection.cursor() as cursor:
        cursor.execute(IS_REMOVING)
        cursor.execute(LET_GO % {"stay": stay})
