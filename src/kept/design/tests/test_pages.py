"""The layout, the pages for faults, and the strictness of templates."""

from __future__ import annotations

import re
from pathlib import Path
from types import SimpleNamespace

import jinja2
import pytest
from django.contrib.messages.storage.base import Message
from django.template import engines
from django.template.loader import render_to_string
from django.test import RequestFactory
from lxml import html

import kept.design
from kept.design.jinja import lines, with_query

FAULTS = ["bad_request", "forbidden", "stale_form", "not_found", "server_error", "unavailable", "signed_out"]


def page(template: str, **context: object) -> html.HtmlElement:
    return html.document_fromstring(render_to_string(template, context))


@pytest.mark.parametrize("name", FAULTS)
def test_a_page_for_a_fault_needs_neither_database_nor_request_and_says_what_to_do(name):
    found = page(f"errors/{name}.html", status=500, typed=[("views", "<b>He swims</b>\nwell")], sign_in="/")
    assert len(found.xpath("//h1")) == 1
    assert len(found.xpath("//main//p[@class='govuk-body']")) >= 2
    assert "<b>He swims</b>" in found.text_content()
    assert found.xpath("//main//dd/br")


def test_the_way_past_the_header_comes_first_and_leads_to_the_content():
    found = page("design/layout.html")
    assert found.xpath("//a/@href")[0] == "#main-content"
    assert found.xpath("//main/@id") == ["main-content"]


def test_header_shows_area_person_and_where_one_is():
    found = page(
        "design/layout.html",
        area=SimpleNamespace(name="Made-up Area"),
        actor=SimpleNamespace(user=SimpleNamespace(name="Made-up <Person>")),
        navigation=[{"text": "My work", "href": "/work/", "active": True}, {"text": "Cases", "href": "/cases/"}],
    )
    assert "Made-up Area" in found.xpath("//title")[0].text
    assert "Made-up <Person>" in found.xpath("//header")[0].text_content()
    assert found.xpath("//header//a[@aria-current]/@href") == ["/work/"]
    assert found.xpath("//header//form/@action") == ["/sign-out/"]


def test_messages_say_whether_they_are_good_or_bad_in_words():
    found = page("design/layout.html", messages=[Message(25, "Saved <it>"), Message(40, "Not sent")])
    titles = [title.text_content().strip() for title in found.xpath("//*[contains(@class, 'banner__title')]")]
    assert titles == ["Done", "Please read"]
    assert "Saved <it>" in found.text_content()


def test_an_unknown_name_is_an_error_in_ours_but_not_inside_the_macros():
    env = engines["jinja2"].env
    with pytest.raises(jinja2.UndefinedError):
        env.from_string("{{ missing }}").render()
    macro = "govuk_frontend_jinja/components/button/macro.html"
    drawn = env.from_string('{% from macro import govukButton %}{{ govukButton({"text": t}) }}').render(
        macro=macro, t="<b>"
    )
    assert "&lt;b&gt;" in drawn


def test_the_query_keeps_filters_and_goes_back_to_the_first_page():
    request = RequestFactory().get("/?q=a%26b&team=north&team=south&page=3")
    assert with_query(request, sort="-due") == "?q=a%26b&team=north&team=south&sort=-due"
    assert with_query(request, page=4) == "?q=a%26b&team=north&team=south&page=4"
    assert with_query(request, q=None, team="west") == "?team=west"


def test_line_breaks_are_kept_and_everything_else_escaped():
    assert lines("a\n<b>") == "a<br>&lt;b&gt;"


def test_a_status_has_words_and_an_unknown_one_is_an_error():
    env = engines["jinja2"].env
    source = '{% from "design/components.html" import status_tag %}{{ status_tag(status) }}'
    for status, words in {"met": "Kept", "met_late": "Kept late", "overdue": "Overdue", "due_soon": "Due soon"}.items():
        drawn = html.fragment_fromstring(env.from_string(source).render(status=status))
        assert drawn.text_content() == words
    with pytest.raises(jinja2.UndefinedError):
        env.from_string(source).render(status="amber")


def test_a_long_name_of_an_area_breaks_on_a_narrow_screen_with_large_text():
    css = (Path(kept.design.__file__).parent / "static" / "design" / "kept.css").read_text(encoding="utf-8")
    rules = dict(re.findall(r"^(\.kept-header__\w+) \{([^}]*)\}", css, re.MULTILINE))
    assert "overflow-wrap: anywhere" in rules[".kept-header__area"]
    assert "min-width: 0" in rules[".kept-header__home"]  # else the row grows with the name
