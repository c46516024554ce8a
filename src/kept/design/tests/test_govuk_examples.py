"""The macros we use draw what GOV.UK's own examples say, for the version of the style sheet that we keep."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from django.template import engines
from lxml import etree, html

EXAMPLES = json.loads((Path(__file__).parent / "data" / "govuk-examples.json").read_text())["components"]
CASES = [
    pytest.param(component, example, id=f"{component}: {example['name']}")
    for component, examples in EXAMPLES.items()
    for example in examples
]


def macro_name(component: str) -> str:
    return "govuk" + "".join(word.capitalize() for word in component.split("-"))


def shape(source: str) -> list:
    """Tags, attributes and words, without the white space between them."""

    def of(element: etree._Element) -> list:
        words = [" ".join((element.text or "").split())]
        for child in element:
            words += [of(child), " ".join((child.tail or "").split())]
        attributes = sorted((name, " ".join(value.split())) for name, value in element.attrib.items())
        return [element.tag, attributes, [word for word in words if word]]

    return of(html.fragment_fromstring(source, create_parent="div"))


@pytest.mark.parametrize(("component", "example"), CASES)
def test_the_macro_draws_the_example(component, example):
    name = macro_name(component)
    source = f'{{% from "govuk_frontend_jinja/components/{component}/macro.html" import {name} %}}{{{{ {name}(p) }}}}'
    drawn = engines["jinja2"].env.from_string(source).render(p=example["options"])
    assert shape(drawn) == shape(example["html"])
