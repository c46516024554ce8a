"""The demonstration's Local Offer: 150 believable services with waits, gaps, stale entries, comments and counts.

Everything goes in through the same actions as in a live area, acting on the days on which it happened.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from importlib.resources import files
from typing import Any

from django.db import transaction

from kept.access.acting import Actor, acting_as_system
from kept.access.models import Area
from kept.demo.clock import clock_at
from kept.offer import comments, keeping, sampling
from kept.offer.coverage import sync_gaps
from kept.offer.directory import DIRECTORIES
from kept.offer.models import Location, Miss, Organisation, Page, Place, Service, Taxonomy, Term, Views
from kept.offer.publishing import publish
from kept.offer.states import DAY_NAMES, CameBy
from kept.offer.waits import Measured, record_wait

SEED = 153
TOWNS = {
    "Ashmere": ("QX1", 53.905, 1.490),
    "Northgate": ("QX2", 53.935, 1.515),
    "Southquay": ("QX3", 53.870, 1.530),
    "Millford": ("QX4", 53.915, 1.430),
    "Faraway": ("QX9", 54.080, 1.250),
}
OTHER_DISTRICTS = {
    "QX5": (53.95, 1.455), "QX6": (53.885, 1.46), "QX7": (53.965, 1.54), "QX8": (53.9, 1.545),
}  # fmt: skip
COMMONS = {
    "NHS": "Coastal Children’s Health NHS Trust",
    "COUNCIL": "{area} Council",
    "ADVICE": "{area} SEND Advice",
    "FORUM": "{area} Parent Carer Forum",
}
REFERRALS = {
    "anyone": "Just come, or open the page. You need not book.",
    "self": "Call or email us yourself. You do not need a diagnosis or anybody’s permission.",
    "school": "Ask the special educational needs co-ordinator (SENCO) at school or nursery to refer you.",
    "gp": "Ask your family doctor or school to send us a referral with what you and they have noticed.",
    "professional": "Ask anybody who works with your child, such as a health visitor, SENCO or doctor, to refer you.",
    "panel": "Ask for an assessment first. A panel meets each month and writes to you with its reasons.",
}
ACCESS = (
    "Step-free entrance", "Hearing loop", "Quiet waiting room", "Changing place toilet with hoist",
    "Disabled parking by the door", "Lift to all floors", "Low lighting can be asked for",
)  # fmt: skip
MEASURED = {  # median, spread, people seen in 13 weeks, waiting
    "Autism and ADHD assessment clinic": (58, 0.28, 64, 412),
    "Children's speech and language therapy": (19, 0.45, 118, 236),
    "Children's occupational therapy": (27, 0.4, 71, 158),
    "Emotional wellbeing and mental health service": (14, 0.6, 96, 131),
    "Community paediatrics": (31, 0.35, 44, 120),
    "Children's physiotherapy": (7, 0.5, 52, 41),
    "Under-fives development clinic": (22, 0.4, 33, 74),
    "Eating and growing team": (16, 0.4, 7, 19),
    "Wheelchair and seating service": (11, 0.5, 24, 22),
}
STATED = {
    "Portage home visits": "About two months, the provider says",
    "Music therapy": "About one term",
    "Counselling for young people": "Four to six weeks in most months",
    "Holiday playscheme for disabled children": "Places go within a week of opening",
}


@dataclass(frozen=True)
class Made:
    """An entry to be made, with who provides it and the town it stands in."""

    organisation: str
    town: str
    content: dict[str, Any]


def _read(name: str) -> list[str]:
    text = files("kept.demo").joinpath("data", "offer", name).read_text(encoding="utf-8")
    return [line for line in text.splitlines() if line.strip()]


def _services(area: str, rng: random.Random, today: date) -> Iterator[Made]:
    for line in _read("services.txt"):
        name, by, ages, route, fees, delivery, needs, level, items, who, words = line.split("|")
        low, high = ages.split("-")
        organisation = COMMONS.get(by, by).format(area=area)
        content = {
            "name": name, "description": words, "minimum_age": float(low), "maximum_age": float(high), "route": route,
            "fees": fees, "delivery": delivery, "level": level, "items": items.split(";"), "who_for": f"{who}.",
            "needs": needs.split(";"), "how_to_get_it": REFERRALS[route],
        }  # fmt: skip
        if name in MEASURED:
            content |= {"capacity": "waiting_list", "capacity_on": (today - timedelta(days=9)).isoformat()}
            content["bring"] = "Letters or reports that you have, and a list of what you would like to change."
            content["meanwhile"] = "You do not have to wait for us before school helps. Ask the SENCO to plan now."
        elif rng.random() < 0.45:  # noqa: PLR2004
            content |= {
                "capacity": rng.choice(["open", "open", "open", "limited", "closed"]),
                "capacity_on": (today - timedelta(days=rng.randint(2, 60))).isoformat(),
            }
        if name in STATED:
            stated_on = today - timedelta(days=rng.randint(5, 70))
            content |= {"stated_wait": STATED[name], "stated_wait_on": stated_on.isoformat()}
        yield Made(organisation, rng.choice(list(TOWNS)[:4]), content)


def _settings(area: str) -> Iterator[Made]:
    kinds = _kinds()
    for line in _read("settings.txt"):
        kind, name, town, more = line.split("|")
        facts = kinds[kind]
        low, high = facts["ages"]
        needs = [more.removeprefix("resourced:")] if more else []
        words = facts["words"]
        if more.startswith("resourced:"):
            words += f" It has specially resourced places for pupils with {needs[0].lower()} needs."
        schools = {"primary", "secondary", "special", "pru", "nonmaintained", "independent", "college", "sixth"}
        own = kind in schools | {"nursery", "outofarea", "specialcollege", "training"}
        yield Made(
            name if own else f"{area} Council",
            town,
            {
                "name": name, "description": words, "minimum_age": low, "maximum_age": high, "route": facts["route"],
                "fees": "Free hours for most children from 9 months; ask about the rest" if kind == "nursery"
                else "£3 to £5 a visit" if kind == "leisure" else "Charges vary" if kind == "childminder" else "Free",
                "delivery": "in person", "level": "universal" if facts["route"] in {"anyone", "self"} else "specialist",
                "items": facts["items"], "needs": needs or (["Early years"] if low in {0, 2} else ["Education"]),
                "who_for": "" if low is None else f"Children and young people of ages {low:g} to {high:g}.",
                "open_to_all": low is None,
                "how_to_get_it": "Ask the plans team, or the panel that names places." if facts["route"] == "panel"
                else "Call, or come and look round." if facts["route"] == "self"
                else REFERRALS[facts["route"]],
            },
        )  # fmt: skip


def _kinds() -> dict[str, dict[str, Any]]:
    """What all entries of a kind of setting say."""
    found = {}
    for line in _read("kinds.txt"):
        kind, ages, items, route, words = line.split("|")
        low, high = (float(age) for age in ages.split("-")) if ages else (None, None)
        found[kind] = {"ages": (low, high), "items": items.split(";"), "route": route, "words": words}
    return found


def hours_in_words(name: str, words: str) -> dict[str, Any] | None:
    """The days and times that an entry's own words name ("evenings, first Tuesday of the month"); None for none."""
    said = f"{name}. {words}".lower()
    evening, morning = re.search(r"\bevenings?\b", said), re.search(r"\bmornings?\b", said)
    days = [code for code, day in DAY_NAMES.items() if re.search(rf"\b{day.lower()}s?\b", said)]
    monthly = re.search(r"\b(?:first|second|third|last) \w+day of the month\b", said)
    if not (days or evening or morning):
        return None
    if "every evening" in said:
        days = list(DAY_NAMES)
    opens, closes = ("18:30", "21:30") if evening else ("09:30", "12:00") if morning else ("10:00", "16:00")
    found: dict[str, Any] = {"days": days or [random.Random(name).choice(list(DAY_NAMES)[:5])]}
    found |= {"opens": opens, "closes": closes}
    if monthly or "each month" in said:
        found |= {"freq": "MONTHLY", "words": monthly.group() if monthly else "once a month"}
    return found


