"""The queries behind the measures. Each gives rows: child_id, case_id, month, hit, started, ended, days.

A row may add more than one to a figure: it then has `n` and `d` too (see `sql_more`). A row about a thing and not about
a child has no child_id (see `sql_things`).

The same query gives the monthly figure (counted) and the rows behind it (listed), so a figure can always be traced.
Parameters: area, first (first day of the first month), last (last day of the last month), today. Every text here is
ours; nothing that anybody typed goes into it.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping

MONTH = "date_trunc('month', {0})::date"
IN_FORCE = "NOT e.is_withdrawal AND NOT EXISTS (SELECT 1 FROM cases_event s WHERE s.supersedes_id = e.id)"
ENDS = (
    "(SELECT m::date AS month, least((m + interval '1 month')::date - 1, %(today)s::date) AS ends "
    "FROM generate_series(%(first)s::date, %(last)s::date, interval '1 month') m) months"
)
_OPEN = (
    "d.starts_on <= months.ends AND (d.met_on IS NULL OR d.met_on > months.ends) "
    "AND (d.ended_on IS NULL OR d.ended_on > months.ends)"
)


def _rules(rules: tuple[str, ...]) -> str:
    return "d.area_id = %(area)s AND d.rule IN (" + ", ".join(f"'{rule}'" for rule in rules) + ")"


def _rows(  # noqa: PLR0917 - the parts of one query, in its order
    month: str, hit: str, started: str, ended: str, source: str, where: str
) -> str:
    days = f"coalesce({ended}, %(today)s::date) - {started}"
    return (
        f"SELECT d.child_id, d.source_id AS case_id, {month} AS month, coalesce({hit}, false) AS hit, "
        f"{started} AS started, {ended} AS ended, ({days}) AS days FROM {source} WHERE {where}"
    )


def met(*rules: str, within: int = 0, also: str = "") -> str:
    """Duties met in the month; a hit when within so many days of their start, else by their own date."""
    hit = f"d.met_on - d.starts_on <= {within}" if within else "d.met_on <= d.due_on"
    where = f"{_rules(rules)} AND d.met_on BETWEEN %(first)s AND least(%(last)s::date, %(today)s::date)"
    return _rows(
        MONTH.format("d.met_on"),
        hit,
        "d.starts_on",
        "d.met_on",
        "duties_duty d",
        f"{where} AND {also}" if also else where,
    )


def due(*rules: str, within: int = 0, also: str = "true", where: str = "") -> str:
    """Duties due in the month, and whether they were met in time: what was never done is counted.

    where: which duties, instead of rules; also: which of them only.
    """
    hit = f"d.met_on - d.starts_on <= {within}" if within else "d.met_on <= d.due_on"
    where = (
        f"{where or _rules(rules)} AND {also} "
        "AND d.due_on BETWEEN %(first)s AND least(%(last)s::date, %(today)s::date - 1) "
        "AND (d.met_on IS NOT NULL OR d.ended_on IS NULL OR d.ended_on > d.due_on)"
    )
    return _rows(MONTH.format("d.due_on"), hit, "d.starts_on", "d.met_on", "duties_duty d", where)


def open_past(rule: str, *, days: int) -> str:
    """Duties open at the month's end; a hit when they had run longer than so many days."""
    return _rows(
        "months.month", f"months.ends - d.starts_on > {days}", "d.starts_on", "months.ends",
        f"duties_duty d, {ENDS}", f"{_rules((rule,))} AND {_OPEN}",
    )  # fmt: skip


def open_late(*rules: str) -> str:
    """Duties open at the month's end; a hit when their date had passed."""
    return _rows(
        "months.month", "d.due_on < months.ends", "d.due_on", "months.ends",
        f"duties_duty d, {ENDS}", f"{_rules(rules)} AND {_OPEN} AND d.due_on IS NOT NULL",
    )  # fmt: skip


def _event(kinds: tuple[str, ...], hit: str) -> str:
    listed = ", ".join(f"'{kind}'" for kind in kinds)
    return (
        f"SELECT e.child_id, e.case_id, {MONTH.format('e.happened_on')} AS month, coalesce({hit}, false) AS hit, "
        f"e.happened_on AS started, e.happened_on AS ended, 0 AS days FROM cases_event e "
        f"WHERE e.area_id = %(area)s AND e.kind IN ({listed}) "
        f"AND e.happened_on BETWEEN %(first)s AND least(%(last)s::date, %(today)s::date) AND {IN_FORCE}"
    )


def outcome(kind: str, value: str) -> str:
    """Events of a kind in the month; a hit when their outcome was that one."""
    return _event((kind,), f"e.details->>'outcome' = '{value}'")


def happened(*kinds: str) -> str:
    """Events of these kinds in the month, each a hit."""
    return _event(kinds, "true")


