"""The Jinja environment: strict about our own templates, lenient only inside the GOV.UK macros that expect it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

import jinja2
from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import reverse
from django.utils import timezone
from markupsafe import Markup, escape

from kept.design import charts, chrome, problems, words

GOVUK = "govuk_frontend_jinja/"


class Environment(jinja2.Environment):
    """An unknown name in one of our templates is an error; the GOV.UK macros test names that may be missing."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.govuk = jinja2.Environment(
            loader=jinja2.PrefixLoader({GOVUK.rstrip("/"): jinja2.PackageLoader("govuk_frontend_jinja")}),
            autoescape=True,
            auto_reload=False,
            bytecode_cache=options.get("bytecode_cache"),
        )

    def get_template(
        self,
        name: str | jinja2.Template,
        parent: str | None = None,
        globals: Any = None,
    ) -> jinja2.Template:
        """The template of this name; those of GOV.UK come from the lenient environment."""
        if isinstance(name, str) and name.startswith(GOVUK):
            return self.govuk.get_template(name)
        return super().get_template(name, parent, globals)


def url(name: str, *args: object, **kwargs: object) -> str:
    """The address of a named page: `url("cases:show", case.pk)`."""
    return reverse(name, args=args or None, kwargs=kwargs or None)


def today() -> date:
    """Today in London."""
    return timezone.localdate()


@jinja2.pass_context
def csrf(context: jinja2.runtime.Context) -> Markup:
    """The hidden input that every form which posts must carry. Empty when the page is rendered without a request."""
    return Markup(str(context.get("csrf_input") or ""))  # noqa: S704 - Django made and escaped it


def with_query(request: HttpRequest, **changes: object) -> str:
    """This page's query string with some values changed; None removes one. Changing anything goes back to page 1."""
    query = request.GET.copy()
    if "page" not in changes:
        query.pop("page", None)
    for name, value in changes.items():
        query.pop(name, None)
        if value is not None:
            query[name] = str(value)
    return f"?{query.urlencode()}"


def lines(text: str) -> Markup:
    """Text as somebody typed it, with its line breaks kept."""
    return Markup("<br>").join(escape(line) for line in str(text).splitlines())


def html_attributes(attributes: dict[str, object]) -> Markup:
    """Attributes of a tag, escaped; True stands alone, False and None are left out."""
    parts = [
        Markup(" {}").format(name) if value is True else Markup(' {}="{}"').format(name, value)
        for name, value in attributes.items()
        if value is not None and value is not False
    ]
    return Markup("").join(parts)


def summary_rows(rows: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Rows of facts for the GOV.UK summary list, from {"key", "value"} and, for a link, {"href", "action"}."""
    found = []
    for row in rows:
        value = row["value"]
        shown = (
            {"html": value}
            if hasattr(value, "__html__")
            else {"text": "Not recorded" if value in {None, ""} else str(value)}
        )
        actions = []
        if row.get("href"):
            hidden = str(row["key"]).lower()
            actions = [{"href": row["href"], "text": row.get("action", "Change"), "visuallyHiddenText": hidden}]
        found.append({"key": {"text": row["key"]}, "value": shown, "actions": {"items": actions}})
    return found


def environment(**options: Any) -> Environment:
    """The environment that settings name; `options` are those of Django's Jinja2 backend."""
    options["undefined"] = jinja2.StrictUndefined
    env = Environment(**{"extensions": ["jinja2.ext.do"], "trim_blocks": True, "lstrip_blocks": True, **options})
    env.globals.update(
        url=url,
        static=static,
        today=today,
        csrf=csrf,
        with_query=with_query,
        summary_rows=summary_rows,
        error_links=problems.error_links,
        clock_strip_of=charts.clock_strip,
        bar_chart_of=charts.bar_chart,
        line_chart_of=charts.line_chart,
        area_name=chrome.area_name,
        footer_links=chrome.footer_links,
        service_name=chrome.SERVICE,
        sign_out_address=chrome.sign_out_address,
    )
    env.filters.update({function.__name__: function for function in words.FILTERS})
    env.filters.update(lines=lines, html_attributes=html_attributes)
    return env
