"""Words of outcomes: services said as outcomes, and changes that nobody can measure."""

from __future__ import annotations

import re

SERVICE = (
    r"(?:[a-z]*therap(?:y|ist|ists|ies)|groups?|support|sessions?|programmes?|interventions?|adults?"
    r"|teaching assistants?|assistants?|mentor(?:ing|s)?|counsell(?:ing|or)|tuition|tutor|provision"
    r"|equipment|laptop|lessons? with|input|help|psycholog\w+|nurse|respite|short breaks?|transport"
    r"|services?|resources|strategies|a place|placement|key ?worker|staff|(?:movement|sensory|rest|brain"
    r"|regular) breaks?|timetable"
    r"|assessments?|package|training|1:1|one-to-one|teaching|technology|aid|coaching|advice|clubs?"
    r"|clinic|sensory (?:room|diet|circuit)|nurture|base|opportunit(?:y|ies)|visits?|appointments?"
    r"|workshops?|classes|plan|overlay|safe space|quiet (?:space|room)|worker)"
)
# 'To be seen by a physiotherapist': done to the pupil by a service, whatever is done.
DONE_BY = re.compile(
    rf"\b(?:to|will|shall|should) (?:then |also |regularly )?(?:be|have been) [a-z]+(?: [a-z]+){{0,4}} by (?:an? |the "
    rf"|his |her |their )?(?:[a-z]+ ){{0,2}}?{SERVICE}\b"
)
# A course that will have been gone through, a thing that will be there, teaching as the subject: still what is laid on.
LAID_ON = re.compile(
    rf"\bwill have (?:been (?:through|on|to)|completed|finished|done|had|received|attended|undertaken"
    rf"|undergone) (?:an? |the "
    rf"|his |her |their )?(?:[a-z0-9-]+ ){{0,3}}?(?:course|block|series|set|round|programme"
    rf"|cycle) of (?:[a-z]+ ){{0,3}}?"
    rf"{SERVICE}\b"
    rf"|\bthere will be (?:an? |the |some |more )?(?:[a-z-]+ ){{0,3}}?{SERVICE}\b"
    r"|\b(?:his|her|their|[a-z]+'s) (?:[a-z-]+ )?(?:teaching|curriculum|timetable|lessons|work|provision|therapy"
    r"|support"
    r"|programme|environment|classroom) (?:will|is to) (?:be|continue|include|remain|take place|carry on|go on|stay)\b"
    rf"|\b(?:will|to) (?:continue|carry on|go on|persevere) (?:with|at|in|on|under|having|attending"
    rf"|receiving"
    rf"|going to) (?:an? |the |his |her |their )?(?:[a-z-]+ ){{0,3}}?{SERVICE}\b"
)
# More of a quality, by a comparison or a good word, with nothing to count.
BETTER = re.compile(
    r"\b(?:clear|loud|neat|fast|quick|slow|long|short|wide|full|safe|kind|gentl|hard|strong|easi|tidi|smooth|fit"
    r"|friendli"
    r"|stead[iy]|brav|warm|rich|deep|high|low|quiet|soft|calm|happi|health|sociabl|confidentl)(?:er|ier"
    r"|ner)\b(?! (?:than|by|case"
    r"|school|key|classes))"
    r"|\b(?:show|have|use|display|express) (?:more |greater |some |good |real )*(?:kindness|respect|empathy|resilience"
    r"|confidence|independence|patience|interest|enthusiasm|care|curiosity|motivation|initiative|maturity|tolerance"
    r"|self-control|self-esteem|politeness)\b"
    r"|\b(?:fewer|less|lower|smaller|reduced)(?: [a-z]+)? (?!than\b)[a-z]+|\bwith (?:more|greater|better"
    r"|increasing) [a-z]+"
)