# Each sending holds until the next one, or until the plan ends: so a plan is in force, and how old it is, on any day.
OLD_PLANS = (
    "SELECT p.child_id, p.case_id, months.month, p.sent + 1096 < months.ends AS hit, p.sent AS started, "
    f"months.ends AS ended, months.ends - p.sent AS days FROM {ENDS} JOIN ("
    "SELECT e.child_id, e.case_id, e.happened_on AS sent, e.kind NOT IN ('plan_ceased', 'plan_transferred') AS holds, "
    "lead(e.happened_on) OVER (PARTITION BY e.case_id ORDER BY e.happened_on, "
    "e.kind IN ('plan_ceased', 'plan_transferred'), e.id) AS until "
    "FROM cases_event e WHERE e.area_id = %(area)s AND e.kind IN ('plan_first_made', 'final_plan_sent', "
    "'amended_plan_sent', 'plan_ceased', 'plan_transferred') AND e.happened_on <= %(today)s AND "
    f"{IN_FORCE}) p ON p.holds AND p.sent <= months.ends AND (p.until IS NULL OR p.until > months.ends)"
)

_NAMES = "coalesce(nullif({0}, ''), 'Not recorded')"
TRAITS = f"""traits AS MATERIALIZED (
  SELECT c.id, (c.born_on + interval '5 years')::date AS five, (c.born_on + interval '11 years')::date AS eleven,
    (c.born_on + interval '16 years')::date AS sixteen,
    {_NAMES.format("n.need")} AS need,
    CASE left(c.ethnicity, 1) WHEN 'W' THEN 'White' WHEN 'M' THEN 'Mixed' WHEN 'A' THEN 'Asian' WHEN 'B' THEN 'Black'
      WHEN 'C' THEN 'Chinese' WHEN 'O' THEN 'Other' ELSE 'Not recorded' END AS ethnicity,
    CASE WHEN c.language = '' THEN 'Not recorded' WHEN c.language = 'eng' THEN 'English' ELSE 'Another language' END
      AS language,
    {_NAMES.format("split_part(a.postcode, ' ', 1)")} AS district,
    {_NAMES.format("g.setting_kind")} AS setting
  FROM people_child c
  LEFT JOIN (SELECT DISTINCT ON (child_id) child_id, need FROM people_childneed
    WHERE area_id = %(area)s AND rank = 1 ORDER BY child_id, starts_on DESC) n ON n.child_id = c.id
  LEFT JOIN (SELECT DISTINCT ON (child_id) child_id, postcode FROM people_address
    WHERE area_id = %(area)s AND NOT is_confidential AND ends_on IS NULL ORDER BY child_id, starts_on DESC) a
    ON a.child_id = c.id
  LEFT JOIN (SELECT DISTINCT ON (child_id) child_id, setting_id FROM people_enrolment
    WHERE area_id = %(area)s AND ends_on IS NULL ORDER BY child_id, starts_on DESC) s ON s.child_id = c.id
  LEFT JOIN access_agency g ON g.id = s.setting_id
  WHERE c.area_id = %(area)s)"""
AGE = (
    "CASE WHEN r.month < t.five THEN 'Under 5' WHEN r.month < t.eleven THEN '5 to 10' "
    "WHEN r.month < t.sixteen THEN '11 to 15' WHEN t.id IS NOT NULL THEN '16 to 25' END"
)
SPLITS = {
    "need": "Primary need",
    "age": "Age",
    "ethnicity": "Ethnicity",
    "language": "First language",
    "district": "District",
    "setting": "Kind of setting",
}


def counted(queries: Mapping[str, str], *, weighted: Collection[str] = (), in_days: Collection[str] = ()) -> str:
    """One query that counts the rows of several, by code and month, for everybody and for each group of each split.

    Together, because who belongs to which group has then to be found only once. It gives: the place of the query among
    them (numbers are counted faster than codes), month, which split (nought for everybody, else its place from 1), the
    group, what is added up above and below, the rows, those about a child, the longest days, and for `in_days` all the
    days in no order. weighted: rows with `n` and `d`.
    """
    together = " UNION ALL ".join(
        f"SELECT {at} AS code, q.child_id, q.month, {_WEIGHTS[code in weighted]}, q.days FROM ({rows}) q"
        for at, (code, rows) in enumerate(queries.items())
    )
    listed = ", ".join(str(at) for at, code in enumerate(queries) if code in in_days) or "NULL"
    names = ", ".join(SPLITS)
    places = " ".join(f"WHEN grouping({name}) = 0 THEN {at}" for at, name in enumerate(SPLITS, 1))
    sets = ", ".join(f"(code, month, {name})" for name in SPLITS)
    return (
        f"WITH {TRAITS}, rows AS ({together}), told AS (SELECT r.*, t.need, {AGE} AS age, "
        "t.ethnicity, t.language, t.district, t.setting FROM rows r LEFT JOIN traits t ON t.id = r.child_id) "
        f"SELECT code, month, CASE {places} ELSE 0 END AS split, coalesce({names}, '') AS in_group, "
        "sum(n), sum(d), count(*), "
        f"count(child_id), max(days), array_agg(days) FILTER (WHERE code IN ({listed})) FROM told "
        f"GROUP BY GROUPING SETS ((code, month), {sets})"
    )


_WEIGHTS = {False: "q.hit::int AS n, 1 AS d", True: "q.n, q.d"}
