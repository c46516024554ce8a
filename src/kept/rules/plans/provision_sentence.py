"""The sentence that typed provision makes: the same facts in words, which reading gives back."""

from __future__ import annotations

from datetime import date

from kept.rules.plans.provision import HowOften, Provision, Ratio


def _count(times: int) -> str:
    return {1: "once", 2: "twice"}.get(times, f"{times} times")


def _write_often(often: HowOften) -> str:
    if often.unit == "lesson":
        return "in every lesson"
    unit = {"day": "school day"}.get(often.unit, often.unit)
    if often.every > 1:
        times = "" if often.times == 1 else f"{_count(often.times)} "
        return f"{times}every {often.every} {unit}s"
    return f"{_count(often.times)} each {unit}"


def _write_date(day: date) -> str:
    return f"{day.day} {day:%B} {day.year}"


_PLACE_WORDS = {"class": "in class", "withdrawn": "withdrawn from class", "home": "at home", "clinic": "at the clinic"}


def _write_when(p: Provision) -> str:
    if p.trigger:
        return f", each time {p.trigger}"
    return f", {_write_often(p.often)}" if p.often else ""


def _write_amount(p: Provision) -> str:
    """How much and how often, as it stands in the sentence or after the last step."""
    floor = "at least " if p.minimum else ""
    if p.weekly_minutes is not None:
        return f"{floor}{p.weekly_minutes} minutes a week"
    if p.session_minutes is not None:
        return f"{floor}{p.session_minutes} minutes{_write_when(p)}"
    return f"{p.coverage}{_write_when(p)}"


def _write_ratio(ratio: Ratio | None) -> str:
    if ratio is None:
        return ""
    if ratio == Ratio(1):
        return " one-to-one"
    if ratio.adults == 1:
        return f" in a {ratio.of} of no more than {ratio.pupils} pupils"
    return f" with {ratio.adults} adults to {ratio.pupils} pupils"


def _write_weeks(p: Provision) -> str:
    if p.week_list:
        days = [_write_date(day) for day in p.week_list]
        named = " and ".join([", ".join(days[:-1]), days[-1]] if len(days) > 1 else days)
        return f", in the week{'s' if len(days) > 1 else ''} beginning {named}"
    return {"term time": ", in term time", "year-round": ", year-round"}.get(p.weeks, "")


_MODE_WORDS = {
    "direct": "will deliver {service}",
    "coaching": "will coach staff in {service}",
    "review": "will review the need for {service}",
    "programme writing": "will write a programme of {service}",
    "training": "will train staff in {service}",
    "equipment": "will supply {service}",
    "environment": "will set up a workstation for {service}",
}


def write_provision(p: Provision) -> str:
    """The sentence that the typed facts make, so that words and numbers cannot part. Reading it gives them back."""
    role = p.role or "provider"
    article = "an" if role[0] in "aeiou" else "a"
    who = f"{article} {role}" + (f" trained in {p.expertise}" if p.expertise else "")
    who += f", supervised by the {p.supervised_by}," if p.supervised_by else ""
    period = (f"From {_write_date(p.start)}" if p.start else "") + (f" until {_write_date(p.end)}" if p.end else "")
    period = period.strip()
    body = f"{period}, {who}" if period else who
    amount = _write_amount(p)
    quantity = p.weekly_minutes is not None or p.session_minutes is not None
    body += " " + _MODE_WORDS[p.mode].format(service=p.service) + _write_ratio(p.ratio)
    if not p.steps:
        body += (" for " if quantity else "" if amount.startswith(",") or not amount else " ") + amount
    body += _write_weeks(p)
    body += f", {_PLACE_WORDS[p.place]}" if p.place else ""
    body += f", to {p.focus}" if p.focus else ""
    if p.steps:
        parts = [f"until {_write_date(one.until)}: {one.minutes} minutes, {_write_often(one.often)}" for one in p.steps]
        parts += [f"after that: {amount.removeprefix(', ')}"] if amount else []
        body += ", as follows: " + "; ".join(parts)
    sentence = body[0].upper() + body[1:] + "."
    if p.review:
        measure = f" against {p.review.measure}" if p.review.measure else ""
        interval = f" {p.review.interval}" if p.review.interval else ""
        sentence += f" The {p.review.who} will review it{interval}{measure}."
    return sentence
