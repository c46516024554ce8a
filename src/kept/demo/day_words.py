"""The words of the demonstration's days: what families ask, what is written for reviews, panels and audits."""

from __future__ import annotations

from typing import Any

# What it is about, what the family says, what the officer answers.
TALKS: tuple[tuple[str, str, str], ...] = (
    (
        "Speech therapy on Tuesdays",
        "{name} has not had speech therapy for three weeks. School says the therapist is off. Who is "
        "covering, and when "
        "will the missed sessions be made up?",
        "Thank you for telling us. I spoke with the therapies team this morning: a colleague takes over on "
        "Tuesday, and "
        "the three missed sessions are added before the end of term. I will check with school on the Wednesday after.",
    ),
    (
        "Which school is named",
        "We went to see the school last week and liked it. Can it be named in {name}'s plan, and what happens now?",
        "Yes, you may ask for it. I have sent the papers to the school today; it has 15 days to answer. You will hear "
        "from me as soon as it does, and before any decision.",
    ),
    (
        "Date of the meeting",
        "I work on Thursdays. Could the review meeting be on another day?",
        "Of course. I have asked school for the Monday or Tuesday of the same week and will confirm one of them.",
    ),
    (
        "The educational psychologist's visit",
        "Nobody has told us when the psychologist is coming to see {name}. It has been a month.",
        "I am sorry that you had to ask. The visit is booked for next week, in the morning, at school. The "
        "report is due "
        "two weeks later and you will get it with the draft plan.",
    ),
    (
        "Something wrong in the draft",
        "In section A the draft says that {name} lives with both parents. That is not right. There is also "
        "nothing about "
        "how {name} is in noisy places.",
        "Thank you, both points are changed in the next version. I have asked the occupational therapist whether her "
        "advice says enough about noise, and will show you what we write.",
    ),
    (
        "New telephone number",
        "We have a new telephone number and a new email address. Can you change them, please?",
        "They are changed. Every letter from today goes to the new address.",
    ),
    (
        "Why is it late?",
        "You wrote that we would have a decision by last Friday. Nobody has rung. What is happening?",
        "You are right, and I am sorry. The health advice came after its day. The panel decides on "
        "Wednesday, and I will "
        "ring you that afternoon whatever it decides.",
    ),
    (
        "Support in the first weeks",
        "{name} starts at the new school in September. Who makes sure that the help is there from the first day?",
        "I do. I meet the school before the end of term, and will write down with them what is ready and what is not. "
        "You will have that list before the holidays.",
    ),
)  # fmt: skip

# Part of the papers of a review, the words, and how the child was asked.
PAPERS: tuple[tuple[str, str, str], ...] = (
    (
        "advice",
        "{name} joins group work for ten minutes at a time now, up from four in the autumn. The visual "
        "timetable helps; "
        "changes of room still do not. We would keep the small-group work and move it to the morning.",
        "",
    ),
    (
        "child",
        "I like it when we cook. I do not like the bell. I want to sit by the window. I want to go on the "
        "bus by myself.",
        "In talk, with picture cards, by the teaching assistant who knows {name} best",
    ),
    ("transport", "A taxi with one other pupil. It fits; the family would like to try the bus in summer.", ""),
    ("health", "Sleep has been better since the spring. No change in medicine.", ""),
)

REASONS = (
    "We read the request, the school's record of two cycles of support, and what you told us on the "
    "telephone. The school "
    "has shown what it provides and that it is working. We are not satisfied that an assessment is necessary now."
)

# What officers write for the panel, by stage of the case.
SUMMARIES: dict[str, str] = {
    "REQUEST_UNDER_CONSIDERATION": "{name}: two cycles of support recorded by school; attendance falling since autumn.",
    "ASSESSING": "{name}: all advice is in but one. Is a plan necessary?",
    "DRAFT_ISSUED": "{name}: family asks for another school than the one consulted; its answer is attached.",
    "REVIEW_OPEN": "{name}: school and family both ask for more therapy; progress report attached.",
}

# Made-up small children of whom health tells: given name, family name, age in months, days ago.
EARLY: tuple[tuple[str, str, int, int], ...] = (("Imani", "Ashdown", 27, 4), ("Rowan", "Pellow", 34, 12))
EARLY_FACTS: dict[str, str] = {
    "postcode": "QX1 4AB",
    "parent_name": "A parent",
    "parent_contact": "01632 960123",
    "needs": "Does not yet use words; plays alone; startled by everyday noise. Seen twice in clinic.",
    "helper": "The Lantern Club",
}

# What children said, how they were asked, and how many days ago.
VIEWS: tuple[tuple[str, dict[str, Any], int], ...] = (
    (
        "I like the reading corner. I don't like when it is loud in the hall. I want lunch in the small room.",
        {"asked": "What is good and what is hard at school", "method": "cards", "voice": "helped",
         "with_whom": "Mum", "place": "At home"},
        9,
    ),
    (
        "When the taxi is early I am not ready and then the whole day is bad.",
        {"asked": "How the way to school is", "method": "talk", "voice": "quoted", "with_whom": "Mum"},
        34,
    ),
)  # fmt: skip

# What auditors write, by how good they found a section.
GRADED: dict[str, str] = {
    "good": "Clear and specific. It says who, how often and for how long; one amount is missing.",
    "strong": "The child can be heard in it, and every need leads to help that can be checked.",
    "work": "Says “access to” and “as appropriate” three times: a family could not tell whether it came.",
    "poor": "Needs are named in section B that nothing in section F meets.",
}
