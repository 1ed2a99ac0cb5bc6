"""What the storage room hands out: plain, frozen values, never live rows.

Ids are UUIDv7 text. Instants are aware UTC; days are dates. Words people typed arrive here decrypted; after an
erasure they are "" or None.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any

from storage.appealed import Pause


@dataclass(frozen=True, slots=True)
class Council:
    """One town council; every record belongs to exactly one. channels: {"governance": {"local": "…"}}."""

    id: str
    name: str
    address: str
    appeals_contact: str
    channels: Mapping[str, Mapping[str, str]]
    created_at: datetime


@dataclass(frozen=True, slots=True)
class Colleague:
    """Staff or a councillor; a guest has what the register grants (R48). same_as: whose second account this is."""

    id: str
    name: str
    guest: bool = False
    same_as: str | None = None


@dataclass(frozen=True, slots=True)
class Identity:
    """A colleague's account on one platform; one colleague may have several (R48)."""

    platform: str
    workspace: str
    external_id: str
    colleague_id: str


@dataclass(frozen=True, slots=True)
class Person:
    """The member of the community. `contact` is what was given: e-mail, telephone, address.

    `colleague_id` is set when the person is a councillor of this council (R10).
    """

    id: str
    name: str
    contact: str
    description: str
    identified: bool
    colleague_id: str | None
    key_id: str


@dataclass(frozen=True, slots=True)
class Case:
    """All that concerns one matter with one person. `version` rises with every change of the case (R19)."""

    id: str
    reference: str
    person_id: str
    version: int
    urgent: bool
    opened_at: datetime
    closed_at: datetime | None
    withdrawn_at: datetime | None
    key_id: str


@dataclass(frozen=True, slots=True)
class Incident:
    """One thing that happened, reported by a colleague. `sensitive` is kept apart from the story (R42)."""

    id: str
    case_id: str
    reporter_id: str
    target_ids: tuple[str, ...]
    channel: str
    category: str
    examples: tuple[str, ...]
    actions_taken: tuple[str, ...]
    happened_on: date
    happened_at: time | None
    warning: str
    no_warning_reason: str
    offence: str
    injury: str
    reported_at: datetime
    withdrawn_at: datetime | None
    place: str = ""
    what_happened: str = ""
    warning_words: str = ""
    no_warning_words: str = ""
    offence_words: str = ""
    adjustments: str = ""
    characteristic: str = ""


@dataclass(frozen=True, slots=True)
class Finding:
    """What one investigator signed, in the office and seat of the time (R13). `answers` holds the typed words.

    answers keys: circumstances, same_issue, dealt_with, burden, reasons. A later finding in the same seat
    replaces the earlier (`replaced_at` set); nothing is deleted.
    """

    id: str
    case_id: str
    colleague_id: str
    office: str
    seat: str
    kind: str
    signed_at: datetime
    agrees_with: str | None
    extreme_confirmed: bool
    replaced_at: datetime | None
    answers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Proposal:
    """A decision put to the offices that may make it. `content` is the proposal form's values of this version.

    state: open, approved, rejected, replaced. One row a case's proposal; each version's content is kept.
    """

    id: str
    case_id: str
    version: int
    state: str
    kind: str
    drafted_by: str
    drafted_at: datetime
    content: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Approval:
    """One colleague's signature, in one office, on one version of a proposal. answer: approved or rejected."""

    proposal_id: str
    version: int
    colleague_id: str
    office: str
    seat: str
    answer: str
    at: datetime
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Decision:
    """What was decided. `makers` keep name and office of the time (R20). kind: restriction, interim, warning,
    no_action, not_unacceptable, police, legal_action."""

    id: str
    case_id: str
    kind: str
    proposal_id: str | None
    proposal_version: int | None
    decided_at: datetime
    makers: tuple[Mapping[str, str], ...]


