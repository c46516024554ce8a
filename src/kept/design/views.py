"""The component gallery: every component in every state, on one page, for whoever builds pages."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from kept.access.web import public
from kept.design import gallery as examples


@public
def gallery(request: HttpRequest) -> HttpResponse:
    """Show all components. The examples are made up; nobody in them is real."""
    return render(request, "design/gallery.html", examples.context(request))
