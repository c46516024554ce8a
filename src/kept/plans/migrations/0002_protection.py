"""Row-level security; and what was sent or issued is never changed, whoever asks.

Writing is for the case team. The family and those joined to the child read a version from the day it is sent or issued.
A parent's points on a draft are theirs and the case team's; each recipient reads their own line.
"""

from django.db import migrations

from kept.access.protection import protect

TEAM = "(SELECT kept_scope()) = 'area'"
SENT = f"{TEAM} OR sent_on IS NOT NULL OR issued_on IS NOT NULL"
OF_SENT = f"{TEAM} OR EXISTS (SELECT 1 FROM plans_version v WHERE v.id = version_id)"
OWN = f"{TEAM} OR by_id = (SELECT kept_person())"
TO_ME = f"{TEAM} OR user_id = (SELECT kept_person()) OR agency_id = ANY ((SELECT kept_agencies())::uuid[])"
OF_MINE = f"{TEAM} OR EXISTS (SELECT 1 FROM plans_recipient r WHERE r.id = recipient_id)"

VERSION_STANDS = """
CREATE FUNCTION plans_version_stands() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
  IF OLD.sent_on IS NULL AND OLD.issued_on IS NULL THEN RETURN coalesce(NEW, OLD); END IF;
  IF TG_OP = 'DELETE' OR (OLD.plan_id, OLD.child_id, OLD.number, OLD.stage, OLD.section_set, OLD.writer_id, OLD.made_at)
       IS DISTINCT FROM
       (NEW.plan_id, NEW.child_id, NEW.number, NEW.stage, NEW.section_set, NEW.writer_id, NEW.made_at)
     OR OLD.sent_on IS DISTINCT FROM NEW.sent_on OR OLD.issued_on IS DISTINCT FROM NEW.issued_on
     OR OLD.signed_by_id IS DISTINCT FROM NEW.signed_by_id OR NEW.discarded_on IS NOT NULL THEN
    RAISE EXCEPTION 'this version was sent: make a new version instead' USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER stands BEFORE UPDATE OR DELETE ON plans_version
  FOR EACH ROW EXECUTE FUNCTION plans_version_stands();
"""
# The structured reading of an entry that a machine read may still be confirmed; its words may not be touched.
CONTENT_STANDS = """
CREATE FUNCTION plans_content_stands() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE wanted uuid := CASE WHEN TG_OP = 'DELETE' THEN OLD.version_id ELSE NEW.version_id END;
DECLARE stands boolean;
BEGIN
  SELECT v.sent_on IS NOT NULL OR v.issued_on IS NOT NULL INTO stands FROM plans_version v
    WHERE v.id = wanted OR (TG_OP = 'UPDATE' AND v.id = OLD.version_id)
    ORDER BY 1 DESC NULLS LAST LIMIT 1;
  IF NOT coalesce(stands, false) THEN RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END; END IF;
  IF TG_TABLE_NAME = 'plans_entry' AND TG_OP = 'UPDATE' THEN
    IF OLD.read_by_machine AND (OLD.version_id, OLD.lineage, OLD.section, OLD.kind, OLD.position, OLD.text, OLD.original)
         = (NEW.version_id, NEW.lineage, NEW.section, NEW.kind, NEW.position, NEW.text, NEW.original) THEN
      RETURN NEW;
    END IF;
  END IF;
  RAISE EXCEPTION 'this version was sent: make a new version instead' USING ERRCODE = 'restrict_violation';
END $$;
""" + "".join(
    f"CREATE TRIGGER stands BEFORE INSERT OR UPDATE OR DELETE ON plans_{table} "
    "FOR EACH ROW EXECUTE FUNCTION plans_content_stands();"
    for table in ("entry", "link", "source", "departure")
)
UNDO = "".join(
    f"DROP TRIGGER stands ON plans_{table};" for table in ("version", "entry", "link", "source", "departure")
) + "DROP FUNCTION plans_version_stands(); DROP FUNCTION plans_content_stands();"


class Migration(migrations.Migration):
    dependencies = [("plans", "0001_initial"), ("access", "0004_trails_protected")]
    operations = [
        protect("plans_plan"),
        protect("plans_version", also=SENT),
        *(protect(f"plans_{name}", also=OF_SENT) for name in ("entry", "link", "source", "departure")),
        protect("plans_tribunalorder"),
        protect("plans_lock"),
        protect("plans_recipient", also=TO_ME),
        protect("plans_recall", also=OF_MINE),
        *(protect(f"plans_{name}", also=TEAM) for name in ("override", "writing", "lintnight", "plannight")),
        protect("plans_draftcomment", also=OWN),
        protect("plans_recommendation"),
        migrations.RunSQL(VERSION_STANDS + CONTENT_STANDS, UNDO),
    ]