def _hours(rng: random.Random, content: dict[str, Any]) -> list[dict[str, Any]]:
    told = hours_in_words(content["name"], content["description"]) if content["route"] in {"anyone", "self"} else None
    if told:
        return [told]
    if content["route"] == "anyone" and content["delivery"] == "in person":
        days = sorted(rng.sample(["MO", "TU", "WE", "TH", "FR", "SA"], 3), key="MOTUWETHFRSA".index)
        return [{"days": days, "opens": rng.choice(["09:30", "10:00", "15:30"]), "closes": "17:00"}]
    return [{"days": ["MO", "TU", "WE", "TH", "FR"], "opens": "09:00", "closes": rng.choice(["16:00", "17:00"])}]


@transaction.atomic
def load_offer(area: Area, today: date) -> int:
    """Fill an area's Local Offer; how many services it then has. Does nothing when there are some already."""
    rng = random.Random(SEED)
    with acting_as_system(area, today=today):
        if Service.objects.filter(area=area).exists():
            return Service.objects.filter(area=area, is_published=True).count()
    made = [*_services(area.name, rng, today), *_settings(area.name)][:150]
    stale = set(rng.sample(range(len(made)), 14))
    with acting_as_system(area, today=today) as system:
        needs = _taxonomies(system, made)
        places = _places(system, rng)
        organisations: dict[str, Organisation] = {}
    for number, one in enumerate(made):
        ago = rng.randint(400, 520) if number in stale else rng.randint(3, 70)
        with acting_as_system(area, today=today - timedelta(days=ago)) as system:
            _one(system, rng, one, number, organisations, needs, places)
    with acting_as_system(area, today=today) as system:
        _waits(system, rng, today)
        _pages(system, today)
        _counts(system, rng, today)
    _comments(area, today)
    _asked(area, today)
    with acting_as_system(area, today=today) as system:
        _looked_after(system)
        sync_gaps(by=system, directory=DIRECTORIES.of(area, today))
        return Service.objects.filter(area=area, is_published=True).count()


