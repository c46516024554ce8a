"""Pages of those who deliver: the school's week, one child's week, the head's page, the therapist's page, sessions."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from kept.access.acting import Refused
from kept.access.models import Agency
from kept.access.roles import Can
from kept.access.trails import showing_list
from kept.access.web import needs
from kept.delivery import calendars, confirming, forms, queries, recording
from kept.delivery.asking import A_WEEK, child_asked, item_asked, setting_asked, settings_of, show, week_asked
from kept.delivery.queries import CAME, ChildWeek
from kept.delivery.words import How
from kept.design.words import counted
from kept.design.words import day as in_words
from kept.rules.delivery import Calendar, Count, HalfTerm, say_half_term, school_year_of, total, usual_half_terms

ONE_OF_ITEM = ("came", "partly", "not", "absent", "declined", "unknown")
NOT_YET = ("later", "begun", "nothing")


@needs(Can.RECORD_DELIVERY, Can.SEE_TEAM, Can.WORK_CASES)
def home(request: HttpRequest) -> HttpResponse:
    """Where the person begins: the setting's week, the therapist's children, or the area."""
    actor = request.actor
    if actor.can(Can.CONFIRM_ROLL):
        return redirect("delivery:week")
    return redirect("delivery:mine" if actor.can(Can.RECORD_DELIVERY) else "delivery:quiet")


@needs(Can.RECORD_DELIVERY, Can.SEE_TEAM, Can.WORK_CASES)
def week(request: HttpRequest) -> HttpResponse:
    """A setting's week: one tick a child for what came as planned, and a page for what was different."""
    setting, monday = setting_asked(request), week_asked(request)
    if setting is None:
        words = {"settings": settings_of(request), "monday": monday, "to": "delivery:week"}
        return show(request, "delivery/choose_setting.html", words)
    is_theirs = setting.pk in request.actor.agency_ids and request.actor.can(Can.RECORD_DELIVERY)
    if request.method == "POST" and is_theirs:
        return _confirm(request, setting, monday)
    weeks = queries.week_of_setting(request.actor, setting, monday)
    showing_list(request, [one.child.pk for one in weeks], what="The week's provision")
    known = calendars.Calendars(request.actor, [setting.pk])
    days = known.of(setting.pk).between(monday, monday + timedelta(days=6))
    opens_on = max(days, default=monday + timedelta(days=4))
    words = {
        "setting": setting, "monday": monday, "friday": monday + timedelta(days=4), "weeks": weeks,
        "ticks": {one.child.pk: confirming.ticked(one, setting.pk, monday) for one in weeks},
        **_progress(weeks, setting, monday),
        "before": monday - A_WEEK, "after": monday + A_WEEK if monday + A_WEEK <= request.actor.today else None,
        "is_theirs": is_theirs, "came": CAME, "has_own_dates": known.has_own(setting.pk),
        "school_days": len(days), "opens_on": opens_on, "is_future": opens_on > request.actor.today,
    }  # fmt: skip
    return show(request, "delivery/week.html", words)


def _progress(weeks: list[ChildWeek], setting: Agency, monday: date) -> dict[str, int]:
    """For how many children the setting has something to say of this week, and for how many it has said all of it.

    What is due by a later week (a half-term's session, say) is not asked for yet.
    """
    asked = [one for one in weeks if confirming.asked_for(one, setting.pk, monday)]
    left = [one for one in asked if confirming.ticked(one, setting.pk, monday)]
    return {"due": len(asked), "recorded": len(asked) - len(left)}


def _confirm(request: HttpRequest, setting: Agency, monday: date) -> HttpResponse:
    here = f"{reverse('delivery:week')}?week={monday.isoformat()}"
    try:
        planned, absent = ([UUID(key) for key in request.POST.getlist(name)] for name in ("planned", "absent"))
        number = confirming.confirm_week(
            by=request.actor, setting=setting, monday=monday, planned=planned, absent=absent
        )
    except (Refused, ValueError) as problem:
        messages.error(request, str(problem) if isinstance(problem, Refused) else "Open the page again.")
        return redirect(here)
    if number:
        messages.success(request, f"The week is confirmed for {counted(number, 'child', 'children')}.")
    elif planned or absent:
        messages.warning(request, "Nothing was left to confirm, so nothing was recorded.")
    else:
        messages.warning(request, "Nobody was ticked, so nothing was recorded.")
    return redirect(here)


