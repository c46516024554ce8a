"""Bring in where postcodes are, from the ONS Postcode Directory or Code-Point Open as CSV.

Nothing is looked up outside. Whoever imports it names the source: "Contains OS data © Crown copyright and database
right; contains Royal Mail data © Royal Mail copyright and database right; source: Office for National Statistics
licensed under the Open Government Licence v.3.0".
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator

from django.db import transaction

from kept.access.acting import Actor
from kept.offer.access import check_edits
from kept.offer.models import Location, Place
from kept.offer.publishing import touch

POSTCODE, LATITUDE, LONGITUDE = ("pcds", "pcd", "postcode"), ("lat", "latitude"), ("long", "lon", "longitude")
ENDED, DISTRICT = "doterm", ("oslaua", "ladcd", "lad23cd")
BATCH = 5000
CREDITS = (
    "Contains OS data © Crown copyright and database right.",
    "Contains Royal Mail data © Royal Mail copyright and database right.",
    "Source: Office for National Statistics licensed under the Open Government Licence v.3.0.",
)
NOWHERE = 99.0  # the directory's own mark for a postcode without a place


def read_places(lines: Iterable[str], *, district: str = "") -> Iterator[tuple[str, float, float]]:
    """Postcodes in use with degrees, of one local authority if its code is given. Raises ValueError without columns."""
    reader = csv.DictReader(lines)
    names = {(name or "").strip().lower(): name for name in reader.fieldnames or ()}
    columns = [next((names[one] for one in choice if one in names), None) for choice in (POSTCODE, LATITUDE, LONGITUDE)]
    if None in columns:
        raise ValueError("The file needs columns for the postcode (pcds), the latitude (lat) and the longitude (long).")
    code = next((names[one] for one in DISTRICT if one in names), None)
    for row in reader:
        if row.get(names.get(ENDED, "")) or (district and code and row.get(code) != district):
            continue
        try:
            latitude, longitude = float(row[columns[1]]), float(row[columns[2]])
        except (TypeError, ValueError):
            continue
        name = (row[columns[0]] or "").replace(" ", "").upper()
        if name and latitude < NOWHERE:
            yield name, latitude, longitude


@transaction.atomic
def import_places(*, by: Actor, lines: Iterable[str], district: str = "") -> int:
    """Keep the places of a file in the stead of those of the same name; how many. Raises Refused, or ValueError."""
    check_edits(by)
    found = {name: (latitude, longitude) for name, latitude, longitude in read_places(lines, district=district)}
    rows = [
        Place(area=by.area, name=name, latitude=at[0], longitude=at[1], is_from_ons=True) for name, at in found.items()
    ]
    Place.objects.bulk_create(
        rows,
        batch_size=BATCH,
        update_conflicts=True,
        unique_fields=["area", "name"],
        update_fields=["latitude", "longitude", "is_from_ons"],
    )
    place_again(by=by)
    touch(by.area)
    return len(rows)


def place_again(*, by: Actor) -> int:
    """Say anew where the Local Offer's places are, by the postcodes that the area knows; how many moved.

    A place whose postcode is not known keeps what it has. Raises Refused.
    """
    check_edits(by)
    held = list(Location.objects.filter(area=by.area))
    names = {one.postcode.replace(" ", "").upper() for one in held}
    rows = Place.objects.filter(area=by.area, name__in=names).values_list("name", "latitude", "longitude")
    known = {name: (latitude, longitude) for name, latitude, longitude in rows}
    moved = []
    for one in held:
        at = known.get(one.postcode.replace(" ", "").upper())
        if at and at != (one.latitude, one.longitude):
            one.latitude, one.longitude = at
            moved.append(one)
    Location.objects.bulk_update(moved, ["latitude", "longitude"], batch_size=BATCH)
    return len(moved)
