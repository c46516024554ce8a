"""Schools, colleges and local authorities: URN, UKPRN, LAESTAB and the Department for Education's authority code."""

# ruff: noqa: PLR2004 -- lengths and moduli are the standards' own figures
from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from kept.rules.identifiers.typed import digits_only, passes, require, squeeze

_URN_WANTED = "A school's URN has 6 figures, such as 999001; look it up on Get Information about Schools."
_UKPRN_WANTED = "A UKPRN has 8 figures and begins with 1, such as 10099001."
_LAESTAB_WANTED = "It is the authority's 3 figures and the school's 4, such as 882/4001."
_REPLACED = {
    "835": "838 (Dorset)",
    "836": "839 (Bournemouth, Christchurch and Poole)",
    "837": "839 (Bournemouth, Christchurch and Poole)",
    "909": "942 (Cumberland) or 943 (Westmorland and Furness)",
    "928": "940 (North Northamptonshire) or 941 (West Northamptonshire)",
}


@dataclass(frozen=True)
class Authority:
    """A local authority: the Department's code, the Office for National Statistics' code, name and region."""

    la_code: str
    ons_code: str
    name: str
    region: str
    current: bool


@cache
def authorities() -> dict[str, Authority]:
    """Every English authority since 2018/19 by its three-figure code. Source: DfE SEN2 statistics, OGL v3.0."""
    text = files("kept.rules.identifiers").joinpath("authorities.csv").read_text(encoding="utf-8")
    rows = csv.DictReader(text.splitlines())
    return {
        row["la_code"]: Authority(
            row["la_code"], row["ons_code"], row["name"], row["region"], current=row["current"] == "1"
        )
        for row in rows
    }


def check_urn(text: str) -> str:
    """A school's unique reference number, six figures. It has no check figure. Raises ValueError with a sentence."""
    urn = squeeze(text)
    require(bool(urn), f"No URN was given. {_URN_WANTED}")
    require(digits_only(urn), f"A URN holds figures only. {_URN_WANTED}")
    require(len(urn) == 6, f"This URN has {len(urn)} figures, and should have 6. {_URN_WANTED}")
    require(urn[0] != "0", f"This URN begins with 0. {_URN_WANTED}")
    return urn


def is_urn(text: str) -> bool:
    """Whether the text has the form of a URN."""
    return passes(check_urn, text)


def check_ukprn(text: str) -> str:
    """A provider's number on the UK Register of Learning Providers. Raises ValueError with a sentence."""
    ukprn = squeeze(text)
    require(bool(ukprn), f"No UKPRN was given. {_UKPRN_WANTED}")
    require(digits_only(ukprn), f"A UKPRN holds figures only. {_UKPRN_WANTED}")
    require(len(ukprn) == 8, f"This UKPRN has {len(ukprn)} figures, and should have 8. {_UKPRN_WANTED}")
    require(ukprn[0] == "1", f"This UKPRN begins with {ukprn[0]}. {_UKPRN_WANTED}")
    return ukprn


def is_ukprn(text: str) -> bool:
    """Whether the text has the form of a UKPRN."""
    return passes(check_ukprn, text)


def check_la_code(text: str) -> str:
    """The three-figure code of an English authority of today. Raises ValueError with a sentence, which names the
    successor where an authority was replaced.
    """
    code = squeeze(text)
    require(bool(code), "No authority code was given. It has 3 figures, such as 882 for Southend-on-Sea.")
    require(
        digits_only(code) and len(code) == 3,
        f"“{code[:20]}” is not an authority code. It has 3 figures, such as 882 for Southend-on-Sea.",
    )
    if code in _REPLACED:
        raise ValueError(f"The authority with code {code} was replaced: use {_REPLACED[code]}.")
    known = authorities().get(code)
    require(
        known is not None and known.current,
        f"No English local authority has the code {code}. Look it up in the list of authorities.",
    )
    return code


def is_la_code(text: str) -> bool:
    """Whether the text is the code of an English authority of today."""
    return passes(check_la_code, text)


def check_laestab(text: str) -> str:
    """A school's authority and establishment number as seven figures, however they were parted.

    Codes of former authorities are accepted, since old records hold them. Raises ValueError with a sentence.
    """
    number = squeeze(text).replace("/", "")
    require(bool(number), f"No LAESTAB was given. {_LAESTAB_WANTED}")
    require(digits_only(number), f"A LAESTAB holds figures only. {_LAESTAB_WANTED}")
    require(len(number) == 7, f"This LAESTAB has {len(number)} figures, and should have 7. {_LAESTAB_WANTED}")
    require(
        number[:3] in authorities() or number[:3] in _REPLACED,
        f"No local authority has the code {number[:3]}. {_LAESTAB_WANTED}",
    )
    return number


def is_laestab(text: str) -> bool:
    """Whether the text has the form of a LAESTAB with an authority that is or was."""
    return passes(check_laestab, text)