@needs(Can.RECORD_DELIVERY, Can.WORK_CASES)
def child_week(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One child's week, for what was different from the plan."""
    child, monday = child_asked(request, pk, "The week's provision"), week_asked(request)
    mine = queries.child_week(request.actor, child, monday)
    data = request.POST if request.method == "POST" else None
    form = forms.WeekForm(data, week=mine, setting_id=recording.agency_of(request.actor))
    if request.method == "POST" and form.is_valid():
        given = form.given(monday)
        try:
            number = recording.record(by=request.actor, given=given, how=How.WEEK) if given else 0
        except Refused as problem:
            form.add_error(None, str(problem))
        else:
            messages.success(request, f"{child.full_name}: {number} recorded for this week.")
            return redirect(f"{reverse('delivery:week')}?week={monday.isoformat()}")
    words = {
        "child": child, "week": mine, "form": form, "monday": monday, "friday": monday + timedelta(days=4),
        "came": CAME, "others": [one for one in mine.due if one not in form.ours],
        "back_link": f"{reverse('delivery:week')}?week={monday.isoformat()}",
    }  # fmt: skip
    return show(request, "delivery/child_week.html", words)


@needs(Can.RECORD_DELIVERY, Can.SEE_TEAM, Can.WORK_CASES)
def school(request: HttpRequest) -> HttpResponse:
    """The head's page: the whole school's week by service, and who did not get what."""
    setting, monday = setting_asked(request), week_asked(request)
    if setting is None:
        words = {"settings": settings_of(request), "monday": monday, "to": "delivery:school"}
        return show(request, "delivery/choose_setting.html", words)
    weeks = queries.week_of_setting(request.actor, setting, monday)
    showing_list(request, [one.child.pk for one in weeks], what="The school's week")
    words = {
        "setting": setting, "monday": monday, "friday": monday + timedelta(days=4), "weeks": weeks,
        "services": _by_service(weeks), "states": _states(weeks), "came": CAME, "order": ONE_OF_ITEM,
        "not_yet": NOT_YET,
        "in_sessions": sum(item.ledger.in_sessions and item.state not in NOT_YET for one in weeks for item in one.due),
        "before": monday - A_WEEK, "after": monday + A_WEEK if monday + A_WEEK <= request.actor.today else None,
        "back_link": reverse("delivery:week"),
    }  # fmt: skip
    return show(request, "delivery/school.html", words)


def _by_service(weeks: list[ChildWeek]) -> list[tuple[str, Count, int]]:
    found: dict[str, list[Count]] = defaultdict(list)
    for one in weeks:
        for item in one.due:
            if not item.ledger.in_sessions and item.state not in NOT_YET:
                found[item.row.service].append(item.count)
    return [(service, total(counts), len(counts)) for service, counts in sorted(found.items())]


def _states(weeks: list[ChildWeek]) -> dict[str, int]:
    found = dict.fromkeys(ONE_OF_ITEM, 0)
    for one in weeks:
        for item in one.due:
            found[item.state] = found.get(item.state, 0) + 1
    return found


@needs(Can.RECORD_DELIVERY)
def mine(request: HttpRequest) -> HttpResponse:
    """The therapist's page: my children, my minutes, who is behind."""
    monday = week_asked(request)
    weeks = queries.week_of_therapist(request.actor, monday)
    showing_list(request, [one.child.pk for one in weeks], what="My children's provision")
    rows = []
    for one in weeks:
        for item in one.items:
            half = [
                count
                for count in item.ledger.counts
                if count.ends_on and count.ends_on >= request.actor.today - timedelta(weeks=7)
            ]
            rows.append((one.child, item, total(half)))
    behind = sorted(rows, key=lambda row: -(row[2].missing + row[2].part + row[2].unknown))
    words = {
        "rows": behind, "monday": monday, "friday": monday + timedelta(days=4), "came": CAME,
        "due": sum(item.count.due for _, item, _ in rows), "given": sum(item.count.delivered for _, item, _ in rows),
        "before": monday - A_WEEK, "after": monday + A_WEEK if monday + A_WEEK <= request.actor.today else None,
    }  # fmt: skip
    return show(request, "delivery/mine.html", words)


@needs(Can.RECORD_DELIVERY, Can.WORK_CASES)
def session(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Write down one session."""
    item = item_asked(request, pk, "Recording a session")
    form = forms.SessionForm(request.POST if request.method == "POST" else None, initial={"on": request.actor.today})
    if request.method == "POST" and form.is_valid():
        try:
            recording.record(by=request.actor, given=[form.given(item.pk)], how=How.SESSION)
        except Refused as problem:
            form.add_error(None, str(problem))
        else:
            messages.success(request, f"{item.child.full_name}: {item.service} is recorded.")
            return redirect("delivery:mine" if request.actor.can(Can.RECORD_DELIVERY) else "delivery:home")
    words = {"item": item, "child": item.child, "form": form, "back_link": reverse("delivery:home")}
    return show(request, "delivery/session.html", words)


@needs(Can.RECORD_DELIVERY, Can.WORK_CASES)
def dates(request: HttpRequest) -> HttpResponse:
    """A setting's school dates, from a day on."""
    setting = setting_asked(request)
    if setting is None and not request.actor.reaches_area:
        raise Http404
    day = request.actor.today
    known = calendars.Calendars(request.actor)
    now = known.of(setting.pk if setting else None)
    year = school_year_of(day)
    own = {one.key: one for one in now.half_terms}
    shown = [own.get(one.key, one) for one in usual_half_terms(year)]
    closed = _closed(now, shown)
    form = forms.CalendarForm(
        request.POST if request.method == "POST" else None,
        half_terms=[(one.key, say_half_term(one.key).capitalize(), one.starts_on, one.ends_on) for one in shown],
        initial={"from_on": day, "closed": "\n".join(in_words(each) for each in closed)},
    )
    if request.method == "POST" and form.is_valid():
        facts = form.cleaned_data
        try:
            calendars.set_calendar(
                by=request.actor, setting=setting, from_on=facts["from_on"], half_terms=form.half_terms(),
                closed=facts["closed"], note=facts["note"],
            )  # fmt: skip
        except Refused as problem:
            form.add_error(None, str(problem))
        else:
            messages.success(request, "The dates are kept. Days before stay as they were.")
            return redirect("delivery:home")
    words = {
        "setting": setting, "form": form, "has_own": known.has_own(setting.pk if setting else None),
        "versions": known.versions.get(setting.pk if setting else None, []), "back_link": reverse("delivery:home"),
    }  # fmt: skip
    return show(request, "delivery/dates.html", words)


def _closed(now: Calendar, shown: list[HalfTerm]) -> list[date]:
    """Weekdays inside the half-terms on which the setting is shut."""
    found = []
    for one in shown:
        for number in range((one.ends_on - one.starts_on).days + 1):
            each = one.starts_on + timedelta(days=number)
            if each.weekday() < 5 and each not in now.open_days:  # noqa: PLR2004 - Saturday
                found.append(each)
    return found
