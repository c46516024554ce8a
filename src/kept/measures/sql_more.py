"""The queries behind measures of messages, audits, what families say, minutes of help, attendance and appeals.

Rows as in `sql`. Where a row weighs more than one (minutes, sessions), it has `n` and `d` too: what it adds to the
numerator and to the denominator. It still is one child, so that small groups can be hidden.
"""

from __future__ import annotations

from kept.measures.sql import ENDS, IN_FORCE, MONTH, OLD_PLANS, due

IN_MONTHS = "BETWEEN %(first)s AND least(%(last)s::date, %(today)s::date)"
_MINE = "{0}.area_id = %(area)s"
GOOD = 3


def advice_of(kind: str) -> str:
    """Advice due in the month from one kind of body: kinds as in the requests of a case."""
    return due(
        "advice.response", within=42,
        also="EXISTS (SELECT 1 FROM cases_advicerequest a WHERE a.area_id = %(area)s AND a.case_id = d.source_id "
        f"AND a.kind = '{kind}' AND a.body = split_part(d.key, '#', 2))",
    )  # fmt: skip


def _row(month: str, hit: str, on: str, source: str, where: str, *, child: str, case: str = "NULL::uuid") -> str:
    """Something that happened on one day."""
    return (
        f"SELECT {child} AS child_id, {case} AS case_id, {MONTH.format(month)} AS month, "
        f"coalesce({hit}, false) AS hit, "
        f"{on} AS started, {on} AS ended, 0 AS days FROM {source} WHERE {where} AND {on} {IN_MONTHS}"
    )


