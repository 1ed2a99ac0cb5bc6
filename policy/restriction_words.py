"""What a restriction says: to the person in the notice, to colleagues in `check` (R21, R27, R29).

None of it tells the story: a colleague at the counter learns what to do and say, never why.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from policy.catalogue import Measure, Proposed, Route, Scope, c4_route, in_order, open_routes

NEVER_CLOSED = (
    "emergencies and safeguarding; freedom-of-information and subject-access requests; data-protection "
    "complaints; an appeal; public meetings; the person’s own MP; the Monitoring Officer"
)
"""The routes of R25 in the words for colleagues; the notice prints `notice_words.ROUTES_ALWAYS_OPEN`."""

ALWAYS = (
    "Log every contact. It is read on its own merits.",
    f"No restriction closes these: {NEVER_CLOSED}.",
)
"""What holds under every restriction (R25, R28)."""


@dataclass(frozen=True, slots=True)
class Sentences:
    """The words of one measure: to the person ("you"), and to a colleague: what to do, what to say.

    Names in braces are filled from the proposal; see `_values`.
    """

    to_person: str
    to_do: str
    to_say: str


@dataclass(frozen=True, slots=True)
class Guidance:
    """What a colleague may do if the person makes contact (R27), each a list of sentences.

    `scope` says what the restriction covers, `always` what holds in any case.
    """

    scope: str
    to_do: tuple[str, ...]
    to_say: tuple[str, ...]
    always: tuple[str, ...] = ALWAYS


def notice_sentences(proposed: Proposed) -> tuple[str, ...]:
    """What action is taken, addressed to the person: the scope first, then each measure (R29)."""
    measures = in_order(proposed.measures)
    said = [_SENTENCES[m].to_person.format_map(_values(proposed)) for m in measures]
    scope = scope_words(proposed, to_person=True)
    return tuple(dict.fromkeys([scope, *said, *_alternative(proposed, "You can also reach us this way")]))


def guidance(proposed: Proposed) -> Guidance:
    """What to do and what to say if the person makes contact, without the story (R27)."""
    measures = in_order(proposed.measures)
    values = _values(proposed)
    to_do = [_SENTENCES[m].to_do.format_map(values) for m in measures]
    to_say = [_SENTENCES[m].to_say.format_map(values) for m in measures]
    also = _alternative(proposed, "The person can also reach the council this way")
    return Guidance(
        scope_words(proposed), tuple(dict.fromkeys([*to_do, *also])), tuple(dict.fromkeys(to_say))
    )


def scope_words(proposed: Proposed, to_person: bool = False) -> str:
    """What the restriction covers, in one sentence (R23)."""
    contact = "your contact" if to_person else "the person’s contact"
    subject = proposed.scope_detail.strip().rstrip(".")
    if proposed.scope is Scope.ONE_ISSUE:
        return f"This covers {contact} about one issue: {subject or 'the matter of this case'}."
    if proposed.scope is Scope.ONE_SERVICE:
        return f"This covers {contact} with one service: {subject or 'the service of this case'}."
    return f"This covers all {contact} with the council."


def access_left_words(proposed: Proposed) -> str:
    """The first draft of "what access to services remains" (R21), for the proposer to complete."""
    routes = open_routes(proposed)
    sentences = [f"The person can still reach the council by {routes_words(routes)}."] if routes else []
    values = _values(proposed)
    sentences += [_LEFT[m].format_map(values) for m in in_order(proposed.measures) if m in _LEFT]
    sentences += _alternative(proposed, "Without writing they can use")
    if proposed.scope in (Scope.ONE_ISSUE, Scope.ONE_SERVICE):
        sentences.append(f"{scope_words(proposed)} Contact about anything else is not limited.")
    return " ".join([*sentences, f"These are never closed: {NEVER_CLOSED}."])


def case_for_words(reasons: Iterable[str]) -> str:
    """The first draft of "the case for" (R21): each finding's reasons, one paragraph each.

    No office stands before them: the notice prints these words to the person (R29), who reads one council.
    """
    return "\n\n".join(dict.fromkeys(words.strip() for words in reasons if words.strip()))


def routes_words(routes: Iterable[Route]) -> str:
    """Routes as a list in a sentence: "letter, email or web form"."""
    words = [route.words for route in routes]
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} or {words[-1]}"


def _alternative(proposed: Proposed, lead: str) -> list[str]:
    words = proposed.alternative.strip().rstrip(".")
    return [f"{lead}: {words}."] if words else []


def _values(proposed: Proposed) -> Mapping[str, str]:
    """What fills the braces. The words typed are values, so braces in them are left alone."""
    routes = open_routes(proposed)
    return {
        "address": proposed.c4_address,
        "verb": "call" if c4_route(proposed) is Route.TELEPHONE else "write to",
        "other": proposed.other_text,
        "contact": proposed.contact.name if proposed.contact else "the nominated contact",
        "individual": proposed.c2_contact.name if proposed.c2_contact else "the named colleague",
        "answer": proposed.c5_answer.strip().rstrip("."),
        "times": proposed.c7_times.strip().rstrip("."),
        "issue": proposed.c9_issue.strip().rstrip("."),
        "blocked": _blocked(proposed.c10_blocks),
        "counts": proposed.c10_counts.strip().rstrip("."),
        "reason": proposed.c11_reason.strip().rstrip("."),
        "open": f" by {routes_words(routes)}" if routes else "",
    }


def _blocked(routes: frozenset[Route]) -> str:
    names = [words for route, words in _BLOCKED if route in routes]
    return " and ".join(names) or "emails and telephone numbers"


_BLOCKED = ((Route.EMAIL, "emails"), (Route.TELEPHONE, "telephone numbers"))

_WITHIN = "“A decision limits how you can contact the council. I can help you within it.”"
_SENTENCES = {
    Measure.C1: Sentences(
        "Please contact the council only in writing.",
        "Do not deal with this by telephone, in person or on social media. Ask the person to write.",
        "“I cannot deal with this here. Please write to us, and we will read what you send.”",
    ),
    Measure.C2: Sentences(
        "Please contact only {individual} at the council. "
        "Other colleagues will pass your contact on and not reply.",
        "Pass the contact on to {individual}. Do not reply yourself.",
        "“{individual} deals with your contact. I will pass on that you were in touch.”",
    ),
    Measure.C3: Sentences(
        "We have removed you from the council’s social media and blocked your accounts there.",
        "Do not reply on social media, and leave the block in place.",
        "“We do not reply to you on social media. You can reach us{open}.”",
    ),
    Measure.C4: Sentences(
        "Please contact the council only at {address}.",
        "Deal only with contact that comes to {address}.",
        "“Please {verb} {address}. That is how we can help you.”",
    ),
    Measure.C5: Sentences(
        "We have considered and answered this issue: {answer}. "
        "We will read what you send about it and place it on file. "
        "We will reply only if it raises something new.",
        "Read it. If it raises nothing new, place it on file without a reply.",
        "“The council has answered this. We read what you send, and reply if it raises something new.”",
    ),
    Measure.C6: Sentences("{other}", "The notice says: “{other}”", _WITHIN),
    Measure.C7: Sentences(
        "You can telephone the council at these times only: {times}.",
        "Take calls at these times only: {times}. At any other time, say when to call and end the call.",
        "“We can take your calls at these times: {times}.”",
    ),
    Measure.C8: Sentences(
        "{contact} will deal with all your calls and correspondence. Please contact only {contact}.",
        "Pass every contact on to {contact}. Do not reply yourself.",
        "“{contact} deals with all your contact. I will pass on that you were in touch.”",
    ),
    Measure.C9: Sentences(
        "We will no longer correspond with you about this issue: {issue}. "
        "You can contact us about anything else.",
        "Do not correspond about this issue: {issue}. Deal with anything else as usual.",
        "“We no longer correspond about {issue}. I can help you with anything else.”",
    ),
    Measure.C10: Sentences(
        "We have blocked your {blocked}, because of the number and length of what was sent: {counts}.",
        "Leave the block on the person’s {blocked} in place.",
        "“Your {blocked} are blocked. You can reach us{open}.”",
    ),
    Measure.C11: Sentences(
        "In the exceptional circumstances of this case we will not consider the complaint or "
        "further contact that this decision covers. The reason is: {reason}.",
        "Do not deal with the complaint or contact that this covers. Read it, log it, and pass it on.",
        "“The council has decided not to consider this. The letter you had says how to appeal.”",
    ),
    Measure.C12: Sentences("{other}", "The notice says: “{other}”", _WITHIN),
}
_LEFT = {
    Measure.C2: "Contact goes through {individual}.",
    Measure.C4: "The address or number to use is {address}.",
    Measure.C7: "Calls are taken at these times: {times}.",
    Measure.C8: "Contact goes through {contact}.",
    Measure.C9: "Only this issue is closed: {issue}.",
}
