"""Row-level security: a programme belongs to its area; what is decided or said is never rewritten.

Only people with the forum's role may add families' verdicts: the database refuses everybody else.
"""

from django.db import migrations

from kept.access.protection import append_only, guard, protect
from kept.access.roles import ROLES, Can

OPEN = (
    "programme", "finding", "cause", "action", "actioncause", "milestone", "update", "evidence", "impactclaim",
    "challenge", "investment", "reaudit",
)  # fmt: skip
FIXED = ("forecast", "aim", "closing", "pack")
JUDGES = ", ".join(f"'{role.value}'" for role, facts in ROLES.items() if Can.JUDGE_IMPROVEMENT in facts.can)
IN_AREA = "area_id = (SELECT kept_area())"
BY_FORUM = (
    f"{IN_AREA} AND by_id = kept_person() AND EXISTS (SELECT 1 FROM access_membership m WHERE m.user_id = kept_person() "
    f"AND m.area_id = kept_area() AND m.role IN ({JUDGES}) AND m.starts_on <= kept_today() "
    "AND (m.ends_on IS NULL OR m.ends_on >= kept_today()))"
)


class Migration(migrations.Migration):
    dependencies = [("improvement", "0001_initial"), ("access", "0004_trails_protected")]
    operations = [
        *(protect(f"improvement_{name}", child=None) for name in (*OPEN, *FIXED)),
        *(append_only(f"improvement_{name}") for name in FIXED),
        guard("improvement_verdict", seen=IN_AREA, written=BY_FORUM),
        append_only("improvement_verdict"),
    ]