def _one(  # noqa: PLR0917 -- what each entry needs
    by: Actor,
    rng: random.Random,
    one: Made,
    number: int,
    organisations: dict[str, Organisation],
    needs: dict[str, Term],
    places: dict[str, list[Location]],
) -> None:
    if one.organisation not in organisations:
        organisations[one.organisation] = Organisation.objects.create(
            area=by.area, name=one.organisation, description=f"{one.organisation} helps children and families here."
        )
    slug = "".join(letter for letter in one.organisation.lower() if letter.isalpha())[:20]
    content = {name: value for name, value in one.content.items() if name != "needs"}
    content |= {
        "terms": [str(needs[name].pk) for name in one.content["needs"]],
        "phones": [{"number": f"01632 960 {200 + number:03d}", "words": ""}],
        "email": f"team@{slug}.example",
        "url": f"https://{slug}.example/offer",
        "schedules": _hours(rng, content),
        "languages": ["English"],
        "locations": [str(rng.choice(places[one.town]).pk)] if content["delivery"] == "in person" else [],
    }
    if number % 9 == 0:
        content["easy_read"] = f"{content['name']}.\nThis can help you.\nCall 01632 960 {200 + number:03d}."
    publish(by=by, organisation=organisations[one.organisation], content=content, why="First published")


def _taxonomies(by: Actor, made: list[Made]) -> dict[str, Term]:
    needs = Taxonomy.objects.create(
        area=by.area,
        slug="needs",
        name="SEND needs and kinds of support",
        description="What families look for help with",
    )
    names = sorted({name for one in made for name in one.content["needs"]})
    terms = [Term(area=by.area, taxonomy=needs, name=name, description=f"Help with {name.lower()}") for name in names]
    Term.objects.bulk_create(terms)
    ages = Taxonomy.objects.create(area=by.area, slug="ages", name="Ages", description="Stages of childhood")
    for name, words in (("Early years", "0 to 5"), ("School age", "5 to 16"), ("Young adults", "16 to 25")):
        Term.objects.create(area=by.area, taxonomy=ages, name=name, description=f"Ages {words}")
    return {term.name: term for term in terms}


def _places(by: Actor, rng: random.Random) -> dict[str, list[Location]]:
    found: dict[str, list[Location]] = {}
    for town, (district, latitude, longitude) in TOWNS.items():
        found[town] = []
        for number, street in enumerate(("High Street", "Station Road", "Church Lane", "Harbour Way", "Park Avenue")):
            postcode = f"{district} {number + 1}AB"
            at = (latitude + rng.uniform(-0.012, 0.012), longitude + rng.uniform(-0.015, 0.015))
            Place.objects.create(area=by.area, name=postcode.replace(" ", ""), latitude=at[0], longitude=at[1])
            found[town].append(
                Location.objects.create(
                    area=by.area,
                    name=f"{town} {('Centre', 'Clinic', 'Hall', 'House', 'Rooms')[number]}",
                    address_1=f"{rng.randint(1, 90)} {street}",
                    city=town,
                    county=by.area.name,
                    postcode=postcode,
                    latitude=at[0],
                    longitude=at[1],
                    accessibility=sorted(rng.sample(ACCESS, 3)),
                )
            )
        Place.objects.create(area=by.area, name=town.upper(), latitude=latitude, longitude=longitude)
    for district, (latitude, longitude) in OTHER_DISTRICTS.items():  # families live there too; no service does
        Place.objects.create(area=by.area, name=f"{district}1AB", latitude=latitude, longitude=longitude)
    return found


