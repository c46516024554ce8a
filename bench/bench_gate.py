"""The gate of a plan of 30 pages: everything that stands at it, from the database, and its whole page.

`./run bench gate`. KEPT_HOME must hold a demonstration with its database started; the plan is written into it by the
actions of the product, for a child without one, and is gone when the measurement ends. Prints one line of JSON:
processor seconds of the first look at the plan and of the looks after it, as a busy machine says nothing about the
code; `fresh_process_s` is what a process that has just started spends on its first page of all, whatever the plan.
"""

from __future__ import annotations

import json
import os
import random
import sys
import time
from collections.abc import Callable
from statistics import median
from typing import Any

sys.path.insert(0, os.path.dirname(__file__))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kept.config.settings")
os.environ.setdefault("KEPT_MODE", "demo")

from bench_plans import long_paper
from django.contrib.messages.storage.fallback import FallbackStorage
from django.db import transaction
from django.test import RequestFactory

from kept.access.acting import Actor, acting
from kept.access.models import Area, User
from kept.people.queries import children_seen
from kept.plans import actions, gate, gate_views, versions
from kept.plans.actions import EntryWords
from kept.plans.models import Plan, Version

LOOKS = 5


def an_empty_version(by: Actor) -> Version:
    """A draft of a child who had no plan."""
    child = children_seen(by).exclude(pk__in=Plan.objects.values("child_id")).first()
    return versions.start_plan(by=by, child=child)


def a_long_version(by: Actor) -> Version:
    """A draft of about 30 pages."""
    version = an_empty_version(by)
    for section in long_paper(random.Random(7)).sections:
        for item in section.items if section.letter != "I" else ():
            actions.save_entry(by=by, version=version, given=EntryWords(section=section.letter, text=item.words))
    return version


def a_request(by: Actor, version: Version) -> Any:
    """A request of the officer for the page."""
    request: Any = RequestFactory().get(f"/plans/versions/{version.pk}/gate/")
    request.actor, request.user, request.session = by, by.user, {}
    request._messages = FallbackStorage(request)
    return request


def looks(work: Callable[[], object]) -> dict[str, float]:
    """Processor seconds of the first look and the middle one of those after it."""
    spent = []
    for _ in range(LOOKS):
        began = time.process_time()
        work()
        spent.append(time.process_time() - began)
    return {"first_s": round(spent[0], 3), "then_s": round(median(spent[1:]), 3)}


def main() -> None:
    """Measure and print."""
    area = Area.objects.filter(is_demo=True).first()
    officer = User.objects.filter(email__startswith="officer@").first()
    if area is None or officer is None:
        raise SystemExit("There is no demonstration in KEPT_HOME: make one with `./run kept demo`.")
    with transaction.atomic(), acting(user=officer, area=area) as by:
        empty, version = an_empty_version(by), a_long_version(by)
        request = a_request(by, version)
        # the wrapper that checks who asks is measured with the other pages (bench_pages)
        page = gate_views.gate.__wrapped__  # type: ignore[attr-defined]
        found = {
            "entries": version.entries.count(),
            "fresh_process_s": looks(lambda: page(a_request(by, empty), empty.pk))["first_s"],
            "gate": looks(lambda: gate.gate_of(by, version)),
            "page": looks(lambda: page(request, version.pk)),
            "load_average": round(os.getloadavg()[0], 1),
        }
        transaction.set_rollback(True)
    print(json.dumps(found))


if __name__ == "__main__":
    main()
