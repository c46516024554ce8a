"""Words by which kinds of provision are known: money, transport, training, things, the universal, family, decisions."""

from __future__ import annotations

import re

from kept.rules.plans import roles

_R = roles.RELATIVE
_SCHOOL = r"(?:the |his |her |their |its )?(?:[a-z]+ )?(?:school|setting|college|academy|nursery|placement|provider)"
FUNDING = re.compile(
    rf"\b(?:(?:allowances?|sums?|amounts?|payments?|budgets?|grants?|points|units|rates?|figures?|supplements?"
    rf"|uplifts?|premiums?|weightings?)\b[^.;]{{0,70}}?"
    rf" (?:given|paid|made|sent|passed|awarded|credited|delegated|devolved|transferred|released|payable"
    rf"|allocated|granted) to {_SCHOOL}\b"
    rf"|{_SCHOOL} (?:is|will be|has been|are) (?:given|paid|awarded|allocated|credited with|granted|sent"
    rf"|allotted) (?:an? )?(?:[a-z0-9,£]+ ){{0,3}}?"
    r"(?:allowance|sum|payment|budget|grant|points|units|supplement|uplift|premium|weighting)\b"
    r"|band(?:ing)? (?:[a-h]|\d+[a-z]?|one|two|three|four|five|six|seven|eight|gold|silver|bronze|red|amber"
    r"|green|blue"
    r"|award|payment|rate|allocation|top|upper|lower|high|higher|core|enhanced|exceptional|complex|plus|roman"
    r"|[ivx]+)\b(?! (?:on|in|around) )|(?:funding"
    r"|resource|resourcing|matrix|high[- ]needs?|support|top-up|tariff|need|payment) (?:band|level"
    r"|tier|block|points?|stream)\b"
    r"|(?:band|level|tier|tariff|matrix|element) (?:\d|[a-h]|three|two|four|one|five) (?:funding"
    r"|top-up|resourc|money|payment|of the (?:funding|matrix|banding))[a-z]*|top[- ]?up|element (?:3"
    r"|three)|e3 funding|high[- ]needs (?:block|funding|money|budget)"
    r"|(?:additional|extra|enhanced|delegated|notional|exceptional|inclusion|supplementary|further|the"
    r"|school's|of|receive|allocated?|attract|attracts|drawn?|paid|money|pupil premium) (?:sen "
    r"|send )?(?:funding|funds|money|budget|grant)\b(?! (?:for|of) (?:a )?taxi)"
    r"|(?:band|level|tier) \d[a-z]? of (?:the|a|our) (?:[a-z']+ )?(?:matrix|funding|banding|tariff|scale)"
    r"|funding (?:sits|stands|falls|remains|lies|of|at|to|will|equivalent|is|in|for|worth|from|allocated|has)|(?:£"
    r"|gbp ?)\d[\d,.]*(?:k\b| thousand| million)?|\d+ (?:funding |resource |banding )?points\b"
    r"|(?:\d[\d,]*|[a-z]+(?: hundred| thousand| million)) pounds\b|(?:hundred|thousand|million) pounds\b|(?:funding"
    r"|resource|financial) (?:allocation|allowance|package|equivalent)"
    r"|(?:an allowance|a sum|sum|a budget|budget) of(?! [a-z0-9.]+ (?:hours|minutes|sessions))|cash"
    r"|pupil premium|financial (?:support|resources"
    r"|contribution)|(?:level|rate|tier|amount|category|bracket|share|slice|tranche"
    r"|scale) of (?:[a-z-]+ )?(?:resourc\w+|funding|funds|top-up|finance)"
    r"|resources? (?:equal|equivalent|worth|amounting|to the value)|(?:hourly|daily|weekly|annual|enhanced|higher"
    r"|lower|standard) (?:[a-z]+ )?rate"
    r"|to the (?:value|tune|cost) of|reimburs\w+|(?:given|gets?|receives?|paid|sent|handed|awarded|granted"
    r"|allocated) (?:the |some |extra |more )*(?:money|cash|funds|finance)\b"
    r"|resourcing|monies|subsid(?:y|ies)|bursar(?:y|ies)|\d+ (?:[a-z]+ )?units?\b(?! of (?:work|study))|units? of"
    r" resource|resourced at|funded at)\b|£\d"
)
TRANSPORT = re.compile(
    r"\b(?:taxis?|minibus|mini-bus|escorts?|passenger assistants?|chaperones?|home[- ]to[- ](?:school|college"
    r"|nursery)|(?:journeys?|travel\w*|trips?|runs?|rides?) (?:[a-z]+ ){0,3}?(?:between )?home and (?:school"
    r"|college|nursery)|(?:school|college) (?:bus|coach|car|van|vehicle)|(?:school|home|council"
    r"|specialist|door-to-door|accessible"
    r"|contract|sen|own) transport|transport(?:ation|ed)?|bus pass|mileage|(?:petrol|fuel|travel|transport) (?:costs?"
    r"|expenses|money|allowance)|(?:driven|fetched|collected"
    r"|picked up|taken|brought|dropped|travel|conveyed|carried|ferried|journey|vehicle|car|lift"
    r"|ride|escorted)s? (?:[a-z]+ ){0,5}(?:to|from|between) (?:and (?:from|to|back from) )?(?:the |his |her "
    r"|their )?(?:school"
    r"|college|nursery|home|setting|placement)|cab"
    r"|(?:car|vehicle|driver|bus|coach|van|lift)\b[^.;]{0,60}?\b(?:gets?|getting|travels?|reach(?:es)?|comes?|arrives?"
    r"|attends?|go|goes|brings?|takes?)(?: (?:him|her|them|[a-z]+))? (?:to|from|at|in to|home)(?: and from)? ?(?:the "
    r"|his "
    r"|her |their )?(?:school|college|nursery|setting|placement|home|door)?)\b"
)
NOT_TRANSPORT = re.compile(
    r"travel train|independent travel|catch(?:ing)? (?:the|a)|learn(?:s|ing)? to (?:travel|use|catch"
    r"|ride)|practi[sc](?:e|es|ing)|teach(?:es|ing)? [a-z]+ to|to the (?:pool|swimming|farm|stables"
    r"|gym|library)|mode of transport|modes of transport|topic"
)
TRAINING = re.compile(
    r"\b(?:(?:will|must|shall|should|to|may|would|are|is|have|has|who) (?:all |also |both |each |then "
    r"|first |have |need to |had )*(?:be(?:en)? |being |get )?(?:suitably |appropriately |fully "
    r"|specially )?(?:trained|upskilled|skilled up|made (?:fully )?aware|briefed"
    r"|inducted)(?! (?:assistant|adult|member|staff|person|teaching|worker|practitioner|mentor|teacher"
    r"|and will)| by [a-z ]+ (?:will|for \d))"
    r"|(?:receive|have|get|be given|undertake|undergo|attend|complete|access|be offered|do|had"
    r"|undergone|take part in|be provided with|be sent on|take|need|require|benefit from|do some"
    r"|engage in|follow) (?:[a-z0-9'-]+ ){0,6}?(?:training|awareness|inset|cpd|twilight|e-learning"
    r"|induction|professional development|workshop|course)\b"
    r"|training (?:[a-z]+ ){0,4}?(?:will|for (?:all |the |every |relevant |key |two |three |both "
    r"|class |school )*(?:staff|teachers?|adults?|team|teaching|assistants?|those)|is|must|should"
    r"|shall|to be|session|course|package|programme|day)|(?:provide|deliver|arrange|offer|give|run"
    r"|lead|organise|put on|hold)s? (?:[a-z0-9'-]+ ){0,6}?(?:training|inset|awareness|twilight"
    r"|workshop|cpd)\b"
    r"|will train (?!to\b)|(?:autism|dyslexia|adhd|sensory|attachment|trauma|deaf|epilepsy|disability"
    r"|anxiety)[a-z -]* (?:awareness|training)|whole[- ]school training|staff (?:training|development"
    r"|awareness)|awareness[- ]raising|awareness training|(?:staff|adults|teachers|everyone|those"
    r"|team)[a-z ]{0,40} (?:be|made) (?:made )?aware of|(?:make sure"
    r"|ensure)(?: that)? (?:[a-z]+ ){1,5}(?:understands?|knows?|are aware|is aware)|to (?:understand"
    r"|know about|be knowledgeable about) (?:his|her|their) (?:needs|condition|autism|diagnosis))"
)
NOT_TRAINING = re.compile(
    r"travel training|potty training|toilet training|strength training|training (?:plan|shoes|bike)"
    r"|auditory training|cane training|training as a"
)
EQUIP_NOUN = (
    r"(?:equipment|aids|apparatus|devices?|laptops?|tablets?|ipads?|computers?|chromebooks?|keyboards?"
    r"|software|hardware|desks?|chairs?|seat(?:ing)?(?! plan)|stools?|walkers?|walking frames?"
    r"|standing frames?|frames?|hoists?|slings?|wheelchairs?|buggy|trolley|cushions?|wedges?|slopes?"
    r"|writing slopes?|sloping board|pencil grips?|grips?|scissors|cutlery|"
    r"overlays?|magnifiers?|cctv|video magnifier|monitors?|radio aids?|hearing aids?"
    r"|sound-?field(?: systems?)?|(?:loop|amplification|infrared|alarm|call|pager|radio) systems?|microphones?"
    r"|speakers?|amplifiers?|receivers?|communication (?:aids?|devices?|books?|boards?)|voice output"
    r"|aac(?: device)?|switch(?:es)?|headphones|ear defenders|defenders|weighted (?:blankets?|jackets?"
    r"|vests?)|fidget(?:s| toys)?|sensory (?:box|toys|tent|kit|equipment)|technology|splints?|orthoses"
    r"|bed|plinth|toilet seat|changing bed|braille(?:r| machine| display)|brailler|perkins|resources"
    r"|materials|assistive technology|rails?|ramp|kit|recorder|reader pen|reading pen|pen|timer"
    r"|visualiser|trampoline)"
)
EQUIPMENT = re.compile(
    rf"\b(?:(?:will|shall|must|to|would|should|can|may) (?:also |always |then |each )?(?:be (?:provided"
    rf"|supplied|issued|given|equipped|loaned|fitted|furnished|lent|kitted out|allocated)(?: with)?"
    rf"|have(?: use of| the use of| access to| available| (?:his|her|their) own)?|use(?! (?:his|her"
    rf"|their|the)\b)|need|receive|get|benefit from|own|access|have at hand|provide|supply|purchase|buy"
    rf"|loan|lend|fund|issue|require|find|be able to use)"
    rf"(?: [a-z]+ with)? (?:an? |the |his |her |their |own |some |any |all |suitable |appropriate "
    rf"|specialist |adapted |additional |relevant |necessary |of "
    rf"|with )*(?:[a-z0-9'-]+,? ){{0,5}}?{EQUIP_NOUN}\b"
    rf"|^(?:an? |the |all |any |some |suitable |appropriate |specialist |adapted |provision of |use of "
    rf"|access to |own |relevant |necessary )*(?:(?!will\b|must\b|shall\b|should\b)[a-z0-9'-]+,?"
    rf" ){{0,5}}?{EQUIP_NOUN}\b[^.;]{{0,80}}?\b(?:will|shall|must|to|should|may|is|are|as|where|when|loaded"
    rf"|with|running|fitted|that|which"
    rf"|if|available|provided|for (?:him|her|them|use))\b"
    rf"|^(?:an? |the |suitable |appropriate |specialist |provision of |use of |access to "
    rf"|own )*(?:(?!will\b|shall\b|must\b|to\b|using\b)[a-z0-9'-]+ ){{0,4}}?{EQUIP_NOUN}\.?$)"
)
ENV_NOUN = (
    r"(?:workstations?|work station|quiet (?:area|space|room|corner|place)|safe (?:space|place)"
    r"|calm (?:space|area|corner)|low[- ]arousal|(?:visual|picture|symbol|photo|own|individual|personal|written"
    r"|printed|now-and-next) (?:[a-z]+ )?timetables?|displays?|lighting"
    r"|blinds?|carpet(?:ed|s)?|(?:fixed |own |named |same )?seat (?:near|at|in|by|facing|away|beside"
    r"|on)|seated (?:near|at|in|by|facing|away|beside|on)|seating plan|peg|locker|tray"
    r"|now and next board|signage|labels?|corridor|acoustic|sound-absorb|toilet pass|time-?out card"
    r"|exit card|room with|classroom layout|uncluttered|font\b|(?:\d+|larger?)[- ]?point\b|print(?:ed|outs?)?\b"
    r"|enlarged|large[- ]print"
    r"|handouts|worksheets)"
)
ENVIRONMENT = re.compile(rf"\b{ENV_NOUN}")
SERVICE_VERB = re.compile(
    r"\b(?:teach|see|work with|deliver|lead|run|support|help|coach|practi[sc]e|sit (?:with|beside"
    r"|next)|spend|read (?:with|to|each)|prompt|take|visit|provide|give|hold|carry out|meet|guide"
    r"|session|lesson|therapy|tuition)(?:s|es|ing|ed)?\b"
)
UNIVERSAL = re.compile(
    r"\b(?:(?:just |exactly |much |the same )?(?:as|like|in the (?:same )?way|the way)(?: (?:it|that|this|they"
    r"|there|he|she))?"
    r"(?: (?:is|are|does|do|happens|applies))? (?:for|to|with|of|in|that)? ?(?:the whole (?:class|school|year)|the rest"
    r" of (?:the|his|her"
    r"|their) class|(?:his|her|their)"
    r" (?:classmates|peers|class)|everyone(?: else)?|everybody|all (?:schools|classes|settings|teachers|pupils"
    r"|children|staff)"
    r"|any (?:good )?(?:school|teacher|class)|every (?:school|class|teacher|setting|child|pupil)"
    r"|others in (?:his|her|their|the) (?:class|year))"
    r"|as (?:is|are|happens|applies|usual|normal|standard|customary|found|done)[a-z ]{0,30} (?:throughout"
    r"|across|in|for|with|to) (?:the (?:whole )?(?:school|class|country|year group)"
    r"|all\b|every\b|any\b|everyone|other)|(?:that |which )?(?:applies|apply|available|accessible|open|given"
    r"|goes|happens|offered|suit\w*|is right|works?) (?:in|to|for|across|by) (?:everyone|everybody|(?:any|every"
    r"|all|each)(?: other)? (?:class\w*|schools?|pupils?|child\w*|learners?|lessons?))"
    r"|as in (?:any|every|all)(?: (?:good|other|ordinary|well-run))? (?:classroom|class|school|lesson|setting)s?"
    r"|(?:expected|required|asked) of (?:all|every|any) (?:schools?|settings?|teachers?|class(?:es)?|staff)"
    r"|\b(?:what |that |which |way )?(?:any|every|each|all)(?: other)? (?:pupils?|child(?:ren)?|learners?|students?"
    r"|class(?:es)?|classmates)(?: (?:in|at) (?:the|his|her|their|this|any) (?:class|school|year|setting"
    r"|college))?(?:,[^,.;]{2,40},)? (?:can"
    r" |could |may |might |should |would |will |is |are )?(?:expects?|gets?|receives?|has\b|have\b|enjoys?|experiences?"
    r"|entitled|given|offered|taught|follows?|does|do|benefits?)\b"
    r"|(?:common (?:to|with)|alongside|along with|shared (?:with|by)|the same as) (?:all"
    r"|every)(?: other)? (?:pupils?|children|classes|schools?|learners?)|common to (?:all|every) |what (?:the"
    r"|any|every|all) schools? (?:normally |already )?(?:offers?|gives?|provides?|does|do)\b"
    r"|common to each "
    r"|whole[- ]class (?:teaching|approach|strategies|provision)|quality[- ]first"
    r"|high[- ]quality(?: first)?(?:,? (?:inclusive|adaptive"
    r"|whole-class))* teaching|good quality teaching|good (?:classroom|inclusive|everyday|primary|secondary|class)"
    r" practice|differentiat(?:ed|ion)|adaptive teaching"
    r"|differentiate\b|(?:broad|full|normal|ordinary|same|usual) (?:[a-z]+ )?curriculum|(?:expect(?:s|ed)?|find"
    r"|see|get) (?:of|from|in|at) (?:any|all|every)|(?:year group|classmates|peers|class) (?:follows?|has|have"
    r"|gets?|receives?|does|do)\b"
    r"|broad(?:,)? (?:and )?balanced|broad and balanced|(?:same|just) as (?:for )?(?:all|every|any"
    r"|other)|as for (?:all|every|any|other)|(?:in line with|like|along with|alongside|as|for|to"
    r"|available to|open to|offered to|given to|received by|shared by) (?:the (?:usual |normal "
    r"|standard |universal )?offer (?:for|to) )?(?:all|every|any"
    r"|each)(?: of)?(?: the)?(?: other)? (?:pupils?|children|child|students?|learners?|classmates?"
    r"|young people|peers)(?! (?:in|of) (?:his|her|their|the) (?:group|set))"
    r"|ordinarily available|universal (?:offer|provision|services?|support)|wave (?:1|one)|core offer"
    r"|graduated approach|reasonable adjustments|inclusive (?:practice|teaching|ethos|classroom"
    r"|environment)|normal(?:ly)? (?:classroom|class|school) (?:practice|provision|resources|teaching"
    r"|arrangements)|usual (?:classroom|class|school) (?:practice|provision|resources|teaching"
    r"|arrangements)|everyday classroom|standard (?:classroom|school|curriculum|offer|provision)"
    r"|whole[- ]school (?:offer|approach|policy|provision)|mainstream offer"
    r"|national curriculum(?: at)?|full curriculum|school's (?:usual|normal|own|standard|ordinary|general|existing)"
    r" (?:offer"
    r"|provision|arrangements|behaviour policy|pastoral system)|behaviour policy|usual pastoral)\b"
)
RELATIVE_WILL = (
    rf"\b(?:(?:his|her|their|the|[a-z]+'s|both|young person's|child's|pupil's) )?(?:(?:step|grand"
    rf"|foster|birth|adoptive|older|elder|younger)[ -]?)*{_R}(?:'s)?(?: and (?:his |her |their )?{_R})?"
)
CARE_VERB = (
    r"(?:practi[sc]e|deliver|do|carry (?:out|on)|complete|teach|work (?:on|through|with)|read|run"
    r"|provide|repeat|help|support|give|continue|go through|rehearse|play|lead|undertake|implement"
    r"|spend|follow|use|oversee|supervise|hear|listen|take|accompany|sit|be responsible|ensure|keep up"
    r"|reinforce|administer|apply|perform|massage|stretch|drill|test|make sure|encourage|set aside|put"
    r"|revise|cover|act as|attend to|train|coach|bring|manage)"
)
FAMILY = re.compile(
    rf"{RELATIVE_WILL}(?:,[^,.;]{{1,40}},)? (?:will|to|shall|must|should|can|are to|is to"
    rf"|undertakes? to|commits? to|offers? to|agrees? to|(?:have|has) (?:agreed|offered|undertaken) to"
    rf"|are expected to|is expected to|are asked to|agree to|are responsible for"
    rf"|is responsible for)(?: also| then| each day| be asked to| be expected to| be responsible for"
    rf"| both| daily| need to| be required to)* {CARE_VERB}(?:ing)?\b"
    rf"|\b(?:done|delivered|carried out|practi[sc]ed|provided|led|run|completed|repeated|supported"
    rf"|undertaken|supervised|taught|given|implemented|reinforced|followed up|managed|overseen"
    rf"|worked on|rehearsed|continued|administered|heard)(?: [a-z0-9' -]{{0,50}}?)? by (?:(?:his|her"
    rf"|their|the|[a-z]+'s|either|both|a) )?(?:(?:step|grand|foster|birth|older|elder"
    rf"|younger)[ -]?)*{_R}\b"
    rf"|\b(?:with|through|via|from|using)(?: (?:his|her|their|the|[a-z]+'s|both))? (?:(?:step|grand"
    rf"|foster|birth|older|elder|younger)[ -]?)*{_R} (?:every|each|at home|for \w+ minutes|nightly"
    rf"|daily|at weekends|after school|before bed|as|delivering|leading|providing|supporting)"
    rf"|\b(?:home|evening|weekend|bedtime) (?:practice|sessions?|exercises|reading"
    rf"|programme)[^.;]{{0,40}}? (?:with|by|from|led by) (?:(?:his|her|their|[a-z]+'s) )?{_R}\b"
    rf"|{RELATIVE_WILL} (?:is|are|will be|remains?) responsible for\b"
    rf"|\bby (?:whoever|someone|somebody|anyone|those|the adults?) (?:who )?(?:is |are |lives? )?(?:(?:at|in the)"
    rf" (?:home"
    rf"|house)|with (?:him|her|them) at home)\b"
    rf"|\bfamily (?:members? )?will\b[^.;]{{0,20}}{CARE_VERB}"
)
# What the pupil is free to do besides, which no provider undertakes.
# As, like or the same as for all: what is given is measured by what everybody has.
_EVERY = r"(?:all|every|any|each|most|the rest of|the whole|the other)"
COMPARED = re.compile(
    rf"\b(?:followed|studied|taken|used|covered|received|had|given|shared) (?:by|to|with) (?:his|her|their|the)"
    rf" (?:year(?: group)?|class|form|peers|classmates|cohort)\b"
    rf"|\b(?:any|every|each) (?:good |competent |ordinary |other )*(?:teacher|school|class|setting"
    rf"|practitioner)s? (?:would|will|does|can|should|already|might)\b"
    rf"|\b(?:same|as|like|similar\w*|kind|sort|type|way|usual|typical|normal\w*|common|standard|routine|everyday"
    rf"|customary|expected|found|seen|shared"
    rf"|enjoyed|benefits?|offered|on offer|applies|apply|entitle\w*|gets?"
    rf"|receives?)\b[^.;,]{{0,45}}?\b(?:everyone|everybody|anyone|anybody|{_EVERY}"
    rf"(?: (?:other|good|ordinary|mainstream|primary|secondary|of|the|her|his|their|well-run|young|school"
    rf"|typical))* (?:pupils?|child(?:ren)?|learners?|students?"
    rf"|class(?:es|mates?)?|classrooms?|peers|schools?|settings?|teachers?|year group|people|year|cohort|form))\b"
)
LEAVE = re.compile(
    r"^(?:[a-z'-]+|he|she|they) (?:may|can) (?:also )?(?:bring|choose|invite|pick|leave|take|ask|decide|swap"
    r"|stop|keep|sit|wear|rest|say|show)\b"
)
# Where the pupil's own things are, which provides nothing.
BELONGINGS = re.compile(
    r"(?:his|her|their) (?:own )?(?:[a-z-]+ ){1,2}(?:will|is|are) (?:be |stay |remain )?(?:with|beside|near"
    r"|next|on|in|at|kept|used|taken|by)\b"
)
GUESTS = re.compile(
    rf"^(?:(?:his|her|their|the|both|[a-z]+'s) )*{_R}(?: and (?:his |her )?{_R})? (?:is|are|will be|may"
    rf"|can) (?:welcome|invited|asked|able|free|watch|join|come|attend|shown|told|sent|given|kept"
    rf"|coached)"
)
NOT_FAMILY = re.compile(
    r"\binvite|\bwatch|observ|\bcoach(?:es|ed|ing)? (?:his|her|their|the|both|[a-z]+'s)|\bshow(?:s|n"
    r"|ing)? (?:his|her|their|the|both)|train(?:s|ed|ing)? (?:his|her|their|the|both)|direct payment"
    r"|with (?:his|her|their) (?:mother|parents|mum|dad|father|family) (?:present|watching|there)"
    r"|foster carer's link|sent? to (?:his|her|their)|copy|letter home|meet(?:s|ing)?|review|told|tell"
)
REVIEW = re.compile(
    r"\b(?:review(?:s|ed|ing)?|monitor(?:s|ed|ing)?|progress (?:will|is|against|data|notes?)"
    r"|report(?:s|ed)? (?:to|on|back)|record(?:s|ed|ing)? (?:progress|kept|in|how|the|each"
    r"|attendance|whether|what|of)|measure(?:s|d)? (?:progress|against|by)|evaluat(?:e|es|ed|ion)"
    r"|baseline|annual review|share(?:s|d)? (?:the )?(?:results?|findings?|progress)|check(?:s"
    r"|ed)? (?:progress|that the)|update(?:s|d)? the (?:targets|plan|programme)|re-?assess(?:es|ed"
    r"|ment)?)\b"
)
INDIRECT = re.compile(
    r"\b(?:will|to|and) (?:also |then |first )*(?:writ(?:e|es|ing)|devis(?:e|es|ing)|set(?:s"
    r"|ting)? (?:up )?(?:the|a|her|his|their)? ?(?:programme|targets)|design(?:s|ing)?|prepar(?:e|es"
    r"|ing)|updat(?:e|es|ing)|draw(?:s|ing)? up|coach(?:es|ing)? (?:the|both|two|all|her|his|their"
    r"|class|school|[a-z]+ing)|advis(?:e|es|ing)|liais(?:e|es|ing)|meet(?:s|ing)? (?:with )?(?:the "
    r"|his |her |their |class |school |both |key )*(?:teacher|staff|senco|parents?|team|family"
    r"|assistant|adults)|model(?:s|ling)?|observ(?:e|es|ing)|consult|audit|check(?:s|ing)? (?:the|his"
    r"|her|their|that)|servic(?:e|es)|assess(?:es)?)\b"
)
DELEGATED = re.compile(
    r"\b(?:to be (?:determined|agreed|decided|confirmed|arranged|finalised|discussed|negotiated|set"
    r"|specified|worked out|planned|identified|established|advised)(?! by the (?:annual|tribunal))"
    r"|(?:will|shall|can|to|may|is to|are to) (?:then |later |also |jointly |together |itself "
    r"|themselves |be left to |be for )*(?:determine|decide|agree(?! (?:that|in writing))|judge"
    r"|work out|arrive at|have the final say|settle on|choose (?:how|what|when|the (?:amount|level"
    r"|frequency|number|type))|set (?:the|out) (?:the )?(?:level|amount|hours|frequency"
    r"|timetable of support|details)|specify|identify (?:the|what|which|how)|establish (?:the|what"
    r"|which|how)|advise (?:on )?(?:the|what|how|which) (?:level|amount|frequency|much|often|hours"
    r"|provision|support|number))\b(?! (?:which|what) (?:book|game|activity|text|story|colour|song|toy"
    r"|task|snack))"
    r"|(?:will|shall|to) be (?:determined|decided|agreed|set|judged|specified|confirmed|settled|worked out"
    r"|fixed|chosen|defined)"
    r"(?: [a-z]+ly)?(?: [a-z]+){0,4}? by"
    r"|(?:will|shall|to) be (?:determined|decided|agreed|set|judged|specified|confirmed|shaped|settled"
    r"|worked out|arranged|finalised|fixed|established|planned|drawn up|defined|advised|laid down"
    r"|outlined|set out|detailed|described|identified|allocated|tailored|informed|guided|led"
    r"|directed)(?: [a-z]+ly)?(?: [a-z]+){0,4}? (?:between|with|in (?:the|a|his|her"
    r"|their) (?:separate |later |individual |school |provision |support |new |care )*(?:plan|document"
    r"|programme|report|timetable|map|profile|advice|agreement|policy|iep|passport)|at (?:the"
    r"|a) (?:next |first |planning |later |termly |transition |multi-agency )*(?:meeting|review"
    r"|planning)|following|after|once|when|later|upon|on entry|on admission|locally|in due course"
    r"|in consultation)"
    r"|(?:as|in line with what|according to what|to the extent|at whatever \w+|on the basis"
    r"|in whatever \w+|in accordance with what|however \w+|whatever|at a (?:level|frequency|rate)"
    r"|for as long as|the amount|at an? (?:amount|level)|to an extent|how (?:much|often|long"
    r"|many)[a-z ]{0,20}) (?:[a-z]+ ){0,4}?(?:advised|recommended|decided|determined|directed|agreed"
    r"|deemed|judged|considered|thinks?|feels?|chooses?|specified|set|advises|recommends"
    r"|decides|determines|prescribes?|suggested|suggests|identified)(?: (?:necessary|appropriate|fit"
    r"|best|suitable|right|later))? ?(?:by|in|at)?(?: (?:the|a|an|his|her|their))?(?= |\.|,|$)"
    r"|(?:is|are|will be|rests?|lies|be) (?:a matter )?(?:left to|for|up to|with) (?:the |his |her "
    r"|their |each )*(?:school|teacher|therapist|psychologist|senco|college|setting|head ?teacher"
    r"|class teacher|service|team|staff|provider|nursery|academy|professionals?|placement)(?: staff"
    r"| team)?(?:'s)? (?:to (?:decide|determine|judge|agree|set|work|choose|settle|arrange|consider"
    r"|plan)|judgement|discretion|decision)|school's (?:judgement|professional judgement)"
    r"|professional judgement|clinical judgement"
    r"|(?:following|after|pending|subject to|dependent on|depending on|based on|in light of"
    r"|on completion of|awaiting|once|until)(?: (?:a|an|the|further|her|his|their|completion of"
    r"|receipt of|full|initial|specialist|clinical|results of|outcome of|findings of|up-to-date|any"
    r"|fresh))* (?:[a-z-]+ ){0,5}?(?:assessment|consultation with|conversation with"
    r"|discussions? between|advice from|report)\b(?! of (?:progress|learning))(?!,? on \d)"
    r"|(?:is|are) to follow|(?:details?|arrangements?|specifics|particulars|figures?|plans?|timetable|schedule"
    r"|amounts?|hours|quantities)\b[^.;]{0,50}?"
    r" (?:to|will) (?:then )?(?:follow|come(?! (?:to|and|into|back|over|at once)\b)|be (?:sent|supplied|provided|given"
    r"|added|issued|circulated|known"
    r"|shared))|will follow in|(?:will|can) (?:be )?(?:appear"
    r"|found|contained|included|specified|recorded|listed|set out|set down|described"
    r"|covered) in (?:the |a |an |his |her |their )?(?:[a-z'-]+ ){0,4}(?:plan|document|programme|map"
    r"|timetable|profile|passport|agreement|iep|schedule)|(?:is|are|can be|will be|to be) (?:found|seen|read"
    r"|obtained|taken|drawn) (?:in|from) (?:the |his |her |their )?(?:[a-z']+ )?(?:[a-z']+ )?(?:report|advice"
    r"|assessment|plan|document|profile)|see (?:the )?(?:school|provision|individual"
    r"|support)[a-z ]* (?:plan|map|timetable)"
    r"|decisions? (?:concerning|regarding|over|around|relating to|in respect of)|decid(?:e|es|ed"
    r"|ing) (?:how (?:much|often|long|many)|what (?:help|support|provision|level|form)"
    r"|on (?:the|a|how|what))|(?:decision|decisions) (?:about|on|as to)|yet to be"
    r"|not yet been (?:decided|agreed|set)|remains? to be)"
)
NOT_DELEGATED = re.compile(
    r"(?:content|activities|exercises|targets?|games?|books?|words?|tasks?|topics?|steps?|songs?"
    r"|materials?|next sounds?)(?: [a-z ]{0,25})? $"
)
CONTINUES = re.compile(
    r"^(?:each|every|sessions?|this|these|it|they|that|the (?:same|session|sessions|programme|group"
    r"|therapist|assistant|teacher|adult|work|content|lessons?|time|visit|block|physiotherapist|tutor"
    r"|other|remaining|hour|first|second|support|psychologist|practitioner|mentor|nurse|aim|focus|plan"
    r"|equipment|desk|chair|device|laptop|cost|check|exercises|minutes|amount|number|frequency|hours)"
    r"|half|half-termly|progress|attendance|in (?:each|the) session|during|of (?:this|these)|content"
    r"|all sessions|dates|missed|any missed|one of|he|she|both|\d+|on (?:each|these)|no more|written"
    r"|(?:if|when|should) (?:a|an|any|one|the) [a-z]+ (?:is|are|be) (?:missed|cancelled|lost|postponed)"
    r"|the [a-z]+ (?:is|are|will be) (?:set out|kept|held|shown|listed|recorded|attached|written|displayed"
    r"|printed|given) (?:in|on|at|with|to|beside)"
    r"|(?:an?|any|every) (?:[a-z]+ )?(?:session|lesson|visit|appointment|meeting|time|hour|week)s? (?:that"
    r" (?:is|are) |which (?:is|are) )?(?:missed|lost|cancelled|postponed)"
    r"|there will be (?:no|a review)|between sessions|a (?:copy|record|note|summary|review)|results"
    r"|within)\b"
)

