"""What counts as unacceptable behaviour, and what a report of it must say (policy 2, 3, 5; R1-R9).

A report has one `Category` and any number of `Example`s of that category. Only a few facts are needed to
send a report; the rest may wait until the finding (R9).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time

from policy.answers import Problem
from policy.calendars import LONDON, local_date
from policy.worded import Worded

OBJECTIVE_TEST = (
    "Behaviour is unacceptable when the acts, words or gestures could cause another person distress or "
    "discomfort, however stressed, frustrated or angry the person was. Nobody needs to have been upset."
)
"""The test of R2 (policy 3), shown above the category on the form and above the finding."""


class PersonIs(Worded):
    """Who the report is about, as far as the reporter knows (R9, R10)."""

    MEMBER_OF_PUBLIC = "member_of_public", "A member of the community"
    COUNCILLOR = "councillor", "A councillor of this council"
    UNKNOWN = "unknown", "I do not know who it was"


class Channel(Worded):
    """Where it happened (R1)."""

    IN_PERSON_OFFICE = "in_person_office", "In person, at the office"
    PUBLIC_MEETING = "public_meeting", "In person, at a public meeting"
    VISIT = "visit", "In person, on a site or home visit"
    TELEPHONE = "telephone", "Telephone"
    LETTER = "letter", "Letter"
    EMAIL = "email", "Email"
    SOCIAL_MEDIA = "social_media", "Social media"
    WEB_FORM = "web_form", "Web form"
    OTHER = "other", "Another way"


class Category(Worded):
    """The two kinds of unacceptable behaviour in policy 3 (R3, R4)."""

    AGGRESSIVE_OR_ABUSIVE = "aggressive_or_abusive", "Aggressive or abusive behaviour"
    UNREASONABLE_DEMANDS = "unreasonable_demands", "Unreasonable demands and vexatious contact"

    @property
    def letter(self) -> str:
        """A or B, as R3 and R4 name them."""
        return "A" if self is Category.AGGRESSIVE_OR_ABUSIVE else "B"


class Example(Worded):
    """The examples of policy 3: A1-A4 and A-other (R3); the four grounds and B1-B8 (R4)."""

    A1 = (
        "A1",
        "Insulting or degrading language, including inappropriate banter, innuendo or malicious allegations",
    )
    A2 = "A2", "Physical violence or threats of physical violence"
    A3 = "A3", "Derogatory racist, sexist, ageist or homophobic remarks"
    A4 = "A4", "Comments on disability, perceived gender, religion, belief or another personal characteristic"
    A_OTHER = "A_other", "Other aggressive or abusive behaviour"
    AMOUNT_OF_INFORMATION = "amount_of_information", "The amount of information asked for"
    NATURE_OF_SERVICE = "nature_of_service", "The nature and scale of the service expected"
    VOLUME = "volume", "The volume of correspondence"
    REMEDY = "remedy", "A remedy or outcome that cannot be achieved"
    B1 = "B1", "Refusing to follow the complaints procedure"
    B2 = "B2", "Pursuing a complaint after the complaints procedure has ended, without an appeal"
    B3 = "B3", "Contacting again and again without giving time to respond"
    B4 = "B4", "Insisting on one particular colleague when a suitable alternative was offered"
    B5 = "B5", "Visiting the office without an appointment"
    B6 = "B6", "Focusing on a matter out of proportion, after proportionate responses"
    B7 = "B7", "Parallel complaints about the same issue to different colleagues"
    B8 = "B8", "Recording a meeting or conversation without the others’ knowledge or consent"

    @property
    def category(self) -> Category:
        """The category the example belongs to."""
        aggressive = self.value.startswith("A")
        return Category.AGGRESSIVE_OR_ABUSIVE if aggressive else Category.UNREASONABLE_DEMANDS

    @property
    def is_ground(self) -> bool:
        """True for the four grounds of an unreasonable demand, false for the examples."""
        return self in GROUNDS


GROUNDS = frozenset(
    {Example.AMOUNT_OF_INFORMATION, Example.NATURE_OF_SERVICE, Example.VOLUME, Example.REMEDY}
)


class ActionTaken(Worded):
    """What the colleague did at the time (R7, policy 5)."""

    PLACED_ON_HOLD = "placed_on_hold", "Placed the caller on hold"
    CALL_ENDED = "call_ended", "Ended the call, and told the caller so"
    NOT_REPLIED = "not_replied", "Did not reply to the email or letter"
    ASKED_TO_MODIFY = "asked_to_modify", "Asked the person to change their behaviour"
    LEFT = "left", "Left the situation"
    POLICE_CALLED = "police_called", "Called the police"


class WarningGiven(Worded):
    """Whether the person was warned. A report that does not say has `None` instead (R7)."""

    SPOKEN = "spoken", "Yes, a spoken warning"
    WRITTEN = "written", "Yes, a written warning"
    NOT_GIVEN = "not_given", "No warning was given"


class NoWarningReason(Worded):
    """Why no warning was given: the extreme cases of policy 5 (R7)."""

    PHYSICAL_THREAT = "physical_threat", "There was a physical threat"
    VIOLENCE = "violence", "There was violence"
    OTHER = "other", "Another reason, which I will explain"


@dataclass(frozen=True, slots=True)
class ReportFacts:
    """One report as typed. Field names are those of the form `report`.

    `happened_on` and `happened_at` are the day and clock time in London. `no_warning_words` is the written
    justification that goes with `NoWarningReason.OTHER`. `None` means not answered yet.
    """

    person_name: str = ""
    person_is: PersonIs | None = None
    happened_on: date | None = None
    happened_at: time | None = None
    channel: Channel | None = None
    category: Category | None = None
    examples: frozenset[Example] = frozenset()
    what_happened: str = ""
    actions_taken: frozenset[ActionTaken] = frozenset()
    warning: WarningGiven | None = None
    warning_words: str = ""
    no_warning_reason: NoWarningReason | None = None
    no_warning_words: str = ""
    offence: bool | None = None


def check_report(facts: ReportFacts, now: datetime) -> tuple[Problem, ...]:
    """What stops this report from being sent, in the order of the form; empty when nothing does (R3-R9).

    `now` is an aware instant. Required are only: who or unknown, when, channel, category, what happened.
    """
    problems = [*_required(facts), *_when(facts, now), *_examples(facts)]
    warned = facts.warning in (WarningGiven.SPOKEN, WarningGiven.WRITTEN)
    if warned and not facts.warning_words.strip():
        sentence = "Write down the words of the warning, as near as you remember them."
        problems.append(Problem("warning_words", "warning_words_missing", sentence))
    not_given = facts.warning is WarningGiven.NOT_GIVEN
    if not_given and facts.no_warning_reason is NoWarningReason.OTHER and not facts.no_warning_words.strip():
        sentence = "Say in a sentence why a warning could not be given."
        problems.append(Problem("no_warning_words", "no_warning_words_missing", sentence))
    return tuple(problems)


def check_no_warning(facts: ReportFacts) -> tuple[Problem, ...]:
    """What is still missing about "no warning given" when a finding of unacceptable behaviour is signed (R7).

    The report itself may be sent without the reason; the finding may not.
    """
    if facts.warning is not WarningGiven.NOT_GIVEN or extreme_reason(facts) is not None:
        return ()
    sentence = "No warning was given. Say why: a physical threat, violence, or another reason in writing."
    return (Problem("no_warning_reason", "no_warning_reason_missing", sentence),)


def extreme_reason(facts: ReportFacts) -> NoWarningReason | None:
    """The complete reason for giving no warning, or None (R7). "Other" is complete only with its words.

    It is a stated reason: the chief officer confirms it by signing the finding
    (`policy.findings.extreme_confirmed`).
    """
    if facts.warning is not WarningGiven.NOT_GIVEN:
        return None
    if facts.no_warning_reason is NoWarningReason.OTHER and not facts.no_warning_words.strip():
        return None
    return facts.no_warning_reason


def is_extreme(facts: ReportFacts) -> bool:
    """Whether the report describes an extreme case: a threat, violence or a written reason (R7, R16)."""
    return Example.A2 in facts.examples or extreme_reason(facts) is not None


def is_urgent(facts: ReportFacts) -> bool:
    """Whether the officers are told at once: a threat, violence or a possible offence (R8)."""
    physical = (NoWarningReason.PHYSICAL_THREAT, NoWarningReason.VIOLENCE)
    return Example.A2 in facts.examples or facts.offence is True or extreme_reason(facts) in physical


def examples_of(category: Category) -> tuple[Example, ...]:
    """The examples to offer under one category, in the order of the policy; grounds come first."""
    return tuple(example for example in Example if example.category is category)


def _required(facts: ReportFacts) -> Iterable[Problem]:
    if not facts.person_name.strip() and facts.person_is is not PersonIs.UNKNOWN:
        yield Problem(
            "person_name", "person_missing", "Give the person's name, or say that you do not know it."
        )
    if facts.happened_on is None:
        yield Problem("happened_on", "happened_on_missing", "Give the day it happened.")
    if facts.channel is None:
        yield Problem("channel", "channel_missing", "Choose how the contact took place.")
    if facts.category is None:
        yield Problem("category", "category_missing", "Choose the kind of behaviour.")
    if not facts.what_happened.strip():
        yield Problem("what_happened", "what_happened_missing", "Describe what happened in your own words.")


def _when(facts: ReportFacts, now: datetime) -> Iterable[Problem]:
    if facts.happened_on is None:
        return
    if facts.happened_on > local_date(now):
        yield Problem(
            "happened_on", "happened_in_future", "This day is in the future. Give the day it happened."
        )
    elif facts.happened_on == local_date(now) and facts.happened_at is not None:
        # On the night the clocks go back a clock time happens twice; fold=0 is the earlier of the two, so
        # that nobody is refused for an incident which can have happened already.
        at = facts.happened_at.replace(tzinfo=None, second=0, microsecond=0, fold=0)
        if datetime.combine(facts.happened_on, at, tzinfo=LONDON).timestamp() > now.timestamp():
            yield Problem(
                "happened_at", "happened_in_future", "This time is in the future. Give the time it happened."
            )


def _examples(facts: ReportFacts) -> Iterable[Problem]:
    strays = [e for e in Example if e in facts.examples and e.category is not facts.category]
    if facts.category is not None and strays:
        sentence = f"“{strays[0].words}” is an example of {strays[0].category.words.lower()}. "
        sentence += "Choose that kind of behaviour, or take this example out."
        yield Problem("examples", "example_of_other_category", sentence)
    if Example.B8 in facts.examples and facts.channel is Channel.PUBLIC_MEETING:
        sentence = (
            "Anybody may film or record a public council meeting, so this example cannot be used for one."
        )
        yield Problem("examples", "recording_public_meeting_is_lawful", sentence)
