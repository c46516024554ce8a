"""Section F by its words: vague frequency, opportunity, discretion, resources, permission, ceilings, tapers, change."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kept.rules.plans import items, numbers, roles
from kept.rules.plans.reading import Document, Hit, Reading

_CURRICULUM = r"(?! (?:and irregular|or irregular|verbs?|nouns?|plurals?|past|polygons?|shapes?|spellings?|forms?|patterns?|words?|hexagons?|pentagons?|endings?|heart|rhythm|beat|intervals?|attenders?))"
VAGUE_FREQUENCY = re.compile(
    rf"\b(?:(?<!irregular and )(?<!irregular or )regular(?:ly|ised)?{_CURRICULUM}|(?<!high-)(?<!high )frequent(?:ly)?|occasional(?:ly)?|on-?going(?! record)|at (?:regular |various |suitable |appropriate |agreed |different )?intervals(?! of)|from time to time|periodic(?:ally)?(?! table)|now and (?:then|again)|every so often|often(?! (?:used|confus|mis|found|heard|called))|routinely|sporadic(?:ally)?|intermittent(?:ly)?|continual(?:ly)?|continuous(?:ly)?(?! (?:line|glucose))|repeated(?:ly)? (?=(?:session|input|practice|through))|(?:a )?(?:few|couple of|several|many|number of|some|various) (?:times|occasions|sessions|slots|visits|days|mornings|afternoons|times)(?: (?:a|each|per|every|in a|over) [a-z-]+)?|most (?:days|weeks|mornings|lessons|afternoons)|some (?:days|weeks|lessons|mornings)|sometimes|little and often|on and off|throughout the (?:week|term|year)|across the (?:school )?(?:day|week|term|year)|when(?:ever)? (?:time|the timetable|timetabling) (?:allows|permits)|at various (?:times|points)|at (?:different|key|certain) (?:times|points)|once in a while|as a matter of routine|consistent(?:ly)? (?:input|session|support)|for (?:some|part|much|most) of (?:the|each|his|her|their) (?:school )?(?:day|week|lessons?)|in (?:some|most|many) (?:lessons|classes|subjects|sessions)|at points (?:in|during)|multiple times|more than once|plenty of|lots of|numerous)\b"
)
_PROVISION_CONTEXT = re.compile(
    r"\b(?:will|shall|must|to|session|sessions|support|therapy|input|teaching|programme|with|by|breaks?|check-ins?|intervention|visits?|help)\b"
)

_PHYSICAL = r"(?:ramps?|lifts?|stairs?|staircase|stairlift|buildings?|entrances?|doors?|doorways?|gates?|site|corridors?|playground|hall|toilets?|changing (?:room|place)|car park|upper floor|ground floor|first floor|upstairs|floors|field|steps|path|classrooms?(?! (?:support|assist|help))|rooms? (?:by|via|through)|canteen|dining (?:hall|room)|minibus|pool|kitchen)"
_CHOICES = r"(?:chances?|opportunit(?:y|ies))"
OPPORTUNITY = re.compile(
    rf"\b(?:(?:(?:have|has|given|gain|gains|gets?|receive|provided with|offered|allowed|with|need|needs|requires?|enjoy|ensure|provide|including|continued|continue to have|increased|supervised|supported|direct|ready|timely|full|free|regular|daily|weekly|priority|immediate|open|some) )?access to(?! work\b)(?: (?:a|an|the|his|her|their|any|all))? (?!{_PHYSICAL})"
    rf"|(?:be )?(?:able|enabled|supported|helped|permitted|allowed|free|entitled|welcome|eligible) to (?:access|attend|use|join|take part in|participate in|have|request|ask for|go to|visit|make use of|drop in)|(?:can|may|could) (?:access|attend|use|join|go to|visit|drop in|make use of|request|ask for|call on|book|choose to)"
    rf"|(?:will|shall|to) (?:also |then |continue to |be able to |regularly )?access (?!(?:the |a |his |her |their )?{_PHYSICAL})(?=[a-z' -]{{0,40}}(?:therapy|support|group|intervention|sessions?|programme|provision|teaching|input|curriculum|lessons?|tuition|mentor|counsell|room|space|clubs?|service|equipment))"
    rf"|{_CHOICES} (?:to|for|of|in|within|at|throughout|during|every|each|with)|(?:have|given|offered|provided with|plenty of|frequent|regular|many|more|further|increased|structured|planned|daily|social|learning|overlearning|practice|sufficient|ample) {_CHOICES}|expos(?:ed|ure|ing)(?: [a-z]+){{0,2}} to(?! (?:feared|the feared))|(?:be |is |are )?(?:encouraged|invited|welcomed|prompted and encouraged|motivated) (?:to|into)|encourage (?:him|her|them|[a-z]+) to|(?:be |is |are )offered(?! (?:by|a choice of))|(?:the )?option (?:of|to)|be made available|made available to (?:him|her|them)|(?:will|to|shall) be available|is available|available (?:to|for) (?:him|her|them|use|[a-z]+ to)|(?:can|may) choose to|open to (?:him|her|them)|the (?:possibility|offer|choice) of|have the use of|benefit of access)"
)
_NOT_OPPORTUNITY = re.compile(
    r"(?:so that|so|in order|to (?:give|allow|enable|improve|gain|ensure|support|help|widen|increase)|for|gives?|giving|enabling|allowing|barriers? to|equal|same|wheelchair|step-free|level|key|pass|code|fob|independent|keyboard|door|lift|swipe)(?: [a-z']+){0,4} $"
)
DISCRETION = re.compile(
    r"\b(?:(?:as|if|when|where|whenever|wherever|should it be|unless|to the extent|insofar as|so far as|as far as|as and when|if and when|where and when|when and where|until no longer|only when|only if)(?: (?:it is|is|this is|they are|that is|reasonably|deemed|considered|thought|felt|found to be|judged|clinically|and when|and where|and if|it's|far as|this proves|need|and as|it seems|it proves|believed|practically|seen as|professionally))* ?(?:required|needed|necessary|appropriate|possible|practicable|applicable|indicated|helpful|desirable|feasible|relevant|suitable|wanted|requested|useful|beneficial|reasonable|advisable|fit|warranted|prudent|called for|best)\b"
    r"|(?:if|when|where|whenever|as|should) (?:the )?(?:need|needs|circumstances|occasion|situation|situations|requirement|difficulty|difficulties|problems?)(?: (?:should|ever|for it|for this))? (?:arises?|dictates?|demands?|emerges?|presents?|requires?|occurs?|permits?|allows?|calls?)"
    r"|(?:at|left to|in) (?:the )?(?:[a-z']+ ){0,3}discretion|(?:at|in) times of (?:need|difficulty|stress|distress|anxiety)|(?:according|in response|responsive|appropriate|relative|matched|proportionate|in proportion|in relation|tailored) to (?:his|her|their|the|individual|presenting|current|changing|day-to-day|[a-z]+'s)? ?(?:assessed |individual |current |changing |presenting |daily )?(?:needs?|presentation|mood|progress|circumstances|level of need|arousal)"
    r"|dependent (?:up)?on (?:his|her|their|the|individual|how) (?:needs?|presentation|mood|progress|day|he|she|they|circumstances)|depending (?:up)?on (?!(?:staff|budget|fund|availab|the availab|resourc|capacity|recruit))(?:[a-z' ]{0,30})|(?:when|if|where|whenever|as) (?:he|she|they|[a-z]+|the (?:teacher|class teacher|school|staff|therapist|adult|senco|setting|adults|team|child|service)|school|staff|teachers|adults) (?:needs?|requires?|wants?|wishes|feels?|thinks?|considers?|judges?|deems?|sees?|believes?|chooses?|would like|asks? for)(?: [a-z]+){0,3}? ?(?:it|this|that|them|help|support|to|a break|fit|necessary|appropriate|best|so|one|reassurance|is needed|time|extra)\b|in (?:the|their) (?:professional )?(?:judgement|opinion|view) of|if (?:it is )?(?:felt|thought|considered|judged|deemed|believed|agreed)|on an? (?:as[- ]needed|as[- ]required|needs|ad hoc|case[- ]by[- ]case|needs-led|flexible|when-needed) basis|ad hoc|needs[- ]led|as (?:staff|school|teachers|he|she|they|the (?:school|teacher|staff|therapist|setting|team|adults?)) (?:see|sees|think|thinks|feel|feels|consider|considers|judge|judges|deem|deems) (?:fit|best|necessary|appropriate|right|it)|used flexibly|flexibl[ey](?: [a-z]+)? (?:use|support|approach|to|according|as|deploy)[a-z]*|deployed flexibly|provided flexibly|reasonable (?:steps|efforts|attempts)|(?:every|best|all reasonable) (?:effort|endeavour)s?|as (?:much|often|far|many|frequently|long|soon|little|regularly) [a-z ]{0,15}?(?:as )?(?:is )?(?:possible|practicable|needed|necessary|required|can be|he needs|she needs|they need|he likes|feasible|reasonable|appropriate|helpful)|should (?:he|she|they|it|this|[a-z]+) (?:need|require|wish|be (?:needed|required|necessary))|in line with (?:his|her|their|need|needs|presenting|[a-z]+'s)(?: [a-z]+)? ?needs?|on request|at (?:his|her|their) request|if (?:requested|asked)|when asked|as directed|as the case may be|on demand|when (?:things|it) (?:gets?|becomes?) (?:too )?(?:hard|difficult|tricky|much)|when struggling|when (?:he|she|they|[a-z]+) (?:is|are|becomes?|gets?|finds?) (?:struggling|finding|things (?:hard|difficult)|it (?:hard|difficult)))"
)
_CERTAIN = re.compile(
    r"\b(?:for \w+ minutes|every time|on (?:each|every) occasion|within \w+ (?:minutes?|seconds?)|at once|immediately)\b"
)
RESOURCES = re.compile(
    r"\b(?:(?:subject|conditional|contingent|dependent|depending|reliant|provisional|depends?|hinges?|relies) (?:to|up ?on|on) (?:[a-z']+ ){0,5}?(?:availab[a-z]+|funding|funds|budgets?|staff(?:ing)?|resourc[a-z]+|recruit[a-z]+|capacity|waiting|finding|vacanc[a-z]+|places?|appoint(?:ing|ment)|timetabl[a-z]+|room|rota|workforce|cost|finance[s]?|money|caseloads?|demand|commission[a-z]*|cover|therapists?|specialists?|numbers|someone|service|workload)"
    r"|(?:if|when|once|where|as long as|whenever|provided|providing|as|until|unless|while|only when|only if|so long as|assuming)(?: that)? (?:[a-z']+ ){0,5}?(?:is|are|becomes?|be|can be|has been|have been|get|gets) (?:[a-z]+ )?(?:available|recruited|appointed|found|in post|free|funded|employed|secured|identified|back (?:at work|from)|affordable|released|vacant|filled|freed up|spare|allocated)|(?:if|when|once|where|until|after|as soon as|provided|unless|while) (?:[a-z']+ ){0,4}?(?:has|have|can|is able to|are able to|manages? to|succeeds? in|could) (?:[a-z]+ )?(?:recruit(?:ed|s|ing)?|appoint(?:ed|ing)?|employ(?:ed|ing)?|hire[d]?|fill(?:ed)?|fund(?:ed)?|found|find|release[d]?|spare[d]?|afford(?:ed)?|secure[d]?|freed?)|if available|when available|where available|as available|availability (?:permitting|allowing)|(?:within|from within|out of|using|from) (?:the )?(?:(?:limits?|confines|constraints|bounds|scope) of (?:the )?)?(?:[a-z]+'s )?(?:school'?s?'? |existing |available |current |its |their |delegated |own |normal |service )*(?:resources|budgets?|funding|staffing|capacity|means|finances|envelope)|(?:staff(?:ing)?(?: levels?)?|resources?|budgets?|funding|funds|capacity|time|timetable|timetabling|finances?|workload|caseloads?|rotas?|cover|numbers|money|space|the (?:budget|rota|timetable|service|team)(?:'s capacity)?)(?: levels?)? (?:permit|permitting|allow|allowing|permits|allows|permitted)|waiting[- ]lists?|(?:a|the) (?:place|slot|space|vacancy|appointment|therapist|post|post-holder|worker|member of staff|suitable person|specialist) (?:comes up|becomes (?:free|available)|opens|arises|is (?:found|free|recruited|appointed|available|filled|released|in post))|(?:as|if|when|where) (?:staffing|resources?|capacity|funding|budgets?|the (?:budget|rota|timetable|service|waiting list|caseload))|(?:pending|awaiting|following|after|on|upon|until) (?:the )?(?:successful )?(?:recruitment|appointment of|funding|allocation of (?:funding|a)|a vacancy|filling|budget|confirmation of funding)|resources? allow|(?:the )?(?:availability|capacity) of (?:a |an |the |suitable |trained |specialist |school |appropriate )*(?:staff|therap[a-z]+|teachers?|assistants?|resources|rooms?|funding|places?|adults?|nurses?|specialists?|personnel|service|equipment|psychologists?|practitioners?|mentors?)|as resources|stretched|short[- ]staffed|staff shortages?|when (?:there is|there are) (?:enough |sufficient |spare |a |an |any )*(?:staff|capacity|adult|money|funding|cover|room|space|therapist|place|slot|vacancy|gap)|if (?:there is|there are|it has|they have|the (?:service|school|team|budget|therapist|trust|setting) (?:has|have|can)) (?:[a-z]+ ){0,4}?(?:staff|capacity|adults?|money|funding|cover|room|space|therapists?|place|slot|vacancy|afford|spare|release|resources?|budget|time)|(?:can|able to) (?:be )?(?:afford|spared?|released?|recruit)|top of the (?:waiting )?list|reaches the (?:top|front)|the service (?:can|has) (?:accommodate|capacity)|capacity within)\b"
)
_NOT_RESOURCE = re.compile(
    r"resource base|resourced? (?:unit|provision)|practi[sc]e|role[- ]?play|learn(?:s|ing)? (?:about|to wait)|(?:to|of|in) (?:join|wait|queue)"
)
_MODAL = r"(?:may(?! (?:20\d\d|half|bank|\d|day)\b)|might|could|should|ought to)"
PERMISSIVE = re.compile(
    rf"\b(?:(?:would|will|could|may|might|can) (?:also |greatly |really |particularly |further |continue to |likely |probably )*(?:benefit|profit|gain|do well) (?:from|with|by)|(?:would|might|could|may) (?:be|prove|also be|well be) (?:[a-z]+ )?(?:beneficial|helpful|useful|desirable|good|advisable|appropriate|of benefit|of help|worth|worthwhile|valuable|advantageous|ideal|suitable)|(?:it )?(?:is|are|was|were|be|remains?|has been|have been) (?:also |strongly |therefore |further )*(?:recommended|advised|suggested|proposed|advisable|desirable|hoped|envisaged|anticipated|expected that|intended|preferable|the (?:intention|hope|aim|aspiration)|good practice|beneficial|helpful|important (?:that|for|to)|suggested)(?! by the therapist in)|(?:consideration|thought) (?:will|should|could|may|is to|to|might|needs to|must) be given|(?:will|to|shall|should|could) be considered|(?:will|to|shall) consider|considered for|(?:we|i|the (?:therapist|psychologist|report|service|school|paediatrician)|[a-z]+ist) (?:would )?(?:recommends?|suggests?|advises?|proposes?)|recommendations? (?:is|are|include|for|would)|(?:aim|aims|try|tries|endeavour|endeavours|seek|seeks|hope|hopes|intend|intends|strive|strives|attempt|attempts|plan|plans|look|work) to(?= )(?:(?<=aim to)|(?<=aims to)|(?<=try to)|(?<=endeavour to)|(?<=endeavours to)|(?<=seek to)|(?<=seeks to)|(?<=hope to)|(?<=hopes to)|(?<=intend to)|(?<=intends to)|(?<=strive to)|(?<=attempt to)|(?<=plans to)|(?<=look to)|(?<=tries to))|ideally|where it would help|would (?:be likely to |probably )?(?:need|require|like|suit|help|support|thrive|respond well|welcome|enjoy|appreciate|be likely)|is likely to (?:need|require|benefit)|(?:staff|school|teachers|adults) (?:are|is) (?:encouraged|advised|asked|urged|reminded|invited) to|(?:be|is) worth|can be (?:helpful|useful|given|provided|used|offered|arranged|considered)|it (?:may|might|could|would) |perhaps|possibly|potentially|is desirable|{_MODAL}(?=,? (?:also |always |then |ideally |only |not |well |still |sometimes |normally |usually )*[a-z]+))\b"
)
_LESSON_CONTENT = re.compile(
    r"(?:modal|verbs?|words?|spell(?:ing|ings)?|such as|like|read(?:ing)?|called|including|sight words|tricky words) ?[:(]?(?: [a-z',\"]+){0,6} ?[\"']?$"
)
_SUBORDINATE = re.compile(
    r"\b(?:so(?: that)?|because|as (?=he|she|they|[a-z]+ (?:may|might|could))|since|if|when|whenever|in case|where|what|whether|until|unless|how|who|anything|everything|signs?|things|places|foods?|situations?|noises|hazards?|advice|advised|report|recommend\w*|states?|said|says|that (?:he|she|they|it))\b[^.;:]{0,45}$"
)
UNILATERAL = re.compile(
    r"\b(?:(?:can|may|might|could|will|to|shall|would|should|is to|are to) (?:then |also |be )*(?:(?:be )?(?:reduced?|varied|vary|decreased?|adjust(?:ed)?|amend(?:ed)?|alter(?:ed)?|changed?|withdrawn|withdraw|ended?|stopp?(?:ed)?|cease[d]?|discontinued?|faded out|scaled (?:back|down)|scale (?:back|down)|stepped down|step down|phased out|tapered|taper|cut(?: back)?|suspend(?:ed)?|paused?|discharged?|replaced?|removed?|lessen(?:ed)?|modif(?:y|ied)|revis(?:e|ed)|reallocated?|shared|increased or (?:decreased|reduced)|be less|drop(?:ped)?|closed?|relaxed|swapped|substituted|terminated?|lifted|shortened|switched|wound down|trimmed|diverted|redeployed))\b(?! (?:the|her|his|their|its) (?:order|sequence|topics?|theme|wording|way|method|place|room|materials|pictures|level of difficulty|type|content|activities|exercises|targets?|games|book|words|size|chair|desk|height|brightness|volume|text|task|anxiety|sound|pitch|clothes|shoes|demands?|language|noise|speed|level of (?:demand|language|difficulty)))"
    r"|until (?:[a-z']+ ){0,5}?(?:targets?|goals?|objectives|outcomes?|criteria|aims|progress|gap|therapist|service|school|teacher|he|she|they|staff) (?:are|is|has been|have been|has|have|feels?|can|no longer|considers?|judges?|decides?|thinks?|catch(?:es)? up|makes?|discharges?|settles?|deems?) ?[a-z ]{0,25}(?:met|achieved|reached|closed|reached|made|sufficient|mastered|secure|caught up|progress|confident|necessary|needed|discharged?|ready|independent|ends?|stop|enough|required)?|following (?:a )?(?:discussion|consultation|conversation|agreement|review) (?:with|between|by) (?:the )?(?:school|staff|parents|family|teacher|service|therapist|senco)|(?:discharged?|discharge) (?:from|by|when|once|after|following|if)|episodes? of care|(?:at|by|in) (?:the )?(?:school|service|therapist|team|trust|setting|provider|department|college)'?s?'? (?:own )?discretion to (?:reduce|vary|end|change)|reserves? the right|without (?:a |further |the need for (?:a )?)?(?:review|amendment|reference)|(?:reduction|variation|change|decrease)s? (?:will|can|may|to) be (?:made|agreed|decided)|unless the (?:service|therapist|school|team) (?:decides|considers|thinks|changes|reduces)|(?:service|therapist|school|team|senco|college|setting|teacher|headteacher) (?:can|may|will|could|is free to|is able to) (?:then |also |at any time |later )?(?:reduce|vary|end|stop|change (?:this|it|the (?:amount|frequency|hours|number|level))|alter|adjust|withdraw|decrease|cut|amend|discharge|cease|close|step|scale|bring|lower|shorten|drop|remove|pause|suspend|modify|taper|phase|wind))"
)
_DATED_CHANGE = re.compile(
    r"\bcontent\b|\bexercises\b|\bactivit|through (?:the )?(?:annual )?review and amend|only (?:by|through|at|after) (?:an? |the )?(?:annual |statutory )?(?:review|amend)|cannot|can not|may not|must not|will not|shall not|no (?:change|reduction)|(?:not|never) (?:the|its|their|his|her) (?:time|amount|hours?|number|minutes|frequency|quantity|length)|not be (?:reduced|changed|varied|ended)"
)
CEILING = re.compile(
    rf"\b(?:(?:up to|a maximum of|maximum of|max(?:imum)?\.?(?: of)?|no more than|not more than|not exceeding|at most|at the most|as much as|as many as|to a limit of|limited to|capped at|not to exceed|to a maximum of|within a limit of|to a ceiling of) (?:a total of |about |around )?(?:£)?{numbers.COUNT}(?: full)?[- ]*(?:hours?|hrs?|minutes?|mins?|sessions?|times|days?|weeks?|visits?|lessons|half|blocks|periods|mornings|afternoons|appointments)"
    rf"|(?:around|about|approximately|approx\.?|roughly|some|circa|c\.|in the region of|something like|typically|usually|nearly|almost|on average|an average of|averaging|in the order of|or so|more or less|normally|close to|somewhere around|an estimated|of the order of) {numbers.COUNT}[- ]*(?:full )?(?:to \w+ )?(?:hours?|hrs?|minutes?|mins?|sessions?|times|days?|weeks?|visits?|lessons|half|blocks|periods)|(?:approximately|approx|roughly|around|about) (?:half an hour|once|twice|an hour|weekly|fortnightly|every|half)"
    rf"|(?:between )?{numbers.NUMBER}(?:[- ]?(?:minutes?|hours?|mins|hrs))? ?(?:to|-|or|and) ?{numbers.NUMBER}[- ](?:hours?|hrs?|minutes?|mins?|sessions?|times|days|visits?|lessons)|(?:once|twice|three times|weekly|one) (?:or|to) (?:twice|three times|four times|fortnightly|two times|two sessions|two)|{numbers.COUNT}(?:[- ]*)(?:hours?|minutes?|mins|sessions|times) or (?:so|less|fewer|thereabouts|under)|(?:hours?|minutes|sessions|times)(?: (?:a|per|each) \w+)? or (?:so|less|fewer|thereabouts)|(?:hours?|minutes|sessions)[a-z ]{{0,20}} (?:as a |at )?(?:maximum|most|ceiling)|an hour or (?:two|so)|(?:a )?couple of (?:hours?|sessions|times|minutes)|once or twice|(?:not|no) (?:longer|more) than (?:an|{numbers.NUMBER}) (?:hour|minutes))"
)
_FLOOR = re.compile(
    r"\b(?:at least|a minimum|minimum of|no (?:less|fewer) than|not (?:less|fewer) than|never (?:less|fewer)|minimum)\b"
)
_CURRICULUM_NUMBER = re.compile(
    r"\b(?:count(?:s|ing)?|number bonds?|add(?:s|ing)?|subtract\w*|tables?|numbers?|sums|wait(?:s|ing)?|run|jump|reach|reads?|listen(?:s|ing)?|sit(?:s|ting)?|recall|throw|measure|weigh|walk(?:s|ing)?|stand(?:s|ing)?|tell(?:ing)? the time|quantities|objects|place value|times table|of no more than|group of|groups? of|break(?:s)? of)(?: [a-z]+){0,6}? $"
)
TAPER = re.compile(
    r"\b(?:initially|at first|to (?:begin|start) with|in the first instance|at the outset|in the (?:early|initial|beginning) (?:stages?|weeks?|phase|period)?|for the time being|to begin|start(?:s|ing)? (?:at|with|off|on)|beginning (?:with|at)|(?:gradual(?:ly)?|slowly|steadily|progressively|over time|then|before|and)? ?(?:reduc(?:e|es|ing|ed)|fad(?:e|es|ing|ed)(?! colours)|decreas(?:e|es|ing|ed)|taper(?:s|ed|ing)?|phas(?:ed|ing) (?:out|in|down)|wean(?:ed|ing)|winding down|tail(?:s|ed|ing)? off|dropp?(?:ing|s)? (?:to|off|down|back)|lessen(?:s|ing)?|moving to|stepp(?:ed|ing) (?:down|back)|step(?:s)? down|scal(?:ed|ing) (?:back|down)|diminish(?:es|ing)?|easing (?:off|back)|building (?:up|down)|withdraw(?:n|ing)? (?:slowly|gradually|over|as)|stretch(?:ing|ed) (?:out )?to|becoming less|getting less|spac(?:ed|ing) out|cut(?:ting)? (?:back|down)|pull(?:ed|ing) back) ?(?:over time|as|to|gradually|down|when|once|from|in time|later|by degrees|with|slowly)?|over time|in due course|as (?:he|she|they|[a-z]+) (?:becomes?|gains?|grows?|gets?|makes?|settles?|develops?|progress(?:es)?|improves?|matures?)|later on|eventually|with a view to|as (?:confidence|skills?|independence|progress) (?:grows?|develops?|improves?|builds?|increases?|is made)|for the first few|for an initial period|intensive(?:ly)? at first|and less (?:often )?(?:after|there)|thereafter less|once settled|once (?:he|she|they|[a-z]+) (?:has|have|is) (?:settled|confident|secure|used))\b"
)
_STRONG_TAPER = re.compile(
    r"\b(?:initially|at first|to (?:begin|start) with|in the first instance|at the outset|reduc|fad(?:e|ing)|decreas|taper|phas(?:ed|ing)|wean|tail|moving to|step|scal|gradual|dropp|drop to|lessen|diminish|eas(?:ing|ed) (?:off|back)|building (?:up|down)|start(?:s|ing)? (?:at|with|off|on)|becoming less|spac|over time|stretch|early (?:stages|weeks)|initial|first few|less (?:often|after)|thereafter less|winding|withdraw|cut|pull)"
)
_TAPER_CONTENT = re.compile(
    r"(?:reduc\w*|decreas\w*|lessen\w*|fad\w*|drop\w*|withdraw\w*|step\w*|diminish\w*|taper\w*|eas\w*|cut\w*)(?: (?:the|her|his|their|his or her|any|all|adult|visual|verbal|physical|background))* (?:anxiety|noise|distraction|prompts?|demands?|language|fatigue|stress|pain|glare|errors?|stiffness|tension|arousal|worry|clutter|echo|risk|reliance|frustration|overload|saliva|drool|swelling|distress|sound|light|hand|on|out|stories)"
)


def _with_provision(reading: Reading, start: int) -> bool:
    first, last = reading.text.sentence_at(start)
    return bool(_PROVISION_CONTEXT.search(reading.low[first:last]))


_PROVISION_NOUN = re.compile(
    r" (?:[a-z-]+ ){0,3}(?:session|support|input|visit|break|therap|check|review|contact|opportunit|basis|meeting|intervention|practice|help|monitor|prompt|supervis|teaching|tuition|lesson|programme|coaching|mentoring|access|reminder|time|exercise|movement|assessment|liaison|work|advice|feedback|reading|counsel|physio|appointment)"
)


def vague_frequency(reading: Reading, _: Document) -> Iterator[Hit]:
    """F03: 'regular', 'ongoing', 'a few times' in place of how often. Not as lesson content."""
    for match in reading.find(VAGUE_FREQUENCY):
        sentence = reading.text.before(match.start()) + reading.text.after(match.start())
        if re.match(
            r"across|throughout|often|routinely|sometimes|some|in (?:some|most)|for (?:some|part)|at (?:key|certain|different)|lots|plenty|numerous|more than",
            match.group(),
        ) and (
            numbers.frequencies(sentence)
            or re.search(
                r"\b(?:because|who|which|when|whenever|that) [^,.;]{0,40}$", reading.text.before(match.start())
            )
        ):
            continue
        if (
            re.match(r"frequent|often|occasional|sometimes|regular", match.group())
            and re.search(
                r"\b(?:because|as|who|which|that|when) (?:he|she|they|[a-z]+)?[^,.;]{0,25}$",
                reading.text.before(match.start()),
            )
            and numbers.frequencies(sentence)
        ):
            continue
        if match.group().startswith("frequent") and re.match(
            r" (?:absence|seizure|flyer|word)", reading.low[match.end() :]
        ):
            continue
        if (
            re.match(r"(?:regular|frequent|occasional|on-?going|continuous)$", match.group())
            and numbers.frequencies(sentence)
            and not _PROVISION_NOUN.match(reading.low[match.end() :])
        ):
            continue
        if _with_provision(reading, match.start()) or len(sentence) < 120:
            yield reading.hit("F03", match)
            return


def opportunity(reading: Reading, _: Document) -> Iterator[Hit]:
    """F04: access to, opportunities for, encouraged to. Not ways into a building, nor a purpose of what is specified."""
    for match in reading.find(OPPORTUNITY):
        before = reading.text.before(match.start())
        inside = before + match.group()
        if _NOT_OPPORTUNITY.search(before) or _purpose(inside, match):
            continue
        if re.search(r"exposure", match.group()) and re.search(
            r"(?:graded|gradual|exposure hierarchy|prolonged|step-by-step) $", before
        ):
            continue
        if (
            re.match(r"(?:can|may|could) ", match.group())
            and re.search(r"\b(?:so|that|which|he|she|who|when|until|if)(?: [a-z]+)? $", before)
            and not re.search(r"^(?:he|she) $", before[-4:].lstrip())
        ):
            continue
        if "available" in match.group() and numbers.durations(reading.low) and numbers.frequencies(reading.low):
            continue
        if re.match(
            r"(?:is|made|will be|to be|be made) ?available|be made|available", match.group()
        ) and items.EQUIPMENT.search(reading.low):
            continue
        if items.guests(reading.low[reading.text.sentence_at(match.start())[0] :]):
            continue
        yield reading.hit("F04", match)
        return


def _purpose(inside: str, match: re.Match[str]) -> bool:
    head = inside[: len(inside) - len(match.group())]
    return bool(
        re.search(r"\b(?:so that|so (?:he|she|they)|in order (?:to|that)|which (?:gives|lets|allows))\b[^.;]*$", head)
        or (
            re.match(r"(?:have|gain|give)?", match.group())
            and re.search(r"\bto (?:give|allow|enable|secure|ensure|provide) [a-z]+ $", head)
        )
    )


def discretion(reading: Reading, _: Document) -> Iterator[Hit]:
    """F05: as required, where possible, when staff think. Not a certain trigger with its response."""
    for match in reading.find(DISCRETION):
        words = match.group()
        after = reading.text.after(match.end())
        if re.match(
            r"(?:when|whenever|if|as) (?:he|she|they|[a-z]+) (?:asks? for|wants?|wishes|would like|needs?|is|are|becomes?|gets?|finds?|requires?)",
            words,
        ) and _CERTAIN.search(after + reading.text.before(match.start())):
            continue
        if re.match(
            r"(?:when|whenever|if) (?:he|she|they|[a-z]+) (?:thinks|feels|believes|chooses|sees|considers)", words
        ) and not re.search(r"necessary|appropriate|fit|best|needed|help|support|break|wants|needs|them$", words):
            continue
        if re.search(
            r"\b(?:asking|ask|say|says|saying|tell|telling|recognise|recognising|learn|learns|teach(?:es|ing)?|shows?|signals?|know)\b[^.;]{0,40}$",
            reading.text.before(match.start()),
        ) and re.match(r"when|if|where", words):
            continue
        if re.match(r"as soon as", words):
            continue
        yield reading.hit("F05", match)
        return


def resources(reading: Reading, _: Document) -> Iterator[Hit]:
    """F06: provision on condition of staff, money, capacity or a waiting list."""
    for match in reading.find(RESOURCES):
        around = reading.low[max(0, match.start() - 40) : match.end() + 25]
        if _NOT_RESOURCE.search(around):
            continue
        if (
            re.match(r"(?:when|once|while|as|until|unless|if|where|as long as)\b", match.group())
            and re.search(r"(?:free|found|identified|back)$", match.group())
            and not (
                re.search(
                    r"staff|adult|therap|place|room|someone|person|post|tutor|psycholog|counsel|coach|money|slot|cover",
                    match.group(),
                )
                or roles.roles(match.group())
            )
        ):
            continue
        yield reading.hit("F06", match)
        return


def permissive(reading: Reading, _: Document) -> Iterator[Hit]:
    """F07: would benefit from, should, is recommended. Not the month, lesson content, or a risk in a side clause."""
    for match in reading.find(PERMISSIVE):
        words, before = match.group(), reading.text.before(match.start())
        if re.search(rf"\b{roles.RELATIVE} $", before):
            continue
        if re.match(rf"{_MODAL}$", words) and (_SUBORDINATE.search(before) or _LESSON_CONTENT.search(before)):
            continue
        if words == "may" and (reading.text.raw[match.start()] == "M" and before):
            continue
        if re.match(r"should$", words) and not re.sub(r"\W", "", before.strip()):
            continue
        if words.startswith("should") and re.search(r"(?:[:,;] |^)$", before):
            continue
        first, last = reading.text.sentence_at(match.start())
        if re.match(r"(?:may|might|could|can)\b", words) and any(
            first + each.start() <= match.start() < first + each.end()
            for each in UNILATERAL.finditer(reading.low[first:last])
        ):
            continue
        if re.match(r"(?:may|might)$", words) and re.match(
            r" (?:also )?(?:change|vary|adapt|adjust|alter|choose|swap|update|rearrange|refresh) (?:the |her |his |their )?(?:content|exercises|activities|order|games?|materials|topics?|targets?|words|books?|tasks?|steps|method|sequence|theme|type)",
            reading.low[match.end() :],
        ):
            continue
        if re.match(
            r"(?:recommend|(?:is|are|was|were|been|be|has been|have been)\b.*(?:recommended|advised|suggested|proposed))",
            words,
        ) and re.search(r"\b(?:as|which|that|than|instead of|although|not) (?:[a-z]+ ){0,3}$", before):
            continue
        if (
            re.match(r"(?:try|aim|look|plan|seek|hope|attempt|tries)", words)
            and re.search(r"\b(?:to|will learn|and|practi[sc]e) $", before[-12:])
            and not re.search(r"\bwill $", before)
        ):
            continue
        if re.match(r"it (?:may|might|could|would) |would (?:like|enjoy|help|suit)", words) and _SUBORDINATE.search(
            before
        ):
            continue
        yield reading.hit("F07", match)
        return


def unilateral(reading: Reading, _: Document) -> Iterator[Hit]:
    """F14: amounts that a service may change outside review. Not dated steps, nor a change of content only."""
    for match in reading.find(UNILATERAL):
        first, last = reading.text.sentence_at(match.start())
        sentence = reading.low[first:last]
        head = reading.low[first : match.start()]
        if _DATED_CHANGE.search(head[-60:] + match.group() + reading.low[match.end() : match.end() + 60]):
            continue
        if re.match(r"(?:will|to|shall|is to|are to)\b", match.group()) and _dated(sentence):
            continue
        if re.match(
            r"(?:to|will|and) (?:be )?(?:reduce|lessen|replace|change|adjust|alter|end|stop|lift|remove|share|close|drop|swap|switch|cut|pause|relax|vary|modify|increase)",
            match.group(),
        ) and not re.search(r"\b(?:by|at|if|when|once|after|following|with)\b", sentence[match.end() - first :]):
            continue
        if re.match(r"to (?:be )?", match.group()) and _TAPER_CONTENT.search(
            reading.low[match.start() : match.end() + 40]
        ):
            continue
        if re.match(r"(?:can|could|may|might|to|will|would)\b", match.group()) and re.search(
            r"\b(?:he|she|they|his|her) (?:[a-z]+ )?$", head[-12:]
        ):
            continue
        if re.match(r"until", match.group()) and re.search(
            r"\b(?:practi[sc]e|repeat|prompt|wait|hold|stay|sit|read|model)[a-z]* [^,.;]{0,40}$", head
        ):
            continue
        yield reading.hit("F14", match)
        return


def _dated(sentence: str) -> bool:
    from kept.rules.plans.dates import DATE  # noqa: PLC0415

    return bool(DATE.search(sentence))


def ceiling(reading: Reading, _: Document) -> Iterator[Hit]:
    """F15: up to, around, two to three. Not with a stated minimum, nor a number that is lesson content or group size."""
    for match in reading.find(CEILING):
        first, last = reading.text.sentence_at(match.start())
        if _FLOOR.search(reading.low[first:last]):
            continue
        before = reading.low[first : match.start()]
        if _CURRICULUM_NUMBER.search(before) or re.search(
            r"\b(?:for|in|with|of) (?:groups?|class(?:es)?) (?:of )?$", before
        ):
            continue
        if re.search(r"(?:who|which|that|because) [^,.;]{0,40}$", before) and not re.search(r"\bfor $", before):
            continue
        if (
            re.match(r"\d+(?:\.\d+)? ?(?:to|-|and) ?\d", match.group())
            and re.search(r"(?:from|between) $", before)
            and re.search(r"[:.]\d\d", match.group())
        ):
            continue
        if re.search(r"\band\b", match.group()) and not match.group().startswith("between"):
            continue
        yield reading.hit("F15", match)
        return


def taper(reading: Reading, document: Document) -> Iterator[Hit]:
    """F16: a reduction without dates. Not when every step is dated, nor what falls is noise or prompting."""
    plan_date = document.context.plan_date
    from kept.rules.plans.dates import dates  # noqa: PLC0415

    for match in reading.find(TAPER):
        if not _STRONG_TAPER.search(match.group()):
            continue
        first, last = reading.text.sentence_at(match.start())
        sentence = reading.low[first:last]
        if dates(sentence, year=plan_date.year if plan_date else 2000) or re.search(
            rf"for the first {numbers.NUMBER} (?:school )?weeks|(?:in|from) week {numbers.NUMBER}", sentence
        ):
            continue
        if _TAPER_CONTENT.search(reading.low[match.start() : match.end() + 40]) or UNILATERAL.search(sentence):
            continue
        if re.match(
            r"(?:and |then |before )?(?:start|beginning|step|cut|building|phas|stretch|withdraw)", match.group()
        ) and not re.search(
            r"\b(?:reduc|decreas|fad|less|week|fortnight|hours?|daily|then|taper|drop)", sentence[match.end() - first :]
        ):
            continue
        if re.match(r"(?:initially|at first|to (?:begin|start) with)", match.group()) and not re.search(
            r"\b(?:then|reduc|mov|fad|fewer|less|before|afterwards|later|drop|becom|week|month|fortnight|daily|day|term|session|hours?|support|until|after|follow|increas)",
            sentence,
        ):
            continue
        if (
            re.search(
                r"\bto (?:help|teach|support)?[a-z ]{0,12}$", reading.low[max(first, match.start() - 8) : match.start()]
            )
            and not re.search(
                r"\b(?:support|session|hours|therapy|help|visits?|input|time)\b", sentence[match.end() - first :][:40]
            )
            and match.group().lstrip().startswith(("reduc", "decreas", "lessen", "drop"))
        ):
            continue
        yield reading.hit("F16", match)
        return
