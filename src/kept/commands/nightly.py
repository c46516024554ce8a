"""`kept nightly`: what time alone brings about. Who must be told of a delay, what is chased, whose roll is due, cover.

Run it once a night, after `kept cases refold`. Repeating it changes nothing. What goes wrong in one area is said and
does not stop the others.
"""

from __future__ import annotations

import argparse
import os
import sys


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The command has no words of its own."""


def run(options: argparse.Namespace) -> int:
    """Do the night's work of every area; prints what was done. 1 when something failed."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kept.config.settings")
    from kept.config import launcher

    if not launcher.is_live():
        launcher.ensure_running(launcher.home() / "postgres")
    import django

    django.setup()
    from kept.access.acting import acting_as_system
    from kept.access.models import Area

    failed = 0
    for area in Area.objects.order_by("name"):
        for words, act in work().items():
            try:
                with acting_as_system(area) as actor:
                    print(f"{area.name}: {words}: {act(by=actor):,}")
            except Exception as problem:  # one job must not stop the next
                failed = 1
                print(f"{area.name}: {words} failed: {problem}", file=sys.stderr)
    return failed


def work() -> dict:
    """The jobs of a night, in order, with what each counts."""
    from kept.administration.retention import list_what_is_due
    from kept.delivery.nightly import ask_families, count_all
    from kept.documents.actions import scan_waiting
    from kept.family.actions import look_ahead
    from kept.forecasts.jobs import publish_waits, score_months, tell_families
    from kept.handover.actions import cover
    from kept.messages.emails import deliver_waiting
    from kept.offer.coverage import sync_gaps_tonight
    from kept.offer.inviting import remind_all
    from kept.offer.links import check_links
    from kept.partners.chasing import chase
    from kept.plans.caseload import check_all
    from kept.reviews.changing import compare_plans
    from kept.reviews.following import follow_cases
    from kept.waiting.nightly import check_lists, count_paused, end_of_moved
    from kept.whereabouts.actions import sync_all

    return {
        "duties that moved because somebody is away": cover,
        "steps owed soon, of whose delay families must be told": look_ahead,
        "requests for advice chased": chase,
        "settings asked to confirm their roll": sync_all,
        "files scanned that waited": scan_waiting,
        "emails to families handed over": deliver_waiting,
        "referrals whose count is paused, counted anew": count_paused,
        "waits for the council of who moved away, ended": end_of_moved,
        "questions of the waiting lists": check_lists,
        "children whose provision was counted": count_all,
        "families asked whether it came": ask_families,
        "statements of waits told to families": tell_families,
        "waits told to the Local Offer": publish_waits,
        "providers reminded of their entries": remind_all,
        "gaps in what the law asks of the Local Offer": sync_gaps_tonight,
        "links of the Local Offer that do not work": check_links,
        "months of statements scored": score_months,
        "plans whose wording was checked": check_all,
        "reviews brought up to their cases": follow_cases,
        "plans compared with those before their review": compare_plans,
        "records whose time is up, listed for review": list_what_is_due,
    }
