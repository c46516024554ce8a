"""The queries behind measures of waiting lists, plans in words, delivery, reviews and forecasts; rows as in `sql`.

One row is one child (or one child on one list), never one sentence or one session: the suppression of small numbers
protects children, so it has to count them.
"""

from __future__ import annotations

from kept.measures.sql import ENDS, MONTH

SEEN_OR_LEFT = "r.closed_reason NOT IN ('duplicate', 'died')"
_LISTED = (
    "r.area_id = %(area)s AND " + SEEN_OR_LEFT + " AND r.joined_on <= months.ends "
    "AND (r.closed_on IS NULL OR r.closed_on > months.ends)"
)
IN_MONTHS = "BETWEEN %(first)s AND least(%(last)s::date, %(today)s::date)"


def waiting(hit: str, *, where: str = _LISTED, until: str = "months.ends") -> str:
    """Children on a list at the month's end; a hit when `hit` holds."""
    return (
        f"SELECT r.child_id, NULL::uuid AS case_id, months.month, coalesce({hit}, false) AS hit, "
        f"r.joined_on AS started, {until} AS ended, {until} - r.joined_on AS days "
        f"FROM waiting_referral r, {ENDS} WHERE {where}"
    )


def waiting_longer(days: int) -> str:
    """Children on a list at the month's end; a hit when they had waited longer than so many days."""
    return waiting(f"months.ends - r.joined_on > {days}")


_AUTISM = (
    "r.stage_id IN (SELECT s.id FROM waiting_stage s JOIN waiting_service v ON v.id = s.service_id "
    "WHERE v.kind = 'autism' AND s.area_id = %(area)s)"
)
_SO_FAR = "least(coalesce(r.closed_on, months.ends), months.ends)"
AUTISM_13_WEEKS = waiting(
    f"{_SO_FAR} - r.joined_on >= 91",
    where=f"r.area_id = %(area)s AND {SEEN_OR_LEFT} AND {_AUTISM} AND r.joined_on <= months.ends "
    "AND (r.closed_on IS NULL OR r.closed_on >= months.month)",
    until=_SO_FAR,
)
CONTACTED = waiting(
    "EXISTS (SELECT 1 FROM waiting_event c WHERE c.referral_id = r.id AND c.area_id = %(area)s "
    "AND c.kind = 'contacted' AND c.on BETWEEN months.ends - 90 AND months.ends "
    "AND NOT EXISTS (SELECT 1 FROM waiting_event u WHERE u.undoes_id = c.id AND u.area_id = %(area)s))"
)
LEFT_UNSEEN = (
    f"SELECT r.child_id, NULL::uuid AS case_id, {MONTH.format('r.closed_on')} AS month, r.state = 'closed' AS hit, "
    "r.joined_on AS started, r.closed_on AS ended, r.closed_on - r.joined_on AS days FROM waiting_referral r "
    f"WHERE r.area_id = %(area)s AND {SEEN_OR_LEFT} AND r.closed_on {IN_MONTHS}"
)
OUTCOME_GIVEN = (
    f"SELECT e.child_id, NULL::uuid AS case_id, {MONTH.format('min(e.on)')} AS month, true AS hit, "
    "r.referral_made_on AS started, min(e.on) AS ended, min(e.on) - r.referral_made_on AS days "
    "FROM waiting_event e JOIN waiting_referral r ON r.id = e.referral_id "
    "WHERE e.area_id = %(area)s AND e.kind IN ('diagnosis_given', 'report_received') "
    "AND NOT EXISTS (SELECT 1 FROM waiting_event u WHERE u.undoes_id = e.id AND u.area_id = %(area)s) "
    f"GROUP BY r.id, e.child_id, r.referral_made_on HAVING min(e.on) {IN_MONTHS}"
)
TOLD_RIGHT = (
    "SELECT t.child_id, NULL::uuid AS case_id, " + MONTH.format("t.resolved") + " AS month, t.hit, "
    "t.made_on AS started, t.resolved AS ended, t.resolved - t.made_on AS days FROM ("
    "SELECT DISTINCT ON (s.referral_id) s.child_id, s.made_on, "
    "least(coalesce(r.closed_on, s.last + 1), s.last + 1) AS resolved, "
    "coalesce(r.closed_on BETWEEN s.first AND s.last, false) AS hit "
    "FROM forecasts_statement s JOIN waiting_referral r ON r.id = s.referral_id "
    "WHERE s.area_id = %(area)s AND s.withheld = '' AND r.state <> 'closed' "
    "ORDER BY s.referral_id, s.made_on) t WHERE t.resolved " + IN_MONTHS
)
ALL_COUNTABLE = (
    f"SELECT v.child_id, p.case_id, {MONTH.format('v.issued_on')} AS month, "
    "bool_and(coalesce(e.schedulable, false)) AS hit, v.issued_on AS started, v.issued_on AS ended, 0 AS days "
    "FROM plans_version v JOIN plans_plan p ON p.id = v.plan_id JOIN plans_entry e ON e.version_id = v.id "
    "AND e.area_id = %(area)s AND e.section = 'F' AND e.kind = 'provision' "
    f"WHERE v.area_id = %(area)s AND NOT v.is_imported AND v.issued_on {IN_MONTHS} "
    "GROUP BY v.id, v.child_id, p.case_id, v.issued_on"
)
GIVEN_IN_FULL = (
    f"SELECT d.child_id, NULL::uuid AS case_id, {MONTH.format('d.on')} AS month, "
    "bool_and(d.status NOT IN ('missed', 'part')) AS hit, min(d.on) AS started, max(d.on) AS ended, "
    "count(*) FILTER (WHERE d.status IN ('missed', 'part')) AS days FROM delivery_record d "
    f"WHERE d.area_id = %(area)s AND d.replaced_at IS NULL AND d.on {IN_MONTHS} "
    f"GROUP BY d.child_id, {MONTH.format('d.on')}"
)
OUTCOMES_MET = (
    f"SELECT v.child_id, v.case_id, {MONTH.format('v.held_on')} AS month, "
    "bool_and(j.verdict IN ('met', 'on_track')) AS hit, v.held_on AS started, v.held_on AS ended, 0 AS days "
    "FROM reviews_review v JOIN reviews_judgement j ON j.review_id = v.id AND j.area_id = %(area)s "
    f"AND j.section = 'E' WHERE v.area_id = %(area)s AND v.held_on {IN_MONTHS} "
    "GROUP BY v.id, v.child_id, v.case_id, v.held_on"
)
