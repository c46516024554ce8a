"""The generated sentences: what changed, since when, better or worse, and whether the target can be met."""

import datetime

import pytest

from kept.rules.spc import analyse
from kept.rules.spc.tests.made import monthly
from kept.rules.spc.words import better_word, figure

PLANS = [31, 28, 35, 30, 26, 33, 29, 34, 27, 32, 30, 28, 41, 44, 39, 46, 42, 47, 43, 45]
WAITS = [26, 28, 25, 29, 27, 26, 28, 27, 28.5, 27.5, 26.5, 25, 24.5, 23, 22, 23.5]


def plans(**settings):
    return analyse(monthly(PLANS, target=60, baseline_n=12, title="Plans in 20 weeks", unit="%", **settings))


def test_a_gain_that_cannot_reach_its_target():
    assert plans().sentences == (
        "Plans in 20 weeks: a real change for the better since January 2023, from about 30.2% to about 43.4% on "
        "average.",
        "The last point, 45% in August 2023, counts because it lies above the upper limit.",
        "A process like the baseline cannot be expected to meet the target of 60%.",
        "The gain is real: ask whether the change is big enough, and set new limits once it is bedded in.",
    )


def test_a_trend_that_has_ended():
    said = analyse(monthly(WAITS, "decrease", target=18, title="Waits", unit="weeks")).sentences
    assert said == (
        "Waits: no real change at the last point. 23.5 weeks in April 2023 is within what chance alone gives (21.7 to "
        "30.4 weeks).",
        "Before that it showed a real change for the better (September 2022 to March 2023).",
        "As it now runs, it cannot be expected to meet the target of 18 weeks.",
        "Redesign the process; asking people to try harder will not do it.",
    )


def test_a_single_odd_point_and_a_neutral_measure():
    chart = analyse(monthly([10, 12] * 7 + [40], "neutral"))
    assert chart.sentences[0].startswith("This measure: a real rise in March 2023, from about 11 to about 40")
    assert chart.variation_icon == "neutral-high"


def test_a_stretch_ends_at_a_border():
    """Seven rising points stand on each side of the border; the sentence speaks of the second seven alone."""
    noise, rise = [0, 30] * 4, list(range(10, 17))
    chart = analyse(monthly([*noise, *rise, *rise, *noise], rebase_at=[15], provisional=8))
    assert [p.position for p in chart.points if p.special_cause == "trend7_increasing"] == list(range(8, 22))
    assert "a real change for the better since April 2023." in chart.text


def test_the_last_settled_point_is_judged():
    chart = plans(provisional=1)
    assert "43% in July 2023" in chart.text
    assert chart.variation_icon is None
    assert "The last 1 point is provisional and not judged." in chart.warnings
    assert analyse(monthly([1, 2], provisional=2)).text == "No settled figure has been reported yet."


def test_a_claim_needs_the_last_two_points():
    assert plans().improvement_confirmed
    assert not analyse(monthly([10, 12] * 7 + [40])).improvement_confirmed
    assert not analyse(monthly([40])).improvement_confirmed


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ([1, 2, 3], "With 3 points it is too early for limits"),
        ([4] * 5, "Every point is 4: no variation yet."),
        ([1, 2] * 3, "Only 6 points stand behind this"),
    ],
)
def test_short_series(values, words):
    assert words in analyse(monthly(values)).text


def test_a_flat_baseline_that_then_moves():
    chart = analyse(monthly([4] * 12 + [5, 6], baseline_n=12))
    assert chart.text == "The points behind the limits did not vary, so the chart cannot tell change from chance."


def test_yearly_figures_come_with_their_warning_first():
    one = monthly([12.8, 11.3, 40.5, 96.1, 98.5, 93.5, 96.2, 72.5, 3.8, 16.1], unit="%")
    dates = tuple(datetime.date(2015 + i, 1, 1) for i in range(10))
    chart = analyse(type(one)(dates=dates, values=one.values, direction=one.direction, unit="%"))
    assert chart.sentences[0].startswith("Yearly figures are too few")
    assert "16.1% in 2024 is within what chance alone gives (0 to 100%)" in chart.text
    assert chart.variation_icon is None


def test_small_denominators_and_gaps_are_cautioned():
    chart = analyse(monthly([50, None, 40] * 5, unit="%", denominators=(10, 0, 9) * 5))
    assert (
        "Some periods have only 9 children: chance alone can move such a percentage by 50 points" in chart.warnings[-1]
    )
    assert "5 periods were not reported; the gap is shown." in chart.warnings


@pytest.mark.parametrize(
    ("value", "unit", "words"),
    [
        (2820.63, "count", "2,821"),
        (43.375, "%", "43.4%"),
        (26.0, "weeks", "26 weeks"),
        (0.125, "", "0.12"),
        (-0.001, "", "0"),
        (100, "%", "100%"),
        (30, "", "30"),
    ],
)
def test_figures(value, unit, words):
    assert figure(value, unit) == words


def test_which_way_is_better():
    assert better_word(analyse(monthly([1])).series.direction) == "higher is better"
