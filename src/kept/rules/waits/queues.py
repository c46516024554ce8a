"""Queues with exact answers: Erlang C, Pollaczek-Khinchine and Cobham. The simulator is tested against them.

A queue whose load is one or more has no mean wait: the answer is None ("it grows"), never a large number.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from .numbers import number, numbers, whole


@dataclass(frozen=True)
class ManyServers:
    """An M/M/c queue. Times in the unit of the rates; None where the queue grows without limit."""

    load: float
    erlang_c: float
    mean_wait: float | None
    mean_waiting: float | None
    drain: float

    def longer_than(self, t: float) -> float:
        """P(wait > t) = C exp(-(c mu - lambda) t)."""
        return min(1.0, self.erlang_c * math.exp(-max(0.0, self.drain) * number("t", t, low=0)))

    def percentile(self, level: float) -> float | None:
        """The wait that a share `level` does not exceed; 0 when more than that share do not wait at all."""
        if self.drain <= 0:
            return None
        beyond = 1 - number("level", level, low=0)
        if beyond <= 0:
            raise ValueError("level has to be less than 1.")
        return max(0.0, math.log(self.erlang_c / beyond) / self.drain) if self.erlang_c > beyond else 0.0


def erlang_c(offered: float, servers: int) -> float:
    """Probability that an arrival waits: Erlang B by its recursion, then C = B / (1 - rho (1 - B)). 1 when rho >= 1."""
    if offered >= servers:
        return 1.0
    blocking = 1.0
    for k in range(1, servers + 1):
        blocking = offered * blocking / (k + offered * blocking)
    return blocking / (1 - offered / servers * (1 - blocking))


def many_servers(arrivals: float, services: float, servers: int) -> ManyServers:
    """M/M/c with the given rates (services per server). ValueError unless services > 0 and servers >= 1."""
    rate = number("lambda", arrivals, low=0)
    each = number("mu", services, above=0)
    c = whole("c", servers, low=1, high=10**7)
    waits = erlang_c(rate / each, c)
    drain = c * each - rate
    mean = None if drain <= 0 else waits / drain
    return ManyServers(rate / (c * each), waits, mean, None if mean is None else rate * mean, drain)


def one_server(arrivals: float, mean_service: float, cv_squared: float) -> tuple[float | None, float | None, float]:
    """M/G/1 (Pollaczek-Khinchine): mean wait, mean number waiting (None when load >= 1), load."""
    rate = number("lambda", arrivals, low=0)
    service = number("mean_service", mean_service, low=0)
    spread = number("cv2", cv_squared, low=0)
    rho = rate * service
    if rho >= 1:
        return None, None, rho
    wait = rho * service * (1 + spread) / (2 * (1 - rho))
    return wait, rate * wait, rho


def one_server_priorities(
    arrivals: Sequence[float], mean_service: Sequence[float], second_moment: Sequence[float]
) -> list[float | None]:
    """Mean wait per class, most urgent first, service not interrupted (Cobham 1954).

    None for a class that the more urgent ones and itself together overload. The classes above it stay finite: the
    server is then always busy, with the first overloaded class in the time that those above leave.
    ValueError when the lists differ in length or a second moment is below the squared mean.
    """
    rates = numbers("lambdas", arrivals, low=0)
    means = numbers("mean_service", mean_service, low=0)
    seconds = numbers("second_moment", second_moment, low=0)
    if not len(rates) == len(means) == len(seconds):
        raise ValueError("lambdas, mean_service and second_moment need one entry per class each.")
    for k, (mean, second) in enumerate(zip(means, seconds, strict=True)):
        if second < mean**2 * (1 - 1e-9):
            raise ValueError(f"second_moment[{k}] cannot be less than the square of mean_service[{k}].")
    residual, used, stable = 0.0, 0.0, len(rates)
    for k, (rate, mean, second) in enumerate(zip(rates, means, seconds, strict=True)):
        if used + rate * mean >= 1:
            residual += (1 - used) * second / (2 * mean)
            stable = k
            break
        residual += rate * second / 2
        used += rate * mean
    waits: list[float | None] = []
    above = 0.0
    for k, (rate, mean) in enumerate(zip(rates, means, strict=True)):
        upto = above + rate * mean
        waits.append(residual / ((1 - above) * (1 - upto)) if k < stable else None)
        above = upto
    return waits
