"""Check the web addresses of entries, as a nightly job. Addresses inside the network are never called."""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Callable
from typing import Any
from urllib.error import HTTPError
from urllib.parse import urlsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener

from django.conf import settings
from django.db import transaction

from kept.access.acting import Actor
from kept.offer.access import check_edits
from kept.offer.models import Service
from kept.offer.publishing import touch

SECONDS = 8
GONE = 400
MANY = 5  # addresses: when none of so many answers, the fault is ours
REFUSES_MACHINES = {401, 403, 405, 429}  # the page is there, only not for us


def is_outside(url: str) -> bool:
    """Whether every network address behind a web address is a public one."""
    try:
        host = urlsplit(url).hostname or ""
        found = {info[4][0] for info in socket.getaddrinfo(host, None)}
    except (OSError, ValueError):
        return False
    return bool(found) and all(ipaddress.ip_address(one).is_global for one in found)


class _OutsideOnly(HTTPRedirectHandler):
    def redirect_request(  # noqa: ANN202, PLR0917 -- the library's own signature
        self, req: Request, fp: Any, code: int, msg: str, headers: Any, newurl: str
    ):  # type: ignore[no-untyped-def]
        return super().redirect_request(req, fp, code, msg, headers, newurl) if is_outside(newurl) else None


def answers(url: str) -> bool:
    """Whether a web address answers; a page that refuses machines counts as there."""
    if not is_outside(url):
        return False
    try:
        request = Request(url, method="HEAD", headers={"User-Agent": "Local Offer link check"})  # noqa: S310 -- checked
        with build_opener(_OutsideOnly).open(request, timeout=SECONDS) as answer:
            return bool(answer.status < GONE)
    except HTTPError as error:
        return error.code in REFUSES_MACHINES
    except (OSError, ValueError):
        return False


def check_links(*, by: Actor, answers: Callable[[str], bool] = answers) -> int:
    """Mark entries whose link does not work, and unmark those that do again; how many are broken. Raises Refused.

    When none of many answers, it is we who are cut off: then nothing is marked. In a demonstration the addresses are
    invented, so none is called.
    """
    check_edits(by)
    if settings.DEMO:
        return 0
    services = list(Service.objects.filter(area=by.area, is_published=True).exclude(url=""))
    works = {url: answers(url) for url in {service.url for service in services}}
    if len(works) >= MANY and not any(works.values()):
        return 0
    changed = []
    for service in services:
        broken_on = None if works[service.url] else (service.link_broken_on or by.today)
        if broken_on != service.link_broken_on:
            service.link_broken_on = broken_on
            changed.append(service)
    if changed:
        with transaction.atomic():
            Service.objects.bulk_update(changed, ["link_broken_on"])
            touch(by.area)
    return sum(not works[service.url] for service in services)
