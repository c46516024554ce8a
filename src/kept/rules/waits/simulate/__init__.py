"""A simulator of waiting lists: weekly cohorts of children, many replications at once, real posts as capacity.

`Job` (job.py) says what is simulated, `FixedSlots` or `Workforce` how many slots there are, `run` and `sweep` (runs.py)
do it with any `map`, and `Result` (result.py, outputs.py) answers with quantile fans. Same seed, same inputs, same
answer, whatever the number of processes.
"""

from .capacity import AsLately, FixedSlots, slots_from_fte
from .cluster import on_cluster
from .days import Clinic, by_day, clinic_days
from .job import (
    Arrivals,
    Backlog,
    Booked,
    Discipline,
    Job,
    Order,
    Stage,
    WaitingList,
    backlog_from_bands,
    backlog_from_entries,
)
from .outputs import Fan, difference
from .result import Result
from .runs import Cancelled, run, run_in_processes, sweep
from .workforce import Cohort, Initiative, Post, Profession, Vacancy, Workforce

__all__ = [
    "Arrivals",
    "AsLately",
    "Backlog",
    "Booked",
    "Cancelled",
    "Clinic",
    "Cohort",
    "Discipline",
    "Fan",
    "FixedSlots",
    "Initiative",
    "Job",
    "Order",
    "Post",
    "Profession",
    "Result",
    "Stage",
    "Vacancy",
    "WaitingList",
    "Workforce",
    "backlog_from_bands",
    "backlog_from_entries",
    "by_day",
    "clinic_days",
    "difference",
    "on_cluster",
    "run",
    "run_in_processes",
    "slots_from_fte",
    "sweep",
]
