"""The gallery draws every component; what holds for it holds for every page that uses them."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from lxml import html

pytestmark = pytest.mark.django_db


@pytest.fixture(params=["", "?wrong=1", "?sort=-due&page=7&team=north"])
def sheet(request, client: Client):
    answer = client.get(f"/design/{request.param}")
    assert answer.status_code == 200
    return html.document_fromstring(answer.content.decode())


def test_no_style_and_no_script_stand_in_the_page(sheet):
    assert not sheet.xpath("//@style")
    assert not sheet.xpath("//style")
    assert all(script.get("src") and not script.text for script in sheet.xpath("//script"))


def test_every_id_is_its_own(sheet):
    ids = sheet.xpath("//@id")
    assert len(ids) == len(set(ids))


def test_every_reference_to_an_id_finds_it(sheet):
    ids = set(sheet.xpath("//@id"))
    named = sheet.xpath("//@for | //@aria-describedby | //@aria-labelledby | //@aria-controls | //@list")
    assert {word for value in named for word in value.split()} <= ids
    links = {href[1:] for href in sheet.xpath("//a/@href") if re.fullmatch(r"#.+", href)}
    assert links <= ids