APPEALS_ENDED = (
    f"SELECT e.child_id, e.case_id, {MONTH.format('e.happened_on')} AS month, coalesce(o.favour, false) AS hit, "
    "l.lodged AS started, e.happened_on AS ended, e.happened_on - l.lodged AS days FROM cases_event e "
    "JOIN LATERAL (SELECT max(b.happened_on) AS lodged FROM cases_event b WHERE b.area_id = %(area)s "
    "AND b.case_id = e.case_id AND b.kind = 'appeal_lodged' AND b.happened_on <= e.happened_on) l ON true "
    "JOIN LATERAL (SELECT bool_or(k.kind = 'unopposed_notified' OR k.details->>'kind' <> 'dismiss_cease') AS favour "
    "FROM cases_event k WHERE k.area_id = %(area)s AND k.case_id = e.case_id "
    "AND k.kind IN ('tribunal_order', 'unopposed_notified') AND k.happened_on BETWEEN l.lodged AND e.happened_on "
    "HAVING count(*) > 0) o ON true "
    "WHERE e.area_id = %(area)s AND e.kind = 'appeal_finally_determined' "
    f"AND l.lodged IS NOT NULL AND e.happened_on {IN_MONTHS} AND {IN_FORCE}"
)
_PAIR = (
    "quality_sampled s JOIN LATERAL (SELECT "
    "max(m.grade) FILTER (WHERE m.chair = 'first') AS one, max(m.grade) FILTER (WHERE m.chair = 'second') AS two, "
    "max(m.grade) FILTER (WHERE m.chair = 'moderator') AS settled, "
    "max(j.judged_on) FILTER (WHERE m.chair IN ('first', 'second')) AS judged_on "
    "FROM quality_mark m JOIN quality_seat j ON j.id = m.seat_id AND j.area_id = %(area)s "
    "WHERE m.copy_id = s.copy_id AND m.area_id = %(area)s AND m.section = 'whole' AND m.released) p ON true"
)
_JUDGED = _MINE.format("s") + " AND p.one IS NOT NULL AND p.two IS NOT NULL"
AUDITED_GOOD = _row(
    "p.judged_on", f"coalesce(p.settled, least(p.one, p.two)) >= {GOOD}", "p.judged_on", _PAIR,
    f"{_JUDGED} AND (p.settled IS NOT NULL OR abs(p.one - p.two) <= 1)", child="s.child_id",
)  # fmt: skip
AUDITORS_APART = _row("p.judged_on", "abs(p.one - p.two) > 1", "p.judged_on", _PAIR, _JUDGED, child="s.child_id")
OWN_WORDS = _row(
    "v.issued_on",
    "EXISTS (SELECT 1 FROM family_childview w WHERE w.area_id = %(area)s AND w.child_id = v.child_id "
    "AND w.voice IN ('quoted', 'helped') AND w.on BETWEEN v.issued_on - 366 AND v.issued_on)",
    "v.issued_on",
    "plans_version v JOIN plans_plan p ON p.id = v.plan_id",
    _MINE.format("v") + " AND NOT v.is_imported",
    child="v.child_id",
    case="p.case_id",
)
REPORTS_AT_REVIEWS = (
    f"SELECT v.child_id, v.case_id, {MONTH.format('v.held_on')} AS month, "
    "bool_and(EXISTS (SELECT 1 FROM reviews_contribution c WHERE c.area_id = %(area)s AND c.review_id = v.id "
    "AND c.agency_id = i.agency_id AND c.on <= v.held_on)) AS hit, v.held_on AS started, v.held_on AS ended, 0 AS days "
    "FROM reviews_review v JOIN reviews_invitee i ON i.review_id = v.id AND i.area_id = %(area)s "
    "AND i.part IN ('health', 'care') AND i.asked_for_advice AND i.agency_id IS NOT NULL "
    f"WHERE v.area_id = %(area)s AND v.held_on {IN_MONTHS} GROUP BY v.id, v.child_id, v.case_id, v.held_on"
)
REVIEW_CHANGED = _row(
    "f.on", "f.changed = 'yes'", "f.on", "reviews_feedback f JOIN reviews_review v ON v.id = f.review_id",
    _MINE.format("f"), child="f.child_id", case="v.case_id",
)  # fmt: skip
FAMILY_SAYS = (
    f"SELECT r.child_id, NULL::uuid AS case_id, {MONTH.format('r.week')} AS month, bool_and(r.said = 'yes') AS hit, "
    "min(r.week) AS started, max(r.week) AS ended, count(*) FILTER (WHERE r.said <> 'yes') AS days FROM ("
    "SELECT DISTINCT ON (item_id, week, by_id, said_by) child_id, week, said FROM delivery_familyreport "
    f"WHERE area_id = %(area)s AND week {IN_MONTHS} ORDER BY item_id, week, by_id, said_by, at DESC) r "
    f"WHERE r.said <> 'dont_know' GROUP BY r.child_id, {MONTH.format('r.week')}"
)
HELP_LOOKED_AT = (
    f"SELECT c.child_id, NULL::uuid AS case_id, {MONTH.format('c.checked_on')} AS month, "
    "bool_and(c.found = 'yes') AS hit, min(c.checked_on) AS started, max(c.checked_on) AS ended, "
    "count(*) FILTER (WHERE c.found <> 'yes') AS days FROM delivery_inplacecheck c "
    f"WHERE c.area_id = %(area)s AND c.checked_on {IN_MONTHS} GROUP BY c.child_id, {MONTH.format('c.checked_on')}"
)
COMPLETE = (
    "SELECT f.child_id, f.case_id, f.month, c.sex <> '' AND c.ethnicity <> '' "
    "AND EXISTS (SELECT 1 FROM people_childneed n WHERE n.area_id = %(area)s AND n.child_id = f.child_id "
    "AND n.rank = 1 AND n.starts_on <= f.ended) "
    "AND EXISTS (SELECT 1 FROM people_enrolment s WHERE s.area_id = %(area)s AND s.child_id = f.child_id "
    "AND s.starts_on <= f.ended AND (s.ends_on IS NULL OR s.ends_on > f.ended)) "
    "AND EXISTS (SELECT 1 FROM people_identifier i WHERE i.area_id = %(area)s AND i.child_id = f.child_id "
    "AND i.kind IN ('upn', 'nhs') AND i.is_current) AS hit, f.started, f.ended, 0 AS days "
    f"FROM ({OLD_PLANS}) f JOIN people_child c ON c.id = f.child_id AND c.area_id = %(area)s"
)
# A half-term is counted in the month in which it usually ends. Its key: "2026-autumn-1", by calendar year.
_ENDS_IN = (
    "make_date(split_part(k.half_term, '-', 1)::int, CASE substr(k.half_term, 6) WHEN 'autumn-1' THEN 10 "
    "WHEN 'autumn-2' THEN 12 WHEN 'spring-1' THEN 2 WHEN 'spring-2' THEN 3 WHEN 'summer-1' THEN 5 ELSE 7 END, 1)"
)
_HALF_TERM = (
    f"{_ENDS_IN} AS month, min(k.counted_on) AS started, max(k.counted_on) AS ended FROM delivery_counted k "
    "WHERE k.area_id = %(area)s AND NOT k.in_sessions AND k.half_term ~ '^[0-9]{{4}}-(autumn|spring|summer)-[12]$' "
    f"AND {_ENDS_IN} BETWEEN %(first)s AND %(last)s"
).replace("{{4}}", "{4}")
MINUTES_THAT_CAME = (
    "SELECT m.child_id, NULL::uuid AS case_id, m.month, m.n >= m.d AS hit, m.started, m.ended, "
    "greatest(m.d - m.n, 0) AS days, m.n, m.d FROM (SELECT k.child_id, round(sum(k.delivered))::int AS n, "
    f"round(sum(k.due))::int AS d, {_HALF_TERM} GROUP BY k.child_id, k.half_term) m WHERE m.d > 0"
)
MINUTES_PAID_FOR = (
    "SELECT m.child_id, NULL::uuid AS case_id, m.month, false AS hit, m.started, m.ended, 0 AS days, 0 AS n, m.d "
    "FROM (SELECT k.child_id, round(sum(k.specified))::int AS d, "
    f"{_HALF_TERM} AND EXISTS (SELECT 1 FROM delivery_funding u WHERE u.area_id = %(area)s "
    "AND u.service = k.service) GROUP BY k.child_id, k.half_term) m WHERE m.d > 0 "
    "UNION ALL SELECT NULL::uuid, NULL::uuid, m.month, true, m.month, m.month, 0, m.funded::int, 0 FROM ("
    "SELECT t.month, sum(2 * coalesce((SELECT u.minutes_a_month FROM delivery_funding u WHERE u.area_id = %(area)s "
    "AND u.service = t.service AND u.from_on < t.month + 31 ORDER BY u.from_on DESC, u.at DESC LIMIT 1), 0)) AS funded "
    f"FROM (SELECT DISTINCT k.service, {_ENDS_IN} AS month FROM delivery_counted k WHERE k.area_id = %(area)s "
    "AND NOT k.in_sessions AND k.half_term ~ '^[0-9]{4}-(autumn|spring|summer)-[12]$' "
    f"AND {_ENDS_IN} BETWEEN %(first)s AND %(last)s) t GROUP BY t.month) m"
)
_REGISTER = (
    f"FROM whereabouts_confirmation w WHERE w.area_id = %(area)s AND w.possible > 0 AND w.confirmed_on {IN_MONTHS} "
    f"GROUP BY w.child_id, {MONTH.format('w.confirmed_on')}"
)
_REGISTERED = (
    f"SELECT w.child_id, NULL::uuid AS case_id, {MONTH.format('w.confirmed_on')} AS month, {{hit}} AS hit, "
    "min(w.from_on) AS started, max(w.confirmed_on) AS ended, sum(w.possible - w.present) AS days"
)
SESSIONS_MISSED = (
    _REGISTERED.format(hit="sum(w.present) < sum(w.possible)")
    + ", sum(w.possible - w.present) AS n, sum(w.possible) AS d "
    + _REGISTER
)
HALF_MISSED = f"{_REGISTERED.format(hit='2 * sum(w.present) <= sum(w.possible)')} {_REGISTER}"
NOT_FULL_TIME = (
    "SELECT l.child_id, NULL::uuid AS case_id, months.month, l.attends IN ('part', 'not', 'awaiting', 'unknown') "
    "AS hit, l.confirmed_on AS started, months.ends AS ended, months.ends - l.confirmed_on AS days "
    f"FROM {ENDS}, LATERAL (SELECT DISTINCT ON (w.child_id) w.child_id, w.attends, w.confirmed_on "
    "FROM whereabouts_confirmation w WHERE w.area_id = %(area)s AND w.confirmed_on <= months.ends "
    "ORDER BY w.child_id, w.confirmed_on DESC, w.at DESC) l WHERE l.attends NOT IN ('gone', 'home')"
)
MILESTONES_JUDGED = (
    "SELECT NULL::uuid AS child_id, d.source_id AS case_id, months.month, EXISTS (SELECT 1 FROM improvement_verdict v "
    "JOIN improvement_action a ON a.finding_id = v.finding_id AND a.area_id = %(area)s WHERE a.id = d.source_id "
    "AND v.area_id = %(area)s AND v.on BETWEEN d.met_on AND months.ends) AS hit, d.met_on AS started, "
    f"months.ends AS ended, months.ends - d.met_on AS days FROM duties_duty d, {ENDS} "
    "WHERE d.area_id = %(area)s AND d.rule = 'improvement.milestone' AND d.met_on <= months.ends"
)
