"""Areas like this one: the same list each time, never itself, replaced by a list that the area names."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from kept.access.acting import Refused
from kept.measures import neighbours
from kept.measures.national import published

SOUTHEND = "882"


def test_our_method_gives_ten_areas_the_same_each_time_and_never_the_area_itself() -> None:
    first = neighbours.most_like(SOUTHEND)
    neighbours.most_like.cache_clear()
    assert neighbours.most_like(SOUTHEND) == first
    assert len(first) == 10
    assert SOUTHEND not in {one.code for one in first}


def test_the_nearest_stands_first_and_an_area_with_too_little_published_has_none() -> None:
    own = neighbours.authorities()[SOUTHEND].features
    share = {one.code: abs(one.features[4] - own[4]) for one in neighbours.authorities().values() if one.features}
    near = [share[one.code] for one in neighbours.most_like(SOUTHEND)]
    assert sum(near) / len(near) < sum(share.values()) / len(share)
    assert neighbours.most_like("942") == ()
    assert neighbours.most_like("") == ()


def test_figures_of_areas_are_added_up_and_not_averaged() -> None:
    two = tuple(neighbours.authorities()[code] for code in ("316", "882"))
    found = {one.year: one for one in neighbours.together("T1", two, "Two areas")}
    each = [
        one
        for code in ("316", "882")
        for one in published("T1", code)
        if one.year == 2024 and one.where == "This area, as published"
    ]
    assert found[2024].numerator == sum(one.numerator for one in each)
    assert found[2024].denominator == sum(one.denominator for one in each)
    assert found[2024].where == "Two areas"


def test_an_area_names_its_own_list_and_goes_back(place: SimpleNamespace) -> None:
    with place.acting(place.analyst) as by:
        for codes, why in ((["999"], "no authority with the code 999"), (["316", "316"], "once")):
            with pytest.raises(Refused, match=why):
                neighbours.choose(by=by, name="x", codes=codes, source="y", why="z")
        neighbours.choose(by=by, name="Statistical neighbours", codes=["316"], source="LAIT", why="The official list")
        assert [one.name for one in neighbours.compared_with(place.area).authorities] == ["Newham"]
        neighbours.choose(by=by, name="", codes=[], source="", why="The list is out of date")
        assert neighbours.compared_with(place.area).chosen is None
        assert len(neighbours.history(place.area)) == 2
    with place.acting(place.director) as by, pytest.raises(Refused):
        neighbours.choose(by=by, name="x", codes=["316"], source="y", why="z")
