"""Who is let in to the Local Offer: everybody to the public pages, editors to the desk, providers to their own."""

from __future__ import annotations

from typing import Any

from kept.access.tests.permission_table import Row
from kept.access.tests.world import EVERYBODY, Who, World
from kept.offer import comments
from kept.offer.models import Location, Organisation, Page, Proposal, Sample, SynonymRow, Wording
from kept.offer.publishing import content_of, publish, touch
from kept.offer.voice_views import still_right_token

EDITORS = frozenset({Who.OFFER_EDITOR})
LOCATION = {"name": "Hall", "address_1": "1 Road", "city": "Town", "postcode": "QX1 1AB"}
KEEPERS = EDITORS | {Who.PROVIDER}
CONTENT = {
    "name": "Talking group",
    "description": "We play and talk.",
    "fees": "Free",
    "route": "anyone",
    "who_for": "Toddlers",
    "email": "team@group.example",
}


def entry(world: World) -> Any:
    def make(world: World) -> Any:
        organisation = Organisation.objects.create(
            area=world.area, name="Group", description="A group", agency=world.agency(Who.PROVIDER)
        )
        return publish(by=world.system, organisation=organisation, content=CONTENT)

    return world.once("offer entry", make)


def _guide(world: World) -> Any:
    def make(world: World) -> Any:
        page = Page.objects.create(area=world.area, slug="guide", title="Guide", body="Words")
        touch(world.area)
        return page

    return world.once("offer page", make)


def _proposal(world: World) -> Any:
    def make(world: World) -> Any:
        found = entry(world)
        return Proposal.objects.create(
            area=world.area,
            organisation=found.organisation,
            service=found,
            content=content_of(found),
            by=world.users[Who.PROVIDER],
        )

    return world.once("offer proposal", make)


def _kept_by(world: World, model: Any) -> Any:
    def make(world: World) -> Any:
        if model is Location:
            return Location.objects.create(area=world.area, **LOCATION)
        if model is SynonymRow:
            return SynonymRow.objects.create(area=world.area, typed="salt", also="speech")
        found = entry(world)
        return Sample.objects.create(area=world.area, service=found, version=found.versions.first(), due_on=world.today)

    return world.once(f"offer {model.__name__}", make)


def _comment(world: World) -> Any:
    return world.once(
        "offer comment",
        lambda world: comments.send(area=world.area, about="gap", words="No swimming", today=world.today),
    )


def area(world: World) -> dict[str, Any]:
    entry(world)
    return {"area": world.area.slug}


def of_entry(world: World) -> dict[str, Any]:
    return area(world) | {"pk": entry(world).pk}


def desk_entry(world: World) -> dict[str, Any]:
    return {"pk": entry(world).pk}


def version(world: World) -> dict[str, Any]:
    first = world.once("offer version", lambda world: entry(world).versions.first())
    return desk_entry(world) | {"version": first.pk}


def _kept(kind: str) -> Any:
    def kwargs(world: World) -> dict[str, Any]:
        rows = {
            "organisations": lambda: entry(world).organisation_id,
            "places": lambda: _kept_by(world, Location).pk,
            "guidance": lambda: _guide(world).pk,
        }
        return {"kind": kind, "pk": rows[kind]()}

    return kwargs


def _wording(world: World) -> dict[str, Any]:
    place = _kept("places")(world)

    def make(world: World) -> Any:
        return Wording.objects.create(
            area=world.area, row_id=place["pk"], number=1, content=LOCATION, by=world.users[Who.OFFER_EDITOR]
        )

    return place | {"wording": world.once("offer wording", make).pk}


def public(name: str, kwargs: Any = area, **more: Any) -> Row:
    return Row(f"offer:{name}", EVERYBODY, kwargs=kwargs, child=False, **more)


def desk(name: str, allowed: Any = EDITORS, **more: Any) -> Row:
    return Row(f"desk:{name}", allowed, child=False, **more)


def unknown(world: World) -> dict[str, Any]:
    return area(world) | {"pk": "no-such-thing"}


ROWS = [
    Row("offer:choose", EVERYBODY, child=False),
    *(public(name) for name in ("search", "own_list", "everything", "comment", "thanks", "answers", "checklist")),
    *(public(name) for name in ("accessibility", "developers")),
    public("qr", query=lambda world: {"path": f"/local-offer/{world.area.slug}/"}),
    public("entry", of_entry),
    public("save", of_entry, method="post"),
    public("guide", lambda world: area(world) | {"page": _guide(world).slug}),
    public("comment", method="post", data=lambda world: {"about": "gap", "words": "No swimming"}),
    public("still_right", lambda world: area(world) | {"token": still_right_token(entry(world))}),
    *(
        public(f"api_{name}")
        for name in ("root", "description", "services", "service_at_locations", "taxonomies", "taxonomy_terms")
    ),
    *(public(f"api_{name}") for name in ("organizations", "export")),
    public("api_service", of_entry),
    public("api_organization", lambda world: area(world) | {"pk": entry(world).organisation_id}),
    *(
        Row(f"offer:api_{name}", frozenset(), kwargs=unknown, child=False)
        for name in ("service_at_location", "taxonomy", "taxonomy_term")
    ),
    *(desk(name) for name in ("home", "comments", "coverage", "gaps", "import")),
    *(desk(name, KEEPERS) for name in ("mine", "add")),
    desk("coverage", method="post", data=lambda world: {"code": "LO-01", "owner": "Somebody"}),
    desk("import", method="post"),
    desk("edit", KEEPERS, kwargs=desk_entry),
    desk("edit", KEEPERS, kwargs=desk_entry, method="post"),
    desk("history", KEEPERS, kwargs=desk_entry),
    desk("still_right", KEEPERS, kwargs=desk_entry, method="post"),
    desk("take_out", KEEPERS, kwargs=desk_entry, method="post"),
    desk("go_back", kwargs=version, method="post"),
    desk("proposal", kwargs=lambda world: {"pk": _proposal(world).pk}),
    desk("comment", kwargs=lambda world: {"pk": _comment(world).pk}),
    *(
        desk(name)
        for name in ("organisations", "locations", "guidance", "words", "consulted", "postcodes", "write_down")
    ),
    *(desk(f"add_{name}") for name in ("organisation", "location", "guidance", "word")),
    desk("organisation", kwargs=lambda world: {"pk": entry(world).organisation_id}),
    desk("location", kwargs=lambda world: {"pk": _kept_by(world, Location).pk}),
    desk("guidance_page", kwargs=lambda world: {"pk": _guide(world).pk}),
    *(desk("kept_history", kwargs=kwargs) for kwargs in (_kept("organisations"), _kept("places"), _kept("guidance"))),
    desk("kept_go_back", kwargs=_wording, method="post"),
    desk("word", kwargs=lambda world: {"pk": _kept_by(world, SynonymRow).pk}),
    desk("sample", kwargs=lambda world: {"pk": _kept_by(world, Sample).pk}),
    desk("postcodes", method="post"),
    desk("consulted", method="post"),
    desk("write_down", method="post"),
    Row(
        "administration:invite_provider",
        EDITORS,
        kwargs=lambda world: {"pk": entry(world).organisation_id},
        child=False,
    ),
]
