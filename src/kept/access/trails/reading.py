"""The reading log: one statement a request, whatever the number of children that it showed."""

from __future__ import annotations

from django.db import connection
from django.http import HttpRequest, HttpResponseBase

from kept.access.acting import Actor
from kept.access.models import Relation
from kept.access.roles import ROLES, Role, Scope
from kept.access.trails import Kind, Shown

FAMILY_ROLES = frozenset({Role.FAMILY, Role.ADVOCATE})
SHOWN_BELOW = 300
REASONS = " ".join(f"WHEN '{relation.value}' THEN '{relation.label}'" for relation in Relation)
WRITE = f"""
INSERT INTO access_reading (id, area_id, child_id, at, person_id, kind, page, what, service, why, by_family)
SELECT kept_uuid7(), %(area)s, child, clock_timestamp(), %(person)s, %(kind)s, %(page)s, %(what)s, %(service)s,
  CASE WHEN %(why)s <> '' THEN %(why)s ELSE coalesce((
    SELECT left(string_agg(DISTINCT CASE g.relation {REASONS} END
      || CASE WHEN g.reason <> '' THEN ': ' || g.reason ELSE '' END, '; '), 300)
    FROM access_grant g WHERE g.area_id = %(area)s AND g.child_id = child
      AND (g.user_id = %(person)s OR g.agency_id = ANY (%(agencies)s)) AND g.starts_on <= %(today)s
      AND (g.ends_on IS NULL OR g.ends_on >= %(today)s) AND (g.ends_at IS NULL OR g.ends_at > now())
  ), 'not recorded') END, %(by_family)s
FROM unnest(%(children)s::uuid[]) child
"""


def service_of(actor: Actor) -> str:
    """For whom the person acts: their agencies, or their roles, in words."""
    agencies = {membership.agency.name for membership in actor.memberships if membership.agency}
    names = agencies or {ROLES[role].name for role in actor.roles}
    return ", ".join(sorted(names))[:200]


def reason_of(actor: Actor) -> str:
    """Why somebody whose role reaches the whole area may see a child; empty for those whom a grant joins to it."""
    names = sorted(ROLES[role].name for role in actor.roles if ROLES[role].scope is Scope.AREA)
    return f"Works for the whole area as {' and '.join(names)}"[:300] if names else ""


def write_reading(actor: Actor, shown: Shown, *, page: str) -> None:
    """Write that the person was shown these children. One statement."""
    with connection.cursor() as cursor:
        cursor.execute(
            WRITE,
            {
                "area": actor.area.pk,
                "person": actor.user.pk,
                "kind": shown.kind.value,
                "page": page[:100],
                "what": shown.what[:200],
                "service": service_of(actor),
                "why": reason_of(actor),
                "agencies": list(actor.agency_ids),
                "today": actor.today,
                "by_family": bool(actor.roles) and actor.roles <= FAMILY_ROLES,
                "children": list(shown.children),
            },
        )


def log_what_was_shown(request: HttpRequest, response: HttpResponseBase) -> None:
    """Write the line of a request, when its answer showed a child."""
    shown = getattr(request, "shown", None)
    if shown is None or not shown.children or request.actor is None or response.status_code >= SHOWN_BELOW:
        return
    if shown.kind is Kind.PAGE and "attachment" in response.headers.get("Content-Disposition", ""):
        shown.kind = Kind.FILE
    match = request.resolver_match
    write_reading(request.actor, shown, page=match.view_name if match else request.path)