def _waits(by: Actor, rng: random.Random, today: date) -> None:
    for name, (median, spread, seen, waiting) in MEASURED.items():
        service = Service.objects.get(area=by.area, name=name)
        old = name == "Wheelchair and seating service"
        low, high = int(service.minimum_age or 0), int(service.maximum_age or 18)
        years = random.Random(name)
        record_wait(
            by=by,
            service=service,
            as_at=today - timedelta(days=52 if old else rng.randint(3, 20)),
            measured=Measured(
                clock_starts="the day we got the referral",
                clock_stops="the first appointment",
                weeks_of_seen=tuple(median * rng.lognormvariate(0, spread) for _ in range(seen)),
                weeks_so_far=tuple(rng.uniform(0, median * 1.6) for _ in range(waiting)),
                target_weeks=18,
                median_before=median * rng.uniform(0.85, 1.2),
                ages_of_seen=tuple(years.triangular(low, high, low + 4) for _ in range(seen)),
                ages_so_far=tuple(years.triangular(low, high, low + 4) for _ in range(waiting)),
            ),
        )


def _pages(by: Actor, today: date) -> None:
    page: Page | None = None
    lines: list[str] = []

    def store() -> None:
        if page:
            page.body = "\n".join(lines)
            page.save()

    for line in _read("guides.txt"):
        if line.startswith("= "):
            store()
            slug, title, items = (part.strip() for part in line[2:].split("|"))
            lines = []
            page = Page(
                area=by.area,
                slug=slug,
                title=title,
                items=items.split(";"),
                assured_on=today - timedelta(days=40),
                assured_by="Local Offer team",
                review_on=today + timedelta(days=140),
            )
        elif page and line.startswith("! "):
            page.contact = line[2:]
        elif page and line.startswith("~ "):
            page.easy_read = line[2:]
        else:
            lines.append(line)
    store()


def _counts(by: Actor, rng: random.Random, today: date) -> None:
    month = today.replace(day=1)
    for words, times in (
        ("swimming lessons one to one", 14), ("evening clubs for deaf teenagers", 11), ("pda support", 9),
        ("horse riding", 23), ("wheelchair taxi", 12),
    ):  # fmt: skip
        Miss.objects.create(area=by.area, month=month, words=words, times=times)
    for service in Service.objects.filter(area=by.area).order_by("name"):
        Views.objects.create(area=by.area, service=service, month=month, times=int(rng.expovariate(1 / 40)))


def _comments(area: Area, today: date) -> None:
    for line in _read("comments.txt"):
        days, about, words, answer, answer_words, action, result = line.split("|")
        ago = int(days)
        on = today - timedelta(days=ago)
        group: dict[str, Any] = {"people": 12, "came_by": CameBy.GROUP} if "twelve" in words else {}
        with clock_at(on):
            sent = comments.send(area=area, about=about, words=words, today=on, **group)
        if ago < 10:  # noqa: PLR2004 -- still to be read
            continue
        with acting_as_system(area, today=on + timedelta(days=2)) as system:
            public = comments.pass_for_publishing(by=system, comment=sent, words=words, who_answers="Local Offer team")
        if not answer:
            continue
        with acting_as_system(area, today=on + timedelta(days=20)) as system:
            comments.reply(
                by=system,
                public=public,
                answer=answer,
                words=answer_words,
                action=action,
                action_owner="Commissioning manager" if action else "",
                action_due=on + timedelta(days=150) if action else None,
            )
        if result:
            with acting_as_system(area, today=today) as system:
                comments.finish(by=system, public=public, result=result, done_on=on + timedelta(days=110))


def _asked(area: Area, today: date) -> None:
    """Who was asked about the Local Offer: some of the list, this year and last."""
    for code, ago, how, people, changed in (
        ("a", 60, "Four evenings at libraries and a survey", 143, "Waits are shown on each page"),
        ("b", 60, "The same evenings, with a signer", 31, "Signed videos are asked of every health service"),
        ("c", 85, "A letter to governors and a meeting", 12, ""),
        ("i", 110, "A visit to each nursery network", 9, "Pages of guidance for the under-fives"),
        ("l", 40, "A round table of colleges and employers", 11, ""),
        ("a", 400, "A survey at the parent carer forum’s fair", 88, "Search takes families’ own words"),
        ("j", 420, "A meeting of the youth justice team", 5, ""),
    ):
        with acting_as_system(area, today=today - timedelta(days=ago)) as system:
            keeping.note_consulted(by=system, code=code, on=system.today, how=how, people=people, changed=changed)


def _looked_after(by: Actor) -> None:
    """One organisation whose changes are published at once, with a change that waits to be looked at."""
    service = Service.objects.filter(area=by.area, name="Portage home visits").select_related("organisation").first()
    if service is None:
        return
    owner = service.organisation
    keeping.save_organisation(
        by=by, organisation=owner, name=owner.name, description=owner.description, is_trusted=True
    )
    sampling.draw(by=by, version=service.versions.order_by("-number")[0])
    keeping.save_synonym(by=by, typed="beach wheelchair", also="wheelchair; outdoor activities", note="Asked in summer")
