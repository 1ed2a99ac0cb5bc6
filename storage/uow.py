"""The unit of work: one transaction of one council, with every repository on it.

What is not committed is rolled back. After a commit or a rollback the unit can be used again: the next statement
begins a new transaction at a new instant.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection

from storage.listen import NOTIFY
from storage.repos.appeals import AppealRepo
from storage.repos.cases import CaseRepo
from storage.repos.clicks import DeliveryRepo, DraftRepo
from storage.repos.colleagues import ColleagueRepo
from storage.repos.conflicts import ConflictRepo
from storage.repos.conversations import ConversationRepo, SentCopyRepo
from storage.repos.council import CouncilRepo, SettingsRepo
from storage.repos.decisions import DecisionRepo, RestrictionRepo
from storage.repos.filed import EntryRepo, MessageRepo
from storage.repos.files import DocumentRepo, FileLinkRepo, PostingRepo
from storage.repos.findings import FindingRepo
from storage.repos.incidents import IncidentRepo
from storage.repos.installations import InstallationRepo
from storage.repos.local import LocalRepo
from storage.repos.log import LogRepo
from storage.repos.markers import MarkerRepo
from storage.repos.merges import MergeRepo
from storage.repos.minutes import MinuteRepo
from storage.repos.notes import NoteRepo, ReferralRepo
from storage.repos.notices import NoticeRepo, PoliceRepo
from storage.repos.offices import OfficeRepo
from storage.repos.outbox import OutboxRepo, PostedRepo
from storage.repos.people import PersonRepo
from storage.repos.proposals import ApprovalRepo, ProposalRepo
from storage.repos.reminders import ReminderRepo
from storage.repos.reports import ReportRepo
from storage.repos.reviews import CorrectionRepo, ReviewRepo
from storage.repos.tasks import TaskRepo
from storage.repos.uploads import UploadRepo
from storage.unit import Unit


class UnitOfWork:
    """The records of one council in one transaction."""

    def __init__(self, unit: Unit) -> None:
        self._unit = unit
        self.council_id = unit.council_id
        self.committed = False
        self.forgets_keys = False
        self.council = CouncilRepo(unit)
        self.settings = SettingsRepo(unit)
        self.installations = InstallationRepo(unit)
        self.colleagues = ColleagueRepo(unit)
        self.offices = OfficeRepo(unit)
        self.people = PersonRepo(unit)
        self.merges = MergeRepo(unit)
        self.markers = MarkerRepo(unit)
        self.cases = CaseRepo(unit)
        self.notes = NoteRepo(unit)
        self.referrals = ReferralRepo(unit)
        self.conflicts = ConflictRepo(unit)
        self.minutes = MinuteRepo(unit)
        self.incidents = IncidentRepo(unit)
        self.findings = FindingRepo(unit)
        self.proposals = ProposalRepo(unit)
        self.approvals = ApprovalRepo(unit)
        self.decisions = DecisionRepo(unit)
        self.restrictions = RestrictionRepo(unit)
        self.notices = NoticeRepo(unit)
        self.documents = DocumentRepo(unit)
        self.links = FileLinkRepo(unit)
        self.postings = PostingRepo(unit)
        self.uploads = UploadRepo(unit)
        self.appeals = AppealRepo(unit)
        self.reviews = ReviewRepo(unit)
        self.corrections = CorrectionRepo(unit)
        self.police = PoliceRepo(unit)
        self.messages = MessageRepo(unit)
        self.entries = EntryRepo(unit)
        self.log = LogRepo(unit)
        self.outbox = OutboxRepo(unit)
        self.posted = PostedRepo(unit)
        self.reminders = ReminderRepo(unit)
        self.tasks = TaskRepo(unit)
        self.reports = ReportRepo(unit)
        self.deliveries = DeliveryRepo(unit)
        self.drafts = DraftRepo(unit)
        self.local = LocalRepo(unit)
        self.conversations = ConversationRepo(unit)
        self.sent_copies = SentCopyRepo(unit)

    @property
    def connection(self) -> Connection:
        """The connection of this unit; for the storage room only."""
        return self._unit.connection

    @property
    def writing(self) -> bool:
        """Whether this unit may change anything; one that may not sees a single snapshot."""
        return self._unit.writing

    def now(self) -> datetime:
        """The instant of this transaction, aware UTC: every row it writes carries the same."""
        return self._unit.now()

    def commit(self) -> None:
        """Make everything since the last commit durable, log lines included."""
        self.log.flush()
        if self._unit.queued and not self._unit.is_sqlite:
            self._unit.connection.exec_driver_sql(NOTIFY)
        self._unit.connection.commit()
        self.log.committed()
        self.committed = True
        self.forgets_keys = self.forgets_keys or self._unit.keys_asked_to_forget
        self._unit.start_again()

    def rollback(self) -> None:
        """Undo everything since the last commit."""
        self.log.drop()
        if self._unit.connection.in_transaction():
            self._unit.connection.rollback()
        self._unit.start_again()
