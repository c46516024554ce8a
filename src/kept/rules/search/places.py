"""Where the searcher is, and how far a service is."""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping

from kept.rules.search.entries import Service

_EARTH_KM = 6371.0
_HALF_AT_KM = 8.0
_SPACES = re.compile(r"\s+")
_FAR_BUT_WANTED, _FAR_WHEN_NEAR_IS_WANTED = 0.8, 0.5


class Places:
    """Degrees of postcodes, of districts (the mean of their postcodes) and of named places."""

    def __init__(self, services: Iterable[Service], given: Mapping[str, tuple[float, float]]) -> None:
        self._known: dict[str, tuple[float, float]] = {}
        for service in services:
            if service.postcode and service.latitude is not None and service.longitude is not None:
                self._known.setdefault(_tidy(service.postcode), (service.latitude, service.longitude))
        self._known.update({_tidy(place): degrees for place, degrees in given.items()})
        districts: dict[str, list[tuple[float, float]]] = defaultdict(list)
        for place, degrees in self._known.items():
            districts[place[:-3]].append(degrees)
        for district, held in districts.items():
            mean = (sum(lat for lat, _ in held) / len(held), sum(lon for _, lon in held) / len(held))
            self._known.setdefault(district, mean)

    def find(self, place: str, latitude: float | None, longitude: float | None) -> tuple[float, float] | None:
        """The searcher's degrees: those given, else of the postcode, its district or the named place, else None."""
        if latitude is not None and longitude is not None:
            return latitude, longitude
        tidy = _tidy(place)
        return self._known.get(tidy) or self._known.get(tidy[:-3]) if tidy else None


def _tidy(place: str) -> str:
    return _SPACES.sub("", place[:60]).upper()


def kilometres(here: tuple[float, float], service: Service) -> float:
    """The distance in a straight line, in kilometres (haversine). The service must have degrees."""
    if service.latitude is None or service.longitude is None:
        return 0.0
    lat, lon, other_lat, other_lon = map(math.radians, (*here, service.latitude, service.longitude))
    half = math.sin((other_lat - lat) / 2) ** 2
    half += math.cos(lat) * math.cos(other_lat) * math.sin((other_lon - lon) / 2) ** 2
    return 2 * _EARTH_KM * math.asin(min(1.0, math.sqrt(half)))


def factor_for_distance(away: float, *, near: bool) -> float:
    """What distance does to a score: it halves each 8 km, down to a floor which is lower when "near" was asked."""
    floor = _FAR_WHEN_NEAR_IS_WANTED if near else _FAR_BUT_WANTED
    return floor + (1 - floor) * float(0.5 ** (away / _HALF_AT_KM))
