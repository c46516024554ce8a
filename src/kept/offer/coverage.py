"""The law's checklist for one area: what is covered by which pages and services, and the gaps as duties."""

from __future__ import annotations

from collections import defaultdict
from datetime import timedelta
from uuid import uuid5

from django.db import transaction
from django.db.models import Max
from django.urls import reverse

from kept.access.acting import Actor
from kept.access.models import Area
from kept.duties.actions import DutyFacts, sync
from kept.offer.access import check_edits
from kept.offer.directory import DIRECTORIES, Directory
from kept.offer.models import Coverage, PublicComment
from kept.rules.oruk.checklist import Covered, Evidence, State, all_items, coverage
from kept.rules.oruk.freshness import Freshness, standing

FILL_WITHIN = timedelta(days=28)
FRESH = {Freshness.CHECKED, Freshness.DUE, Freshness.LATE}


def covered(area: Area, directory: Directory) -> list[Covered]:
    """How each item stands today. Two queries besides the directory."""
    slug = area.slug
    carried: dict[str, list[Evidence]] = defaultdict(list)
    for entry in directory.ordered:
        for code in entry.items:
            fresh = entry.stands(directory.today).freshness in FRESH
            path = reverse("offer:entry", kwargs={"area": slug, "pk": entry.id})
            carried[code].append(Evidence(entry.name, path, fresh))
    for page in directory.pages.values():
        stands = standing(
            assured_on=page.assured_on, review_on=page.review_on, is_statutory=True, today=directory.today
        )
        for code in page.items:
            path = reverse("offer:guide", kwargs={"area": slug, "page": page.slug})
            carried[code].append(Evidence(page.title, path, stands.freshness in FRESH))
    lines = Coverage.objects.filter(area=area).exclude(not_applicable_because="")
    last = PublicComment.objects.filter(area=area).aggregate(last=Max("answered_on"))["last"]
    return coverage(
        directory.today,
        carried=carried,
        not_applicable={line.code: line.not_applicable_because for line in lines},
        services=len(directory.ordered),
        services_that_say_who=sum(
            bool((one.who_for or one.open_to_all) and (one.how_to_get_it or one.route)) for one in directory.ordered
        ),
        last_answer=last,
    )


@transaction.atomic
def sync_gaps(*, by: Actor, directory: Directory) -> int:
    """Make the ledger hold a duty for each item that is missing or only partly there; how many there are."""
    lines = {line.code: line for line in Coverage.objects.select_for_update().filter(area=by.area)}
    duties = []
    for one in covered(by.area, directory):
        line = lines.get(one.item.code) or Coverage(area=by.area, code=one.item.code)
        gap = one.state in {State.MISSING, State.PARTLY}
        if gap and line.missing_since is None:
            line.missing_since = by.today
        if not gap:
            line.missing_since = None
        line.save()
        if gap and line.missing_since:
            duties.append(
                DutyFacts(
                    key=one.item.code,
                    what=f"Fill the gap in the Local Offer: {one.item.title}",
                    because=one.why,
                    authority=one.item.citation[:300],
                    rule="offer-content",
                    owed_by=line.owner or "Local Offer lead",
                    starts_on=line.missing_since,
                    due_on=line.missing_since + FILL_WITHIN,
                    path="/offer/coverage/",
                )
            )
    sync(by=by, source="offer-gap", source_id=uuid5(by.area.pk, "gaps"), child_id=None, duties=duties)
    return len(duties)


def sync_gaps_tonight(*, by: Actor) -> int:
    """The night's look at the checklist; how many gaps there are."""
    return sync_gaps(by=by, directory=DIRECTORIES.of(by.area, by.today))


@transaction.atomic
def set_line(*, by: Actor, code: str, owner: str, not_applicable_because: str = "") -> Coverage:
    """Say who owns an item, and why it does not apply here, if so. Raises Refused; ValueError for an unknown code."""
    check_edits(by)
    if code not in {item.code for item in all_items()}:
        raise ValueError(f"{code} is not an item of the checklist.")
    line, _ = Coverage.objects.update_or_create(
        area=by.area,
        code=code,
        defaults={"owner": owner.strip(), "not_applicable_because": not_applicable_because.strip()},
    )
    return line
