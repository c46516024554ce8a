"""Sentences that promise nothing: offers to take up, good ideas, and duties that fall to the family."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from kept.rules.plans import roles

_HIM = r"(?:him|her|them|(?!this|it|all|the|every|each|any|school|staff)[a-z]+)"
# To be let near a thing: offered, open, there, able, invited, included if wanted; nobody undertakes to give it.
_OFFER = re.compile(
    rf"\b(?:is|are|be|being|remains?|stays?) (?:always |also |made |kept |put )?(?:on offer|on hand|on call|open"
    rf"|welcome|there"
    rf"|at (?:his|her|their|[a-z]+'s) disposal|within (?:his|her|their) reach|free|laid on)"
    rf" (?:to|for|if|when|at|in) {_HIM}"
    r"|\b(?:to|on|upon) (?:which|whom) [a-z]+ (?:can|may|could|will be able to|is able to) (?:then |always )?(?:turn"
    r"|go|call"
    r"|look|draw|rely|resort|apply)\b"
    rf"|\b(?:is|are|be|being) (?:around|about|close by|nearby|to hand|in reach|ready) for {_HIM} (?:to|when|if|at)\b"
    r"|\b(?:allow|provide|cater)(?:s|ing)? for (?:him|her|them|[a-z]+) to (?:have|see|attend|join|go|spend|meet|work)\b"
    r"|\b(?:nudged|steered|pointed|drawn|coaxed|tempted|directed|urged|invited|encouraged|welcomed|ushered"
    r"|persuaded|eased) (?:gently )?(?:towards?|into"
    r"|along to|in the direction of)\b(?! (?:an? |the |his |her )?(?:class|seat|chair|room|lesson|table|task|page))"
    r"|\b(?:on offer|on tap|at (?:his|her|their) disposal)\b"
    r"|\b(?:tak(?:e|es|ing) (?:full )?advantage|mak(?:e|es|ing) (?:good |full |the best |better )?use|mak(?:e|es"
    r"|ing) the most"
    r"|avail(?:s|ing)? (?:himself|herself|themselves)|partak(?:e|es|ing)|tak(?:e|es|ing) up (?:the|any|an|a|places?"
    r"|offers?))\b"
    r"(?! (?:his|her|their) (?:hands?|eyes?|hearing|vision|arms?))"
    r"|\b(?:have|has|had|having|given|get|gets|with|enjoys?|offers?|offered) (?:the )?(?:benefit|run|freedom"
    r"|advantage"
    r"|privilege|prospect|hope) (?:of|to)\b"
    r"|\b(?:dip|pop|drop|tap|look|wander)s? in(?:to|to the)?\b(?= (?:a|an|the|any|to|at|on|when|if|for|his|her"
    r"|their|school))"
    rf"(?<!will drop in)|\b(?:can|may|could|might|is able to|are able to|able to|free to|welcome to) (?:also "
    rf"|always |then |now )?"
    r"(?:turn to|call (?:up)?on|come along|sign up|opt in|opt for|try out|sample|ask to|retreat to|seek out"
    r"|approach|benefit from"
    r"|experience|enjoy|get involved|be part of|take up|be referred|self-refer|speak to|talk to|leave class for"
    r"|have time)"
    r"|\b(?:supported|helped|enabled|permitted|allowed|invited|encouraged|urged|nudged|empowered|inspired|assisted"
    r"|motivated)"
    r" (?:and [a-z]+ )?(?:to|into) (?:take (?:part|up|advantage)|join(?:ing)?|attend(?:ing)?|experience|explore|mix"
    r"|sociali[sz]e"
    r"|get involved|be (?:part|included|involved)|go (?:on|along)|sample|try|have a go|engage|participate|access"
    r"|integrat)"
    rf"|\bsignpost\w*|\bscope (?:for|to)\b|\broom for {_HIM} to\b"
    r"|\bgets? to (?!know|school|grips|sleep|class|college|the|his|her|their|a)\b(?=[a-z]+)"
    r"|(?<!by )(?<!take a )\b(?:opportunit(?:y|ies)|chances?)\b"
    r"|\b(?:an? |the )?invitations? (?:to|will|is|for|extended)\b|\bextend(?:s|ed|ing)? (?:an? "
    r"|the )?(?:invitation|offer)"
    rf"|\bencourag(?:e|es|ing) {_HIM} (?:to|into|towards)\b"
)


@lru_cache(maxsize=4096)
def offered(low: str) -> list[re.Match[str]]:
    """Words that offer a thing rather than give it."""
    return list(_OFFER.finditer(low))


_GOOD = (
    r"(?:(?:a |an |very |most |more |really )*(?:good|sensible|wise|helpful|useful|beneficial|worthwhile|valuable"
    r"|positive|right"
    r"|sound|prudent|advantageous|appropriate|desirable|preferable|advisable|best|ideal|worth)"
    r"(?: (?:idea|thing|practice|plan|move|step|way forward|option|use))?)"
)
_ADVICE = re.compile(
    rf"\b(?:is|are|was|were|been|would be|might be|may be|could be) (?:[a-z]+ly )?(?:felt|thought|considered"
    rf"|believed|held|seen"
    rf"|reckoned|deemed|judged|found|viewed|regarded) (?:to be |as (?:being )?|that (?:it|this) (?:is"
    rf"|would be) )?{_GOOD}\b"
    rf"|\b(?:may|might|could|would) (?:well |also )?(?:be|prove) (?:of (?:use|help|benefit|value|interest"
    rf"|assistance)|{_GOOD})\b"
    rf"|\b(?:it|this|that|there) (?:is|was|would be|may be|might be|will be|seems|sounds|looks|makes|would make"
    rf"|could be)"
    r" (?:[a-z]+ly )?(?:a |an |some |good |very )*(?:good idea|worth\b|sense\b|wise|sensible|merit|value in"
    r"|case for|benefit in"
    r"|advantage in|prudent|preferable|helpful (?:if|to|for|that)|useful (?:if|to|for|that)|good practice"
    r"|best (?:if|to|that))"
    r"|\b(?:merits?|deserves?|warrants?|calls for|cries out for) (?:an? |some |more |further "
    r"|regular )?[a-z-]+ ?(?:session|support"
    r"|help|teaching|therapy|input|time|programme|block|course|minutes)"
    r"|\b(?:might|may|could|would) (?:also |well |perhaps |usefully |possibly |want to |wish to |like to |care to "
    r"|do well to "
    r"|be wise to |be worth |consider )+"
    r"|\b(?:we|i) (?:would |strongly |also |have )*(?:urge|support|favour|endorse|see merit|see value|back|advocate"
    r"|had hoped|hope)"
    r"|\b(?:our|the|my) (?:advice|suggestion|view|preference|hope|wish|proposal) (?:is|would be|remains)\b"
    r"|\b(?:is|are) (?:[a-z]+ )?likely to (?!need\b)[a-z]+"
    r"|\b(?:is|are) (?:expected|bound|apt|thought|said|believed|meant|supposed) to (?:benefit|help|gain"
    r"|respond|do well|work)"
    r"|\b(?:is|are|was|were) (?:[a-z]+ly )?(?:felt|thought|considered|believed|deemed|held|judged|understood"
    r"|hoped|said|seen|reported) (?:to|that)\b"
    r"|\b(?:the|our|their|its) (?:[a-z]+ )?(?:expectation|intention|hope|aim|aspiration|wish|desire"
    r"|recommendation|suggestion|proposal) (?:of|from|for|by) [^.;]{3,40}? (?:is|was|being|remains)\b"
    r"|\b(?:there (?:is|was|remains|exists)) (?:an?|the|some|our|every) (?:[a-z]+ )?(?:expectation|intention"
    r"|hope|plan|aim|aspiration|wish|desire|recommendation|suggestion|proposal|view|feeling|consensus)\b"
    r"|\b(?:the|our|their|its) (?:[a-z]+ )?(?:expectation|intention|hope|plan|aim|aspiration|wish|desire"
    r"|recommendation|suggestion|proposal) (?:is|was|being|remains|would be)\b"
    r"|\bin an ideal world\b|\bperhaps\b|\bpossibly\b|\bmaybe\b|\bif at all\b"
)


@lru_cache(maxsize=4096)
def advised(low: str) -> list[re.Match[str]]:
    """Words that call provision a good idea without ordering it."""
    return list(_ADVICE.finditer(low))


_R = roles.RELATIVE
# What a relative may do without becoming the provider: be there, be told, consent, decide about themselves.
_RECEIVES = (
    r"(?:be|been|have|get|gets|receive|watch|observe|attend|come|join|see|meet|hear|know|learn|review|visit"
    r"|sign (?:the|a|off|forms?|his|her)|consent|agree"
    r"|choose|decide|read the (?:report|notes|plan|record)|not|also be|then be|both be|each be|continue to be"
    r"|still be|always be"
    r"|need|want|like|wish|find|feel|receive|contact|phone|ring|email|tell|share|say|ask|request|apply|arrange"
    r"|employ|buy|use the)"
)
_GIVES = re.compile(
    rf"\b(?:(?:step|grand|foster|birth|adoptive|older|elder|younger|big|little)[ -]?)*{_R}(?: (?:and"
    rf"|or) (?:[a-z]+ )?{_R})?"
    rf"(?:,[^,.;]{{1,60}},)? (?:will|shall|must|is to|are to|to)(?: also| then| both| each| always"
    rf"| then)? (?!{_RECEIVES}\b)[a-z]+\b"
    rf"|\b{_R} (?!worker|support|link|liaison|governor|advis|practitioner|carer|teacher|coach|and\b|or\b|who\b"
    rf"|will\b|to\b)"
    rf"[a-z]+ (?:will|shall|is to) (?:also |then )?(?!{_RECEIVES}\b)[a-z]+\b"
    rf"|^(?:[a-z]+'s |his |her |their |the )(?:[a-z]+ )?{_R} [^,.;]{{3,50}}? and (?:will|shall|are to|is to)"
    rf" (?!{_RECEIVES}\b)[a-z]+\b"
    rf"|\b(?:responsib\w+ (?:of|for|with|lies with|rests with)|falls? to|rests? with|lies? with|up to|down to"
    rf"|task of|job of|role of"
    rf"|duty of|left to|expected of|asked of|relies on|rely on|depends on|in the hands of|entrusted to|undertaken by"
    rf"|looked after by|seen to by|handled by|arranged by) (?:[a-z]+'s |his |her |their |the )?(?:[a-z]+ )?{_R}\b"
    rf"|\b{_R} (?:also |then |both )?(?:does|do|practises?|practices|reads|runs|takes|teaches|hears|goes through"
    rf"|repeats|leads|delivers"
    rf"|provides|carries out|rehearses|supervises|signs|works on|drills|gives)\b"
    rf"|\b{_R}(?:'s|s'|') (?:job|role|task|responsibility|duty|part)\b"
    rf"|\b(?:have|has|get|ask|asks|expects?|relies on|want) (?:his |her |their |[a-z]+'s )?{_R} (?:to )?(?:do"
    rf"|practi[sc]e|go"
    rf"|repeat|read|work|teach|rehearse|run|carry)"
)


_BESIDE = re.compile(
    rf"\b(?:with|beside|alongside|to|by|from) (?:his|her|their|the|a|an|[a-z]+'s|either|both|one)? ?(?:(?:step"
    rf"|grand|foster|birth|own|older|elder|younger|big)[ -]?)*{_R}\b"
)
_EXERCISE = re.compile(
    r"\b(?:practi[sc]\w*|go(?:es)? (?:through|over)|read(?:s|ing)?|rehears\w*|exercises?|flash ?cards?|work(?:s"
    r"|ing)? (?:on|through)|spell\w*|homework|stretches|drill\w*|run(?:s)? through"
    r"|repeat\w*|recit\w*|learn\w*|play(?:s|ing)?|programme|massage|splints?|sounds?|words?|cards?|teaching|taught)\b"
)


def family_gives(low: str) -> re.Match[str] | None:
    """A relative as the one who does it. Being invited, shown, told or asked for consent is no provision."""
    found = _GIVES.search(low)
    if found:
        return found
    beside = _BESIDE.search(low)
    others = [each for each in roles.roles(low) if each.name not in {"carer"}]
    return (
        beside
        if beside and _EXERCISE.search(low) and not others and not re.search(r"\blearn\w* (?:to|how)\b", low)
        else None
    )


_ENDS = re.compile(
    r"\b(?:once|when|if|as soon as|after|should) [^.;,]{3,60}?\b(?:targets?|goals?|aims|outcomes?|progress\w*"
    r"|caught up|confident"
    r"|able|improv\w+|secure|mastered|independent|settled|can)\b[^.;,]{0,30},? (?:this|it|these|they|(?:the|his|her"
    r"|their)"
    r" [a-z]+) (?:will|is to|are to|shall|may|can) (?:then |also )?(?:come to an end|end|stop|cease|finish|lapse"
    r"|conclude"
    r"|be (?:stopped|ended|withdrawn|closed|reduced|discontinued|cut|halved|phased out))\b|"
    r"\b(?:stop|end|finish|cease|close|conclude|come(?:s)? to an end|lapse|run|continue|carr(?:y|ies) on|last"
    r"|go(?:es)? on|tail off)"
    r"(?:s|es|ing)? (?:only |just |automatically |as soon as |for as long as |so long as )?"
    r"(?:when|once|until|till|unless|if|after|as soon as|for as long as|while)\b[^.;]{0,80}?\b(?:happy|satisf\w+"
    r"|content|confident"
    r"|progress|goals?|targets?|able|ready|met|enough|good|secure|mastered|thinks?|feels?|decides?|judges?"
    r"|no longer|independent"
    r"|caught up|improv\w+|well|fit|agree[sd]?|discharg\w+|sees?|settled|can)\b"
    r"|\b(?:stepp|taper|reduc|dropp|mov|fad|eas|scal|wind|tail|cutt|switch|chang|shift)ing (?:down |off |back "
    r"|over |on |away )?[^.;]{0,50}?"
    r"\b(?:once|when|if|after|as soon as)\b[^.;]{0,30}?\b(?:targets?|goals?|objectives?|outcomes?|milestones?)\b"
    r"|\b(?:less|fewer|shorter|a lower|a smaller|a reduced)(?: [a-z]+){0,3} (?:may|can|could|might"
    r"|will) (?:then )?be (?:given|provided"
    r"|offered|put in|used|arranged|delivered|made)"
    r"|\b(?:time|sessions?|hours|minutes|support|amount|frequency|input|visits?|help|it|this|package|programme"
    r"|provision|arrangement|therapy|teaching|place|course) (?:may|can|could"
    r"|might) (?:then |also |well )?"
    r"(?:come to an end|end|stop|cease|finish|conclude|be over|come down|go down|shrink|fall|drop|get shorter"
    r"|be (?:fewer|less|shorter|thinner)|taper|tail off|dwindle"
    r"|wind down|lapse)"
)
_DATED = re.compile(
    r"\b(?:20\d\d|january|february|march|april|may \d|june|july|august|september|october|november|december)\b"
)


def ended_without_review(low: str) -> Iterator[re.Match[str]]:
    """Provision that ends or shrinks on somebody's satisfaction or on progress, with no date."""
    for match in _ENDS.finditer(low):
        if not _DATED.search(match.group()):
            yield match
