"""Everything that can be done to the record of a child or a family. Each is one transaction and safe to repeat."""

from kept.people.actions.children import (
    DETAILS,
    add_child,
    add_identifier,
    change_name,
    end_identifier,
    name_facts,
    record_details,
)
from kept.people.actions.families import (
    add_carer,
    change_carer,
    end_link,
    end_responsibility,
    link_account,
    link_carer,
    open_to_young_person,
)
from kept.people.actions.living import enrol, leave, move_address, set_needs
from kept.people.actions.writing import SomebodyElseWasFirst
from kept.people.duplicates import Match, PossibleDuplicate
from kept.people.facts import NotPossible

__all__ = [
    "DETAILS",
    "Match",
    "NotPossible",
    "PossibleDuplicate",
    "SomebodyElseWasFirst",
    "add_carer",
    "add_child",
    "add_identifier",
    "change_carer",
    "change_name",
    "end_identifier",
    "end_link",
    "end_responsibility",
    "enrol",
    "leave",
    "link_account",
    "link_carer",
    "move_address",
    "name_facts",
    "open_to_young_person",
    "record_details",
    "set_needs",
]