@dataclass(frozen=True, slots=True)
class Restriction:
    """A limit on how the person may contact the council. Whether it is in force is computed from dates (R26).

    `content` holds the approved proposal's values. `ended_at` is set when it was ended early or quashed. A decision
    that an appeal varied has a second one, with the new terms.
    """

    id: str
    case_id: str
    person_id: str
    decision_id: str
    measures: tuple[str, ...]
    scope: str
    ends_on: date | None
    review_on: date | None
    starts_at: datetime | None
    ended_at: datetime | None
    interim_lapses_on: date | None
    confirmed_at: datetime | None
    content: Mapping[str, Any] = field(default_factory=dict)
    pauses: tuple[Pause, ...] = ()


@dataclass(frozen=True, slots=True)
class Notice:
    """A letter or e-mail to the person; `text` is its words, marked as `handlers/letter_text.py` says.

    kind "decision" or "correction": `printed_close` is the appeal date it promises (R32); in every other kind the
    last date the letter promises, else the day it leaves. `about`: the id of the appeal, review or earlier notice
    it is about. `decision_id` is "" for a letter that tells of no decision. state: ready, sent, void.
    """

    id: str
    case_id: str
    decision_id: str
    version: int
    state: str
    method: str
    expected_on: date
    printed_close: date
    prepared_by: str
    prepared_at: datetime
    address: str = ""
    text: str = ""
    kind: str = "decision"
    about: str = ""


@dataclass(frozen=True, slots=True)
class Dispatch:
    """One sending of a notice; `sent_local` is London wall-clock time. `address`: where to, if not the notice's own."""

    id: str
    notice_id: str
    method: str
    sent_local: datetime
    recorded_by: str
    recorded_at: datetime
    bounced_at: datetime | None
    address: str = ""


@dataclass(frozen=True, slots=True)
class PoliceRecord:
    """The answered police part (R8): how it was referred, or why not."""

    id: str
    case_id: str
    referred: str
    recorded_by: str
    recorded_at: datetime
    words: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class LogLine:
    """One line of the append-only log (R38): ids and codes only, never words typed."""

    seq: int
    at: datetime
    actor_id: str
    action: str
    subject_kind: str
    subject_id: str
    detail: Mapping[str, str]
    hash: str


@dataclass(frozen=True, slots=True)
class Recipient:
    """Whom a message is for. kind: colleague (id), channel ("governance", "councillors", "staff")."""

    kind: str
    id: str


@dataclass(frozen=True, slots=True)
class Outgoing:
    """An outbox row: what must reach chat. `view` and `ids` are rendered just before sending.

    `card_key` names the card this row posts or brings up to date for that recipient ("" = always a new
    message). `attempts` counts tries, this one included. `sending_since` is when an earlier try began that never
    told its end (a crash): look for its message before sending again; None when there was none.
    """

    id: str
    council_id: str
    recipient: Recipient
    view: str
    ids: Mapping[str, str]
    card_key: str
    attempts: int
    created_at: datetime
    visible_at: datetime
    last_error: str = ""
    sending_since: datetime | None = None


@dataclass(frozen=True, slots=True)
class Posted:
    """Where a card stands on a platform, so that it can be brought up to date in place."""

    recipient: Recipient
    card_key: str
    platform: str
    channel: str
    message_id: str
    view: str
    ids: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Reminder:
    """Something due at an instant. What it says is computed when it fires; one that no longer applies is dropped."""

    id: str
    council_id: str
    due_at: datetime
    kind: str
    case_id: str
    ids: Mapping[str, str]
    fired_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Delivery:
    """A click already committed: its present state is shown again instead of doing it twice."""

    id: str
    at: datetime
    view: str
    ids: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Draft:
    """What a colleague has typed into a form that is not finished: kept 24 hours, encrypted."""

    nonce: str
    colleague_id: str
    form: str
    values: Mapping[str, Any]
    saved_at: datetime


@dataclass(frozen=True, slots=True)
class LocalMessage:
    """A message of the local chat: a card (as JSON) in a channel, changed in place when its card changes."""

    id: str
    channel: str
    card: Mapping[str, Any]
    posted_at: datetime
    changed_at: datetime
    changes: int
