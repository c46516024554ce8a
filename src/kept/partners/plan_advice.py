"""Returned advice as plans read it: what each service recommends, section by section, until somebody answers it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from uuid import UUID

from kept.access.acting import Actor
from kept.cases.models import AdviceRequest
from kept.partners.actions import FILES
from kept.partners.models import Advice
from kept.plans.advice_in import AdviceText, reads_advice
from kept.plans.advice_papers import brings_papers


@reads_advice
def returned_advice(actor: Actor, child_id: UUID) -> Iterator[AdviceText]:
    """Every section of all advice returned about a child. One query."""
    rows = Advice.objects.filter(area=actor.area, child_id=child_id).select_related("request")
    for row in rows.order_by("at", "pk"):
        for key, text in row.sections.items():
            if text.strip():
                yield AdviceText(
                    said_by=f"{row.request.body} ({row.said_by})"[:200],
                    said_on=row.returned_on,
                    text=text,
                    part=key,
                    advice=row.pk,
                )


@brings_papers(FILES)
def who_gave(actor: Actor, requests: Iterable[UUID]) -> Mapping[UUID, str]:
    """Whose the files are that came with returned advice: the body that was asked, by request. One query."""
    return dict(AdviceRequest.objects.filter(area=actor.area, pk__in=list(requests)).values_list("pk", "body"))
