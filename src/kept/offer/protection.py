"""Row-level security of the Local Offer: all read what is published, editors write, providers theirs.

Public pages act for nobody: `kept.area` alone is set (`kept.access.acting.visiting`). Drafts, proposals and comments as
they were sent need an editor, or the provider whose entry it is.
"""

from __future__ import annotations

from django.db.migrations import RunSQL

_AREA = "area_id = (SELECT kept_area())"
EDITOR = "(SELECT kept_edits_offer())"
OWN_ORGANISATIONS = (
    "(SELECT kept_keeps_own_offer()) AND {0} IN (SELECT o.id FROM offer_organisation o "
    "WHERE o.agency_id = ANY ((SELECT kept_workplaces())::uuid[]))"
)
OWN_SERVICES = (
    "(SELECT kept_keeps_own_offer()) AND {0} IN (SELECT s.id FROM offer_service s JOIN offer_organisation o "
    "ON o.id = s.organisation_id WHERE o.agency_id = ANY ((SELECT kept_workplaces())::uuid[]))"
)


def open_to_read(table: str, *, seen: str = "true", written: str = EDITOR) -> RunSQL:
    """The migration step for a table that everybody in the area reads as far as `seen`, and `written` alone changes."""
    return RunSQL(
        f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY; ALTER TABLE {table} FORCE ROW LEVEL SECURITY; "
        f"CREATE POLICY {table}_seen ON {table} FOR SELECT USING ({_AREA} AND ({seen})); "
        f"CREATE POLICY {table}_kept ON {table} USING ({_AREA} AND ({written})) WITH CHECK ({_AREA} AND ({written}));",
        f"DROP POLICY {table}_kept ON {table}; DROP POLICY {table}_seen ON {table}; "
        f"ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY; ALTER TABLE {table} DISABLE ROW LEVEL SECURITY;",
    )


def closed(table: str, *, written: str = EDITOR) -> RunSQL:
    """The migration step for a table that only `written` reads and changes."""
    return RunSQL(
        f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY; ALTER TABLE {table} FORCE ROW LEVEL SECURITY; "
        f"CREATE POLICY {table}_kept ON {table} USING ({_AREA} AND ({written})) WITH CHECK ({_AREA} AND ({written}));",
        f"DROP POLICY {table}_kept ON {table}; ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY; "
        f"ALTER TABLE {table} DISABLE ROW LEVEL SECURITY;",
    )
