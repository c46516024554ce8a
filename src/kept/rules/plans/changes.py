"""Clauses in which whoever provides may lessen, end or use otherwise what is specified, by their shape."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kept.rules.plans import clauses

_PAST = re.compile(r"\b(?:was|were|had|has) (?:been )?$")
_LESS = (
    r"(?:reduc|lower|cut|vary|varies|decreas|shorten|trim|stop|end\b|ends\b|ceas|withdraw|suspend|paus|discharg"
    r"|clos(?:e|es)\b"
    r"|terminat|amend|alter\b|alters\b|adjust|revis|rearrang|reallocat|redeploy|redirect|divert|re-?purpos|drop\b"
    r"|drops\b|scale"
    r"|taper|halv|discontinu|wind(?:s)? down|step(?:s)? (?:down|back)|thin|ration|curtail|phase|swap|substitut|replac"
    r"|(?:move|switch|transfer|put|place|shift)s? (?:him|her|them|this|it|[a-z]+)? ?(?:on|on to|onto|to"
    r"|down) (?:an? |the )?"
    r"(?:[a-z]+ )?(?:consultation|advice|monitoring|review|programme|less|fewer|lower|universal|episode|package"
    r"|discharge|group"
    r"|fortnight|month|term)|hand(?:s)? (?:this |it |them |the work )?over to|do (?:less|fewer)|see (?:him|her|them"
    r"|[a-z]+) less|use (?:the|this|these"
    r"|some of)[a-z ]{0,20}"
    r"(?:time|hours|sessions?) (?:for|with|on|elsewhere)|change(?! (?:the |her |his |their )?(?:content|exercise"
    r"|activit|order|book"
    r"|word|game|topic|target|task|material))|make (?:it|this|them|sessions?) (?:shorter|less|fewer))"
)
_CHANGES = re.compile(
    rf"\b{clauses.THE}{clauses.AGENT}(?: and {clauses.THE}{clauses.AGENT})?,? (?:[a-z]+ ){{0,2}}?(?:may|can|could"
    rf"|might|is free to|are free to"
    rf"|is able to"
    rf"|are able to|is entitled to|has the option (?:of|to)|(?:can|may|will|to) (?:jointly |together )?(?:agree"
    rf"|decide|choose|elect)"
    rf"(?: between them)? (?:to|that|on)|reserves? the right to)(?: [a-z]+){{0,3}}? {_LESS}"
    r"|\b(?:hours?|time|sessions?|support|minutes|help|place|it|this|these) (?:can|may|could|might) (?:also "
    r"|then |instead )?be (?:used|shared|given|lent|spent|made available|put|moved|offered) (?:for|with|by|to"
    r"|on|elsewhere)(?: (?:an)?other| different| the (?:whole|rest)| classmates| those)"
    rf"|\b(?:he|she|they|who) (?:may|can|could|might|is free to|are free to|is able to) (?:also |then )?{_LESS}[a-z]*"
    r"(?: (?:or|and) [a-z]+(?: (?:out|down|off|back))?)? (?:the |these |this |his |her |their |any )?(?:[a-z]+ ){0,2}?"
    r"(?:hours?|sessions?|meetings?|visits?|lessons?|time|minutes|number|amount|frequency|contact|support|help)\b"
    rf"|\b{clauses.AGENT}(?: and {clauses.THE}{clauses.AGENT})?,? (?:may|can|could|might|is free to|are free to"
    rf"|is able to|are able to|is"
    r" entitled to|are entitled to)(?: [a-z]+){1,4} (?:fewer|less|shorter|smaller|lower|reduced) (?:often|[a-z"
    r" -]{0,16}?"
    r"(?:sessions?|hours?|visits?|time|support|minutes|lessons?|amounts?|numbers?|frequency|contact|input|days?))\b"
    rf"|\b(?:can|may|could|might) be (?:(?!(?:found|within|in|on|at|the|to|for|with|by|from|an?)\b)[a-z]+,?"
    rf" ){{0,4}}?{_LESS}[a-z]*(?! (?:the|her|his|their) )"
    rf"|\b(?:will|to|shall|should) be (?![a-z ]*\ban? [a-z]*$)(?:(?!an? "
    rf"|the )[a-z,]+ ){{0,4}}?{_LESS}[a-z]*(?!-)[^.;]{{0,20}} by {clauses.THE}{clauses.AGENT}\b"
)
_AT_A_WORD = re.compile(
    rf"\b(?:{_LESS}|fall|drop|go(?:es|ing)? down)[a-z]*\b[^.;]{{0,45}} (?:at|on) (?:the |his |her "
    rf"|their )?{clauses.AGENT}(?:'s|s')"
    r" (?:own )?(?:say-so|discretion|judgement|word|decision|choice|request|suggestion|initiative)\b"
)
_LESSENS = re.compile(
    rf"{_LESS}|\b(?:fewer|less|shorter|smaller|lower)\b|(?:can|may|could|might) (?:also |then |instead )?be (?:used"
    rf"|shared|given|lent|spent|made|put"
    rf"|moved|offered)"
)
_KEPT = re.compile(
    r"\b(?:content|exercises?|activit\w+|order|steps?|words?|books?|games?|topics?|targets?|materials?|wording"
    r"|method|music|pace"
    r"|prompts?|speed|height|volume|task|tasks|brightness|difficulty)\b|\bnot\b|\bthrough (?:an? "
    r"|the )?(?:annual )?review\b"
    r"|\bonly (?:by|at|through|after)\b"
)


def changed_by_provider(low: str) -> Iterator[re.Match[str]]:
    """Words by which a provider may lessen or end what is specified.

    A change of content, or none allowed, is no such change.
    """
    yield from _AT_A_WORD.finditer(low)
    if not _LESSENS.search(low):
        return
    for match in _CHANGES.finditer(low):
        if _KEPT.search(low[max(0, match.start() - 14) : match.start()]) and low[: match.start()].endswith(" "):
            subject = low[max(0, match.start() - 14) : match.start()].split()
            if subject and subject[-1].isalpha() and _KEPT.search(subject[-1]):
                continue
        if _KEPT.search(match.group() + low[match.end() : match.end() + 45]) or _PAST.search(low[: match.start()]):
            continue
        yield match
