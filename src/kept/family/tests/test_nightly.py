"""Tests of the night's work."""

from __future__ import annotations

from kept.commands.nightly import work
from kept.duties.models import Duty


def test_every_job_of_the_night_runs_and_repeating_it_changes_nothing(place, case):
    def night():
        with place.system() as system:
            counted = {words: act(by=system) for words, act in work().items()}
            return counted, sorted(Duty.objects.values_list("source", "key", "due_on", "met_on"))

    first, second = night(), night()
    assert first == second
    assert first[0]["steps owed soon, of whose delay families must be told"] == 1
