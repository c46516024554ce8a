"""The queries behind measures of things, not children: entries of the Local Offer, comments, posts.

Rows as in `sql`, with no child: `case_id` is then the entry, the comment, the item of the law or the post.
"""

from __future__ import annotations

from datetime import date

from kept.measures.sql import ENDS, MONTH
from kept.rules.oruk.checklist import COMMENTS, EVERY_SERVICE, all_items

YEAR, ANSWERED_WITHIN = 365, 28
_STANDING = (
    "s.area_id = %(area)s AND s.is_published AND s.made_at::date <= months.ends "
    "AND (s.archived_on IS NULL OR s.archived_on > months.ends)"
)
OUT_OF_DATE = (
    "SELECT NULL::uuid AS child_id, s.id AS case_id, months.month, "
    f"c.assured IS NULL OR months.ends - c.assured > {YEAR} "
    "OR coalesce(s.link_broken_on <= months.ends, false) AS hit, coalesce(c.assured, s.made_at::date) AS started, "
    "months.ends AS ended, months.ends - coalesce(c.assured, s.made_at::date) AS days "
    f"FROM offer_service s CROSS JOIN {ENDS} CROSS JOIN LATERAL (SELECT CASE WHEN s.assured_on <= months.ends "
    "THEN s.assured_on ELSE (SELECT max(v.at::date) FROM offer_version v WHERE v.service_id = s.id "
    "AND v.area_id = %(area)s AND v.at::date <= months.ends) END AS assured) c "
    f"WHERE {_STANDING}"
)
COMMENTS_ANSWERED = (
    f"SELECT NULL::uuid AS child_id, c.id AS case_id, {MONTH.format(f'c.received_on + {ANSWERED_WITHIN}')} AS month, "
    f"coalesce(p.answered_on - c.received_on <= {ANSWERED_WITHIN}, false) AS hit, c.received_on AS started, "
    "p.answered_on AS ended, coalesce(p.answered_on, %(today)s::date) - c.received_on AS days FROM offer_comment c "
    "LEFT JOIN offer_publiccomment p ON p.comment_id = c.id AND p.area_id = %(area)s "
    "WHERE c.area_id = %(area)s AND c.state <> 'not_published' "
    f"AND c.received_on + {ANSWERED_WITHIN} BETWEEN %(first)s AND least(%(last)s::date, %(today)s::date - 1)"
)


def _checklist() -> str:
    """The items of the law that entries and pages can carry, with the days between which they hold."""
    lines = ", ".join(
        f"('{one.code}', DATE '{one.starts_on}', DATE '{one.ends_on or date.max}')"
        for one in all_items()
        if one.code not in {EVERY_SERVICE, COMMENTS}
    )
    return f"(VALUES {lines}) AS i(code, starts_on, ends_on)"


ITEMS_COVERED = (
    "SELECT NULL::uuid AS child_id, NULL::uuid AS case_id, months.month, coalesce(k.since <= months.ends, false) "
    "OR pages.any AS hit, i.starts_on AS started, months.ends AS ended, 0 AS days, i.code AS label "
    f"FROM {_checklist()} CROSS JOIN {ENDS} CROSS JOIN LATERAL (SELECT min(s.made_at::date) AS since "
    "FROM offer_service s WHERE s.area_id = %(area)s AND s.is_published AND s.items ? i.code "
    "AND (s.archived_on IS NULL OR s.archived_on > months.ends)) k CROSS JOIN LATERAL (SELECT count(*) > 0 AS any "
    "FROM offer_page p WHERE p.area_id = %(area)s AND p.is_published AND p.items ? i.code) pages "
    "WHERE i.starts_on <= months.ends AND i.ends_on > months.ends"
)
POSTS_VACANT = (
    "SELECT NULL::uuid AS child_id, p.id AS case_id, months.month, "
    "CASE p.kind WHEN 'vacant' THEN p.starts_on IS NULL OR p.starts_on <= months.ends "
    "ELSE coalesce(p.starts_on > months.ends, false) OR coalesce(p.ends_on < months.ends, false) END AS hit, "
    "coalesce(p.starts_on, months.month) AS started, months.ends AS ended, "
    "greatest(months.ends - coalesce(p.starts_on, months.month), 0) AS days "
    f"FROM forecasts_post p CROSS JOIN {ENDS} WHERE p.area_id = %(area)s AND p.kind IN ('held', 'vacant') "
    "AND (p.closed_on IS NULL OR p.closed_on > months.ends)"
)
