"""The rules a second time, on purpose the long way: windows instead of runs, fractions instead of floats.

It shares nothing with the engine but the facts, so that a slip in either shows as a difference.
"""

from fractions import Fraction

from kept.rules.spc import Series


def judge(series: Series) -> dict:
    """Limits, rules and labels of a series in date order, in the keys of the check file."""
    out = {"segments": [], "rules_fired": [], "special_cause": [], "point_type": []}
    starts = sorted({0} | {series.dates.index(d) for d in series.rebase if d in series.dates})
    for start, stop in zip(starts, [*starts[1:], len(series.values)], strict=True):
        values = series.values[start:stop]
        mean, low, high, near_low, near_high = limits(values[: series.baseline_n], series.screen)
        out["segments"].append((stop - start, mean, low, high, stop - start < 13))
        side = [0 if v is None or v == mean else (1 if v > mean else -1) for v in values]
        known = low is not None
        outside = [known and v is not None and not low <= v <= high for v in values]
        near = [
            known and v is not None and not outside[i] and not near_low <= v <= near_high for i, v in enumerate(values)
        ]
        for i, value in enumerate(values):
            trends = [signs for s in windows(values, i, 7) if (signs := steady(values[s : s + 7]))]
            rules = []
            if outside[i]:
                rules.append(("outside", side[i]))
            if trends:
                goes_on = any(steady(values[s : s + 7]) for s in windows(values, i + 1, 7))
                step = values[i + 1] - value if goes_on else 0
                rules.append(("trend7", (1 if step > 0 else -1) if step else trends[-1]))
            if near[i] and any(
                sum(near[s : s + 3]) >= 2 and abs(sum(side[s : s + 3])) == 3 for s in windows(values, i, 3)
            ):
                rules.append(("two_in_three", side[i]))
            if any(abs(sum(side[s : s + 7])) == 7 for s in windows(values, i, 7)):
                rules.append(("run7", side[i]))
            out["rules_fired"].append([name for name, _ in rules])
            out["special_cause"].append(label(*rules[0]) if rules else None)
            out["point_type"].append(kind(rules[0][1] if rules else 0, series.direction.value))
    out["assurance"] = assurance(series, low, high)
    return out


def limits(values, screen):
    reported = [Fraction(v) for v in values if v is not None]
    if not reported:
        return None, None, None, None, None
    mean = float(sum(reported) / len(reported))
    steps = [abs(values[i] - values[i - 1]) for i in range(1, len(values)) if None not in (values[i - 1], values[i])]
    if not steps:
        return mean, None, None, None, None
    amr = float(sum(map(Fraction, steps)) / len(steps))
    if screen:
        small = [step for step in steps if not step >= 3.267 * amr]
        if not small:
            return mean, None, None, None, None
        amr = float(sum(map(Fraction, small)) / len(small)) or amr
    wide, close = 2.66 * amr, (2 * (2.66 / 3)) * amr
    return mean, mean - wide, mean + wide, mean - close, mean + close


def windows(values, i, length):
    """Starts of the windows of a length that hold row i, in order."""
    return [s for s in range(i - length + 1, i + 1) if s >= 0 and s + length <= len(values)]


def steady(window):
    """1 or -1 when every step of a window rises or falls, else 0."""
    if None in window:
        return 0
    if sorted(set(window)) == list(window):
        return 1
    return -1 if sorted(set(window), reverse=True) == list(window) else 0


def label(rule, sign):
    words = ("increasing", "decreasing") if rule == "trend7" else ("above", "below")
    return f"{rule}_{words[sign < 0]}"


def kind(sign, direction):
    if sign == 0:
        return "common_cause"
    if direction == "neutral":
        return "special_cause_neutral_high" if sign > 0 else "special_cause_neutral_low"
    better = 1 if direction == "increase" else -1
    return "special_cause_improvement" if sign == better else "special_cause_concern"


def assurance(series, low, high):
    if series.target is None or series.direction.value == "neutral" or low is None:
        return None
    if low <= series.target <= high:
        return "inconsistent"
    beyond_better_end = (series.target > high) == (series.direction.value == "increase")
    return "consistent_fail" if beyond_better_end else "consistent_pass"