# Furnished, and nothing said with what.
EQUIPPED = re.compile(
    r"\b(?:fully|properly|suitably|appropriately|well|adequately|correctly) (?:equipped|furnished|kitted out)\b"
)
# Whatever is got in for somebody, and is no time or service, is a thing.
ACQUIRED = re.compile(
    r"^(?:an? |the |some |new |his |her |their |own )*(?:(?!will\b|shall\b|must\b|time\b|hours?\b|minutes?\b"
    r"|sessions?\b|support\b"
    r"|help\b|therapy\b|lessons?\b|teaching\b|staff\b|training\b|provision\b|places?\b|input\b|programme\b"
    r"|tuition\b|package\b"
    r"|therapists?\b|assistants?\b|teachers?\b|adults?\b|tutors?\b|mentors?\b|funding\b)[a-z0-9'-]+"
    r" ){1,5}(?:will|shall|must|is to|are to) (?:then |also )?be"
    r" (?:bought|purchased|ordered|procured|hired|loaned|leased|acquired|obtained|sourced|installed|fitted)\b"
)
# Things listed with no verb at all.
BARE_THING = re.compile(
    rf"(?:(?!will\b|must\b|shall\b)[a-z0-9'-]+,? ){{0,8}}?{EQUIP_NOUN}(?: (?!will\b|must\b|shall\b|is\b|are\b"
    rf"|time\b)[a-z'-]+){{0,6}}\.?$"
)
# What the pupil is to have is the matter of the sentence, whatever is then reviewed.
HAS = re.compile(
    r"[a-z'-]+ (?:will|shall|is to|must) (?:also )?(?:have|receive|get|follow|be (?:given|provided|taught"
    r"|offered)) (?!(?:his|her|their) [a-z]+ (?:reviewed|monitored|checked))"
)
# A thing is known by who supplies it and keeps it in order, whatever it is called.
KEEP = (
    r"(?:checked|serviced|replaced|repaired|maintained|fitted|cleaned|calibrated|insured|adjusted|inspected"
    r"|refitted|renewed|mended|(?:tests?|services?|checks?|maintains?|fits?|mends?|repairs?|replaces?"
    r"|calibrates?|inspects?) it\b)"
)
UPKEEP = re.compile(
    rf"\b(?:supplied|loaned|provided|issued|purchased|bought|lent|hired|funded"
    rf"|ordered)\b[^.;]{{0,60}}?\bby\b[^.]{{0,120}}?\b{KEEP}\b"
    rf"|\b{KEEP}\b[^.]{{0,80}}\b{KEEP}\b|\bserviced\b"
)
GOES = re.compile(
    r"\b(?:go(?:es)? to|spends?|time in|taken? to|withdrawn?|escort|visits?|access|retreat|leaves?"
    r"|support(?:ed)? (?:by|from)|with an?)\b"
)
