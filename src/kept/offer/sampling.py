"""What trusted providers publish at once is looked at afterwards, as a sample: one change in five, and every first one.

A reference for the share: the area's own standard, in `rules.oruk.freshness`. Providers do not see what was drawn.
"""

from __future__ import annotations

from datetime import timedelta

from kept.access.acting import Actor, acting_as_system
from kept.offer.models import Sample, Version
from kept.rules.oruk.freshness import LOOK_WITHIN_DAYS, is_drawn


def draw(*, by: Actor, version: Version) -> Sample | None:
    """Put a change on the editors' desk when it is drawn; written past the provider, who may not read samples."""
    organisation = version.service.organisation
    with acting_as_system(by.area, today=by.today):
        first = not Sample.objects.filter(area=by.area, service__organisation=organisation).exists()
        if not first and not is_drawn(version.pk):
            return None
        due = by.today + timedelta(days=LOOK_WITHIN_DAYS)
        return Sample.objects.create(area=by.area, service=version.service, version=version, due_on=due)
