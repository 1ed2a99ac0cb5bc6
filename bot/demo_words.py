"""What people typed in the demo's cases. Every person, address and number in it is made up."""

from __future__ import annotations

from collections.abc import Mapping

from handlers.chat import FormValue

Answers = Mapping[str, FormValue]

REPORTS: tuple[Answers, ...] = (
    {
        "person_is": "member_of_public",
        "person_name": "Sandy Irving",
        "person_contact": "sandy.irving@example.com",
        "happened_at": "09:20",
        "channel": "visit",
        "place": "the cemetery lodge",
        "category": "aggressive_or_abusive",
        "what_happened": "He followed me from the gate to the lodge, shouting that I had let his family’s plot go to "
        "ruin, and struck the door with his stick until I locked it. He left after ten minutes.",
        "examples": ("A2",),
        "target": ("Tom",),
        "actions_taken": ("left",),
        "warning": "not_given",
        "offence": "unsure",
        "injury": "none",
        "no_warning_reason": "physical_threat",
        "offence_words": "Threatening behaviour.",
    },
    {
        "person_is": "member_of_public",
        "person_name": "Alex Marsden",
        "person_contact": "alex.marsden@example.com, 01632 960123",
        "happened_at": "09:40",
        "channel": "in_person_office",
        "place": "front desk",
        "category": "aggressive_or_abusive",
        "what_happened": "He came to the desk about an allotment fee. When I said I could not waive it, he leaned "
        "over the counter, raised his fist and said: “You will be sorry when you leave tonight.” Two residents "
        "were waiting and moved away.",
        "examples": ("A2",),
        "target": ("Priya",),
        "actions_taken": ("left",),
        "warning": "not_given",
        "offence": "unsure",
        "injury": "none",
        "no_warning_reason": "physical_threat",
        "offence_words": "A threat of violence.",
    },
    {
        "person_is": "member_of_public",
        "person_name": "Pat Holroyd",
        "person_contact": "pat.holroyd@example.com, 07700 900777",
        "happened_at": "09:50",
        "channel": "telephone",
        "category": "aggressive_or_abusive",
        "what_happened": "The caller said that he knew which school my children go to, and that I should think about "
        "that before I refused his planning comment again. I ended the call and told the office at once.",
        "examples": ("A2",),
        "target": ("Priya",),
        "actions_taken": ("call_ended",),
        "warning": "not_given",
        "offence": "unsure",
        "injury": "none",
        "no_warning_reason": "physical_threat",
        "offence_words": "A threat to a colleague’s family.",
    },
    {
        "person_is": "member_of_public",
        "person_name": "Jo Henshaw",
        "person_contact": "jo.henshaw@example.com",
        "happened_at": "10:05",
        "channel": "telephone",
        "category": "aggressive_or_abusive",
        "what_happened": "The caller swore at me about a missed grass cut and called me useless several times. I put "
        "the call on hold, then asked for calmer language. The swearing went on, so I ended the call and said so.",
        "examples": ("A1",),
        "target": ("Tom",),
        "actions_taken": ("placed_on_hold", "asked_to_modify", "call_ended"),
        "warning": "spoken",
        "offence": "no",
        "injury": "none",
        "warning_words": "“If you go on speaking to me like this I will end the call.”",
    },
    {
        "person_is": "member_of_public",
        "person_name": "Robin Tate",
        "person_contact": "07700 900456",
        "happened_at": "09:30",
        "channel": "public_meeting",
        "place": "the council chamber",
        "category": "aggressive_or_abusive",
        "what_happened": "During public participation the person walked up to the clerk’s table, threw a folder at it "
        "and shouted: “I know where you park.” The meeting was stopped for ten minutes.",
        "examples": ("A2",),
        "target": ("Tom",),
        "actions_taken": ("asked_to_modify",),
        "warning": "not_given",
        "offence": "unsure",
        "injury": "none",
        "no_warning_reason": "physical_threat",
        "offence_words": "A threat.",
    },
    {
        "person_is": "member_of_public",
        "person_name": "Casey Lowe",
        "person_contact": "casey.lowe@example.com",
        "channel": "email",
        "category": "aggressive_or_abusive",
        "what_happened": "Six emails in one morning about the same parking space, each with insults about the office "
        "staff. We had answered on the first of the month.",
        "examples": ("A1",),
        "actions_taken": ("not_replied",),
        "warning": "written",
        "offence": "no",
        "injury": "none",
        "warning_words": "“We will answer when the insults stop.”",
    },
    {
        "person_is": "unknown",
        "person_name": "A woman of about 50, grey coat, with a small white dog",
        "channel": "visit",
        "place": "the recreation ground",
        "category": "aggressive_or_abusive",
        "what_happened": "While I was closing the gate she shouted at me and pushed me against it. I was not hurt. I "
        "left and telephoned the office.",
        "examples": ("A2",),
        "target": ("Priya",),
        "actions_taken": ("left",),
        "warning": "not_given",
        "offence": "yes",
        "injury": "none",
        "no_warning_reason": "violence",
        "offence_words": "Common assault.",
    },
)

THREAT_FINDING: Answers = {
    "finding": "restriction",
    "circumstances": "The report, and what both residents who were waiting said the same day.",
    "reasons": "A fist was raised over the counter and a threat was made about the way home. Nobody at the desk "
    "should have to expect that.",
}
SHOUTING_FINDING: Answers = {
    "finding": "restriction",
    "circumstances": "The report and the minutes of the meeting.",
    "reasons": "A folder was thrown at the table and words were used that a colleague had to take as a threat.",
}
WARNING_FINDING: Answers = {
    "finding": "warning",
    "circumstances": "The report and the record of the call or emails.",
    "reasons": "The words used were insulting and went on after a request to stop. The question itself was fair and "
    "is being answered.",
}
STICK_FINDING: Answers = {
    "finding": "restriction",
    "circumstances": "The report, and the marks on the door of the lodge.",
    "reasons": "A door was struck with a stick for ten minutes while a colleague was alone behind it.",
}
CALL_FINDING: Answers = {
    "finding": "restriction",
    "circumstances": "The report and the record of the call.",
    "reasons": "A colleague’s children were named in a way that had to be taken as a threat.",
}
COMMENT: Answers = {
    "how": "letter",
    "text": "I was grieving and I am sorry about the door. I have not been near the lodge since.",
}
APPEAL: Answers = {
    "received_at": "10:05",
    "received_by": "letter",
    "ground": ("disproportionate",),
    "text": "I was angry about the planning committee and said something I regret. I never meant the children.",
}
VERDICT: Answers = {
    "outcome": "upheld",
    "reasons": "The words were said, and any parent would have been afraid. Writing keeps every service open.",
    "minute_ref": "Full Council 26/088",
}
PROPOSAL: Answers = {
    "measures": ("C1",),
    "scope": "whole_council",
    "duration": "temporary",
    "writing_hard": "no",
    "adjustments": "None are known. We asked, and offered to read letters aloud by telephone on request.",
    "proportionate": "Writing keeps every service open and takes away the face-to-face contact in which the threat "
    "was made. A meeting was offered and refused.",
    "case_against": "It was one occasion, and visiting the office is how this person usually gets things done.",
}
