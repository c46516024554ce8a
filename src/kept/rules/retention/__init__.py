"""How long records are kept: the rules as data, each with its authority, and the day on which a record's time is up."""

from kept.rules.retention.rules import RULES, Account, Due, Record, Rule, account_due, check_period, record_due

__all__ = ["RULES", "Account", "Due", "Record", "Rule", "account_due", "check_period", "record_due"]
