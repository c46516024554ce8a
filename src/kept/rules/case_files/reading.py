"""The cases of a file by their ids, and the answers to them: what is wrong with one case never spoils another."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

from kept.rules.case_files.fields import shown


class Case(NamedTuple):
    """One entry of a file. `refusal` says in a sentence why it cannot be taken; empty when it can."""

    id: str | int | None
    given: Mapping[str, Any]
    refusal: str = ""


def cases_in(items: Any, *, noun: str = "Case") -> list[Case]:
    """The entries of a list with their ids. Raises ValueError when it is no list."""
    if not isinstance(items, list):
        raise ValueError(f"the {noun.lower()}s must be a list, not {shown(items)}.")
    seen: set[str | int | None] = set()
    found = []
    for number, item in enumerate(items, start=1):
        case = _case(item, f"{noun} {number}")
        if case.id is not None:
            if case.id in seen:
                case = case._replace(refusal=f"{noun} {case.id} stands twice; the first is the one that is answered.")
            seen.add(case.id)
        found.append(case)
    return found


def _case(item: Any, place: str) -> Case:
    if not isinstance(item, Mapping):
        return Case(None, {}, f"{place} is not an object.")
    name = item.get("id")
    if name is None or name == "":
        return Case(None, item, f"{place} has no id.")
    if isinstance(name, bool) or not isinstance(name, str | int):
        return Case(None, item, f"{place}: id must be text or a whole number, not {shown(name)}.")
    return Case(name, item)


def answered(
    cases: Sequence[Case], answer: Callable[[Mapping[str, Any]], dict[str, Any]], *, noun: str = "Case"
) -> list[tuple[str | int | None, dict[str, Any]]]:
    """Each id with its answer, or with `{"error": sentence}` for a case that cannot be answered, in order.

    The sentence names the case. `answer` raises ValueError with a sentence about a field; what else a malformed case
    makes it raise is said too.
    """
    return [(case.id, _outcome(case, answer, noun)) for case in cases]


def _outcome(case: Case, answer: Callable[[Mapping[str, Any]], dict[str, Any]], noun: str) -> dict[str, Any]:
    if case.refusal:
        return {"error": case.refusal}
    try:
        return answer(case.given)
    except ValueError as error:
        return {"error": f"{noun} {case.id}: {error}"}
    except KeyError as error:
        return {"error": f"{noun} {case.id}: {error.args[0]} is missing."}
    except (TypeError, AttributeError, IndexError, ArithmeticError, RecursionError) as error:
        return {"error": f"{noun} {case.id} has not the form that is expected: {error}."}


def refusals(answers: Any) -> list[str]:
    """The sentences about what could not be answered, in order; none when everything was."""
    given = answers.get("refused", ()) if isinstance(answers, Mapping) else answers
    outcomes = [one.get("result", one) for one in given]
    return [one["error"] for one in outcomes if isinstance(one.get("error"), str)]
