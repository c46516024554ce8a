"""The statutory SEND process of England: what a case is, what is due and what may happen next, from its events."""

from .events import Event, in_force
from .fold import CaseState, fold
from .moves import AllowedMove, NotPossible, check_event
from .notices import Notice, NoticeKind
from .preview import Consequences, foresee, foresee_without, preview
from .readings import DEFAULT, REFERENCE, Readings, Rounds, Settings
from .stages import Overlay, Stage, states_diagram
from .status import ClockState

__all__ = [
    "DEFAULT",
    "REFERENCE",
    "AllowedMove",
    "CaseState",
    "ClockState",
    "Consequences",
    "Event",
    "NotPossible",
    "Notice",
    "NoticeKind",
    "Overlay",
    "Readings",
    "Rounds",
    "Settings",
    "Stage",
    "check_event",
    "fold",
    "foresee",
    "foresee_without",
    "in_force",
    "preview",
    "states_diagram",
]
