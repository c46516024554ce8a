"""What the demonstration's letters say of the council and of the services that they must name, so that notices can go.

The names are made up; numbers are from the ranges that Ofcom keeps for drama, addresses end in `.example`.
"""

from __future__ import annotations

from datetime import date

from kept.access.acting import acting_as_system
from kept.access.models import Area
from kept.notices.actions import set_letterhead
from kept.notices.models import Letterhead


def load_letterhead(area: Area, today: date) -> Letterhead:
    """Give the area its letterhead, as a case manager would on the page of the same name."""
    town = area.name.removesuffix(" (demonstration)")
    slug = town.lower().replace(" ", "").replace("'", "")
    facts = {
        "council": f"{town} Council",
        "address": f"SEND service\nCivic Centre\n1 Harbour Street\n{town} ZZ99 1AA",
        "la_contact": "the SEND casework team",
        "la_phone": "01632 960100",
        "la_email": f"send@{slug}.example",
        "adviser": "Level Ground Mediation",
        "adviser_contact": "01632 960110, hello@levelground.example, levelground.example",
        "disagreement": "Common Table Disagreement Resolution",
        "disagreement_contact": "01632 960120, hello@commontable.example, commontable.example",
        "sendiass": f"{town} SENDIASS",
        "sendiass_contact": f"01632 960130, help@sendiass-{slug}.example",
        "schools_where": f"The Local Offer lists schools, colleges and early years places: localoffer.{slug}.example",
    }
    with acting_as_system(area, today=today) as by:
        return set_letterhead(by=by, facts=facts)
