"""What the editors' desk shows: everything that needs somebody, in one list, the most pressing first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse

from kept.access.acting import Actor
from kept.offer import keeping_queries
from kept.offer.access import is_editor
from kept.offer.coverage import covered
from kept.offer.directory import Directory
from kept.offer.models import Comment, Location, Miss, Proposal, PublicComment, Service, Term, Version, Views
from kept.offer.states import REPLY_WITHIN, CommentState
from kept.rules.oruk.checklist import State
from kept.rules.oruk.entry import differences

READ_WITHIN = 2  # days
TIES = ("terms", "locations")
KINDS = {
    "comments": "Comments",
    "proposals": "Changes from providers",
    "samples": "Changes to look at afterwards",
    "stale": "Entries past their review date",
    "gaps": "Gaps in what the law asks",
    "links": "Broken links",
    "misses": "Searches that found nothing",
}


@dataclass(frozen=True)
class Task:
    """One thing that needs an editor."""

    kind: str
    what: str
    note: str
    href: str
    due: date | None

    @property
    def kind_name(self) -> str:
        """The kind in words."""
        return KINDS[self.kind]


def tasks(actor: Actor, directory: Directory) -> list[Task]:
    """Everything that needs an editor. A constant number of queries."""
    found = [
        *_comments(actor),
        *_proposals(actor),
        *_samples(actor),
        *_stale(actor),
        *_gaps(actor, directory),
        *_links(actor),
        *_misses(actor),
    ]
    return sorted(found, key=lambda task: (task.due or date.max, list(KINDS).index(task.kind), task.what))


def _comments(actor: Actor) -> Iterator[Task]:
    for one in Comment.objects.filter(area=actor.area, state=CommentState.NEW):
        due = one.received_on + timedelta(days=READ_WITHIN)
        yield Task("comments", f"Read comment {one.reference}", one.words[:90], _href("comment", one.pk), due)
    open_ones = PublicComment.objects.filter(area=actor.area, answered_on__isnull=True).select_related("comment")
    for public in open_ones:
        due = public.received_on + timedelta(days=REPLY_WITHIN)
        href = _href("comment", public.comment_id)
        yield Task("comments", f"Answer comment {public.comment.reference}", public.words[:90], href, due)
    promised = PublicComment.objects.filter(area=actor.area, action_done_on__isnull=True).exclude(action="")
    for public in promised:
        note = f"Promised: {public.action}"
        yield Task("comments", note[:120], public.action_owner, _href("comment", public.comment_id), public.action_due)


def _proposals(actor: Actor) -> Iterator[Task]:
    waiting = Proposal.objects.filter(area=actor.area, is_accepted__isnull=True).select_related("organisation")
    for one in waiting:
        due = (one.at + timedelta(days=7)).date()
        yield Task(
            "proposals", one.content.get("name", "An entry"), one.organisation.name, _href("proposal", one.pk), due
        )


def _samples(actor: Actor) -> Iterator[Task]:
    for one in keeping_queries.samples(actor):
        yield Task("samples", one.service.name, f"{one.service.organisation.name}, published at once",
                   _href("sample", one.pk), one.due_on)  # fmt: skip


def _stale(actor: Actor) -> Iterator[Task]:
    late = Service.objects.filter(area=actor.area, is_published=True, review_on__lt=actor.today)
    for one in late.select_related("organisation"):
        yield Task("stale", one.name, f"{one.organisation.name}, last checked by {one.assured_by}",
                   _href("edit", one.pk), one.review_on)  # fmt: skip


def _gaps(actor: Actor, directory: Directory) -> Iterator[Task]:
    for one in covered(actor.area, directory):
        if one.state in {State.MISSING, State.PARTLY}:
            href = f"{reverse('desk:coverage')}#{one.item.code}"
            yield Task("gaps", f"{one.item.code} {one.item.title}", one.why, href, None)


def _links(actor: Actor) -> Iterator[Task]:
    for one in Service.objects.filter(area=actor.area, is_published=True, link_broken_on__isnull=False):
        yield Task("links", one.name, one.url, _href("edit", one.pk), one.link_broken_on)


def _misses(actor: Actor) -> Iterator[Task]:
    since = actor.today - timedelta(days=92)
    for one in Miss.objects.filter(area=actor.area, month__gte=since.replace(day=1)).order_by("-times")[:20]:
        note = f"Typed {one.times} times in {one.month:%B %Y} and nothing matched"
        yield Task("misses", f"“{one.words}”", note, reverse("desk:gaps"), None)


def _href(name: str, key: Any) -> str:
    return reverse(f"desk:{name}", kwargs={"pk": key})


def most_viewed(actor: Actor) -> list[Views]:
    """The entries that were opened most this month."""
    month = actor.today.replace(day=1)
    return list(Views.objects.filter(area=actor.area, month=month).select_related("service").order_by("-times")[:10])


def entries(actor: Actor, text: str = "", *, which: str = "") -> QuerySet[Service]:
    """The entries that a person keeps: all for an editor, their organisations' for a provider."""
    found = Service.objects.filter(area=actor.area).select_related("organisation").order_by("name", "pk")
    if not is_editor(actor):
        found = found.filter(organisation__agency_id__in=actor.agency_ids)
    if text:
        found = found.filter(Q(name__icontains=text) | Q(organisation__name__icontains=text))
    if which == "late":
        return found.filter(is_published=True, review_on__lt=actor.today).order_by("review_on", "pk")
    return found.filter(is_published=which != "archived")


def entry_or_none(actor: Actor, key: Any) -> Service | None:
    """One entry that the person keeps."""
    found = entries(actor).model.objects.filter(area=actor.area, pk=key).select_related("organisation")
    if not is_editor(actor):
        found = found.filter(organisation__agency_id__in=actor.agency_ids)
    return found.first()


def versions(actor: Actor, service: Service) -> list[Version]:
    """Every version of an entry, the latest first."""
    return list(Version.objects.filter(area=actor.area, service=service).select_related("by").order_by("-number"))


def names_in(actor: Actor, contents: Iterable[Mapping[str, Any]]) -> dict[str, str]:
    """The names of the places and terms that contents speak of, by key. Two queries."""
    held = list(contents)
    keys = {field: {key for one in held for key in one.get(field, ())} for field in TIES}
    places = Location.objects.filter(area=actor.area, pk__in=keys["locations"])
    terms = Term.objects.filter(area=actor.area, pk__in=keys["terms"])
    return {str(one.pk): str(one) for one in places} | {str(one.pk): one.name for one in terms}


def changes(names: Mapping[str, str], was: Mapping[str, Any], became: Mapping[str, Any]) -> list[tuple[str, Any, Any]]:
    """What differs between two contents, with places and terms by their names."""

    def named(content: Mapping[str, Any]) -> dict[str, Any]:
        ties = {field: [names.get(key, "(no longer there)") for key in content.get(field, ())] for field in TIES}
        return {**content, **ties}

    return differences(named(was), named(became))
