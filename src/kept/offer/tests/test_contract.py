"""The open feed against the schemas of Open Referral UK 3.0: every operation, every page, every case."""

from __future__ import annotations

import copy
import json
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from jsonschema import Draft202012Validator, FormatChecker

ROOT = Path(__file__).parents[4] / "tests" / "data" / "oruk" / "uk-3.0"
CASES = json.loads((ROOT / "cases" / "cases.json").read_text(encoding="utf-8"))["cases"]
PAGE_KEYS = {"total_items", "total_pages", "page_number", "size", "first_page", "last_page", "empty", "contents"}
LISTS = {
    "services": ("compiled/service_list.json", "compiled/service.json"),
    "service_at_locations": ("compiled/service_at_location_list.json", "compiled/service_at_location.json"),
    "taxonomies": ("taxonomy.json", "taxonomy.json"),
    "taxonomy_terms": ("taxonomy_term.json", "taxonomy_term.json"),
    "organizations": ("compiled/organization_list.json", "compiled/organization.json"),
}


FORMATS = FormatChecker()


@FORMATS.checks("date-time", raises=ValueError)
def _is_moment(value: object) -> bool:
    return not isinstance(value, str) or datetime.fromisoformat(value).tzinfo is not None


def validator(schema: str) -> Draft202012Validator:
    loaded = json.loads((ROOT / "schema" / schema).read_text(encoding="utf-8"))
    if schema.startswith("compiled/") and schema.endswith("_list.json"):
        loaded = loaded["properties"]["contents"]["items"] if "contents" in loaded.get("properties", {}) else loaded
    if not schema.startswith("compiled/"):
        loaded["properties"] = {name: part for name, part in loaded["properties"].items() if "$ref" not in str(part)}
    return Draft202012Validator(loaded, format_checker=FORMATS)


def faults(schema: str, document: Any) -> list[str]:
    return [f"{list(error.path)}: {error.message}" for error in validator(schema).iter_errors(document)]


@pytest.fixture
def feed(client: Client, area: Any, services: list[Any]) -> Any:
    def get(path: str, status: int = 200, **query: Any) -> Any:
        answer = client.get(f"/local-offer/{area.slug}/api{path}", query)
        assert answer.status_code == status, answer.content
        assert answer["Access-Control-Allow-Origin"] == "*"
        return answer.json()

    return get


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_the_validator_gives_each_case_its_verdict(case: dict[str, Any]) -> None:
    assert (not faults(case["schema"], case["instance"])) is case["valid"], case["why"]


def test_the_root_says_which_standard_it_is(feed: Any) -> None:
    assert feed("")["version"] == "HSDS-UK-3.0"


@pytest.mark.parametrize("name", LISTS)
def test_every_item_of_every_page_is_as_the_schema_says(feed: Any, name: str) -> None:
    in_list, in_full = LISTS[name]
    number, seen = 1, []
    while True:
        page = feed(f"/{name}", page=number, per_page=7)
        assert page.keys() == PAGE_KEYS
        assert page["page_number"] == number
        assert page["size"] == len(page["contents"])
        assert page["first_page"] is (number == 1)
        for item in page["contents"]:
            assert not faults(in_list, item)
        seen += [item["id"] for item in page["contents"]]
        if page["last_page"]:
            break
        number += 1
    assert len(seen) == len(set(seen)) == page["total_items"] > 0
    for key in seen[:8]:
        assert not faults(in_full, feed(f"/{name}/{key}"))


def test_a_missing_required_field_would_be_noticed(feed: Any) -> None:
    first = feed("/services")["contents"][0]
    whole = feed(f"/services/{first['id']}")
    for name in ("id", "name", "status"):
        broken = copy.deepcopy(whole)
        del broken[name]
        assert faults("compiled/service.json", broken)


