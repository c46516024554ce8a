"""Staff who are to come to know something: training by any name, told by who learns and what happens to them."""

from __future__ import annotations

import re

_STAFF = (
    r"(?:(?:all|the|every|any|new|key|relevant|whole|school|class|classroom|support|teaching|his|her|their"
    r"|[a-z]+'s|both|other|lunchtime"
    r"|midday|playground|pastoral|subject|supply|kitchen|mainstream|nursery|office|named|two|three|four|five|six|seven"
    r"|eight|ten|\d+|senior"
    r"|adult) )*"
    r"(?:staff(?: members?| team)?|teachers?|adults|team|assistants?|supervisors?|workforce|personnel"
    r"|colleagues|practitioners|tutors"
    r"|leaders|helpers|governors|mentors|lecturers|receptionist|cook|coach|members? of staff"
    r"|(?:everyone|everybody|anyone|all|those) (?:in|at|on) (?:the )?(?:[a-z]+ )?(?:school|nursery|college|setting"
    r"|class|base"
    r"|unit|team|department|staff)"
    r"|(?:those|anyone|everyone|all|people|adults|staff|everybody|whoever)(?: who)? (?:who )?(?:works?|working"
    r"|teach(?:es|ing)?|supports?|supporting|come|comes|around|in contact|involved)"
    r"(?: [a-z]+){0,4})"
)
_EVENT = (
    r"(?:training|talks?|briefings?|seminars?|webinars?|workshops?|inset|in-service|cpd|twilights?|e-learning"
    r"|courses?|modules?|inductions?|awareness"
    r"|refreshers?|lectures?|masterclass|bitesize|information sessions?|learning events?"
    r"|professional development|instruction|upskilling|tutorials?)"
)
_KNOWS = (
    r"(?:(?:be|become|becoming|made|kept|are|get|being|been) (?:[a-z]+ )?(?:familiar|aware|alert|knowledgeable"
    r"|informed|conversant|competent|versed"
    r"|well[- ]versed|mindful|educated|acquainted|equipped|skilled|conscious|sensiti[sz]ed|attuned|upskilled"
    r"|brought up to (?:date|speed))\b"
    r"|(?:have|need|require|gain|acquire|build|develop|get|receive|be given|possess|demonstrate|deepen|increase"
    r"|improve) (?:an? |some |good |sound |basic |better"
    r" |clear |full |working |shared |thorough |their |the |appropriate |relevant |necessary "
    r"|specialist )*(?:understanding|knowledge|awareness|grasp|insight|expertise|skills?)\b"
    r"|(?:get|be|come) (?:up to speed|to grips)(?: with| on)\b|familiari[sz]e (?:themselves|themself)\b|read up on\b"
    r"|understand\b|know (?:about|what|how|when|why|which|where|who)\b|learn (?:about|more|how)\b|be (?:told|taught"
    r"|shown) (?:about|how)\b)"
)
LEARNING = re.compile(
    rf"\b{_STAFF}(?: [a-z]+){{0,2}}? (?:need|require)s? (?:an? |some |good |better |the )*(?:understanding|knowledge"
    rf"|awareness"
    r"|grasp|insight|expertise|training)\b|"
    rf"\b{_STAFF}(?: [a-z]+){{0,3}}? (?:will|must|shall|should|to|are to|need to|can|may|are|is"
    rf"|would)(?: [a-z]+){{0,2}}? {_KNOWS}"
    rf"|\b(?:so that|ensur\w+|mak\w+ sure)(?: that)? (?:{_STAFF}|they) (?:[a-z]+ )?{_KNOWS}"
    rf"|\b(?:{_EVENT}|sessions? (?:about|on|covering|explaining)|presentation"
    rf"|information)\b[^.;]{{0,60}}?\b(?:for|to|among|across) {_STAFF}"
    rf"|\b{_STAFF}(?: [a-z]+){{0,3}}? (?:will|must|shall|should|to|are to|need to|may|would)(?: [a-z]+){{0,2}}?"
    r" (?:attend|have|receive|be (?:given|offered|sent|provided|booked)|undertake|complete|do|take|join|access|go)\b"
    rf"[^.;]{{0,40}}?\b(?:{_EVENT}|sessions? (?:on|about))\b"
    rf"|\b(?:give|lead|run|hold|deliver|offer)s? (?:[a-z'-]+ )?{_STAFF}(?:,? (?:and )?(?:[a-z]+ ){{0,3}}(?:teachers?"
    rf"|assistants?|staff|adults|supervisors|mentors|tutors|team))*"
    r" (?![a-z -]{0,20}coaching)(?:an? |one |two |three |half |\d+ )?(?:[a-z-]+ ){0,2}?(?:sessions?|hours?"
    r"|days?|talks?|training|briefings?)\b"
    rf"|\b{_STAFF}(?:,? and {_STAFF})? (?:will|shall|must|are to|is to) (?:each |all |both )?be (?:taught|shown"
    rf"|coached|instructed"
    rf"|educated|schooled|tutored|drilled|walked through|talked through|guided)\b"
    rf"|\b{_STAFF}\b[^.;]{{0,120}}? (?:will|shall) (?:each|both|all) [^.;]{{0,140}}?\b(?:teach|show|train|coach"
    rf"|brief|instruct)"
    rf"s? them\b"
    rf"|\b(?:staff|team|teacher|whole[- ]school) {_EVENT}\b"
    rf"|\b(?:raise|raising|increase|promote|improve|build|spread) (?:[a-z]+ )?(?:awareness|understanding"
    rf"|knowledge)(?: of| about|\b)"
)
_DOES = re.compile(
    r"\b(?:teach|lead|run|deliver|work with|see|sit|support(?! staff| team| assistants?| workers?))(?:s|ing)? (?:him"
    r"|her|them|[a-z]+) ?(?:one-to-one"
    r"|for|in|each)?\b"
)


def staff_learn(low: str) -> re.Match[str] | None:
    """Words in which staff, and not the child, come to know or be told something."""
    match = LEARNING.search(low)
    return None if match is None or _DOES.search(low[match.end() :]) else match