def test_nothing_is_null_and_the_extensions_travel(feed: Any) -> None:
    first = feed("/services")["contents"][0]
    whole = feed(f"/services/{first['id']}")
    assert "null" not in json.dumps(whole)
    assert whole["assured_date"] == "2026-03-10"
    assert whole["capacities"][0]["available"] == 0
    assert whole["capacities"][0]["updated"].startswith("2026-03-01")
    assert whole["x_access"]["how"] == "Ask your doctor."


def test_a_service_at_a_location_also_says_the_services_name_and_status(feed: Any) -> None:
    tie = feed("/service_at_locations")["contents"][0]
    whole = feed(f"/service_at_locations/{tie['id']}")
    assert whole["name"].startswith("Sleep clinic")
    assert whole["status"] == "active"


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"minimum_age": "1"}, 30),
        ({"minimum_age": "2"}, 0),
        ({"maximum_age": "18"}, 30),
        ({"maximum_age": "17"}, 0),
        ({"x_age": "18.9"}, 30),
        ({"x_age": "19"}, 0),
        ({"day": "MO"}, 30),
        ({"day": "SU"}, 0),
        ({"day": "MO", "start_time": "09:00", "end_time": "16:00"}, 30),
        ({"day": "MO", "start_time": "08:00"}, 0),
        ({"modified_after": "2999-01-01"}, 0),
        ({"search": "wont sleep"}, 30),
    ],
)
def test_filters_add_up(feed: Any, query: dict[str, str], found: int) -> None:
    assert feed("/services", **query)["total_items"] == found


def test_terms_and_places_filter(feed: Any) -> None:
    term = feed("/taxonomy_terms")["contents"][0]
    assert feed("/services", taxonomy_term_id=term["id"])["total_items"] == 10
    assert feed("/services", taxonomy_id=term["taxonomy_id"])["total_items"] == 10
    assert feed("/service_at_locations", postcode="QX1 1AB", proximity="10")["total_items"] == 10


@pytest.mark.parametrize(
    "query",
    [
        {"page": "0"}, {"page": "x"}, {"per_page": "501"}, {"day": "XX"}, {"start_time": "9"}, {"minimum_age": "old"},
        {"taxonomy_term_id": "no"}, {"modified_after": "yesterday"}, {"full": "1"}, {"minimum_age": "٣"},
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_said(feed: Any, query: dict[str, str]) -> None:
    assert feed("/services", status=400, **query)["detail"]


def test_unknown_ids_other_methods_and_conditional_calls(client: Client, area: Any, services: list[Any]) -> None:
    base = f"/local-offer/{area.slug}/api/services"
    assert client.get(f"{base}/nothing").status_code == 404
    assert client.post(base).status_code == 405
    assert client.options(base).status_code == 204
    first = client.get(base)
    again = client.get(base, headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert client.get(base, {"page": "2"})["ETag"] != first["ETag"]


def test_a_change_gives_a_new_tag_and_the_export_has_everything(client: Client, area: Any, services: list[Any]) -> None:
    from kept.access.acting import acting_as_system
    from kept.offer.publishing import archive

    base = f"/local-offer/{area.slug}/api"
    before = client.get(f"{base}/services")["ETag"]
    lines = b"".join(client.get(f"{base}/export").streaming_content).splitlines()
    assert len(lines) == 30
    with acting_as_system(area) as system:
        archive(by=system, service=services[0], why="It ended")
    after = client.get(f"{base}/services", headers={"If-None-Match": before})
    assert after.status_code == 200
    assert after.json()["total_items"] == 29
    assert client.get(f"{base}/services/{services[0].pk}").status_code == 404


def test_a_family_is_answered_while_a_scraper_waits(client: Client, area: Any, settings: Any) -> None:
    settings.OFFER_CALLS_PER_SECOND = 5
    path = f"/local-offer/{area.slug}/api/taxonomies"
    answers = [client.get(path, REMOTE_ADDR="192.0.2.1").status_code for _ in range(80)]
    assert answers[:30] == [200] * 30
    assert 429 in answers
    assert client.get(path, REMOTE_ADDR="192.0.2.2").status_code == 200
