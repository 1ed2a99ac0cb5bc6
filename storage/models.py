"""Every table of the records, gathered: `METADATA` is what migrations are compared with."""

from __future__ import annotations

from storage import (
    models_appeals,
    models_cases,
    models_council,
    models_decisions,
    models_filed,
    models_files,
    models_log,
    models_minutes,
    models_notes,
    models_people,
    models_persons,
    models_queue,
    models_reports,
    models_reviews,
    models_teams,
    models_uploads,
)
from storage.columns import Row, table_of

METADATA = Row.metadata

COUNCIL = table_of(models_council.CouncilRow)
WORKSPACE = table_of(models_council.WorkspaceRow)
INSTALLATION = table_of(models_council.InstallationRow)
SETTING = table_of(models_council.SettingRow)
COLLEAGUE = table_of(models_council.ColleagueRow)
IDENTITY = table_of(models_council.IdentityRow)
HOLDING = table_of(models_council.HoldingRow)
ABSENCE = table_of(models_council.AbsenceRow)
PERSON = table_of(models_people.PersonRow)
PERSON_TOKEN = table_of(models_people.PersonTokenRow)
KEY_TO_FORGET = table_of(models_people.KeyToForgetRow)
PERSON_MERGE = table_of(models_persons.PersonMergeRow)
MARKER = table_of(models_persons.MarkerRow)
MARKER_APPROVAL = table_of(models_persons.MarkerApprovalRow)
NOTE = table_of(models_notes.NoteRow)
REFERRAL = table_of(models_notes.ReferralRow)
CONFLICT = table_of(models_notes.ConflictRow)
MINUTE = table_of(models_minutes.MinuteRow)
FRESH_SIGNATURE = table_of(models_notes.FreshSignatureRow)
COUNTER = table_of(models_cases.CounterRow)
CASE = table_of(models_cases.CaseRow)
INCIDENT = table_of(models_cases.IncidentRow)
SENSITIVE = table_of(models_cases.SensitiveRow)
FINDING = table_of(models_cases.FindingRow)
POLICE = table_of(models_cases.PoliceRow)
PROPOSAL = table_of(models_decisions.ProposalRow)
PROPOSAL_VERSION = table_of(models_decisions.ProposalVersionRow)
APPROVAL = table_of(models_decisions.ApprovalRow)
DECISION = table_of(models_decisions.DecisionRow)
RESTRICTION = table_of(models_decisions.RestrictionRow)
NOTICE = table_of(models_decisions.NoticeRow)
DISPATCH = table_of(models_decisions.DispatchRow)
DOCUMENT = table_of(models_files.DocumentRow)
FILE_LINK = table_of(models_files.FileLinkRow)
POSTING = table_of(models_files.PostingRow)
UPLOAD = table_of(models_uploads.UploadRow)
APPEAL = table_of(models_appeals.AppealRow)
APPEAL_ANSWER = table_of(models_appeals.AppealAnswerRow)
APPEAL_REVIEWER = table_of(models_appeals.AppealReviewerRow)
PAUSE = table_of(models_appeals.PauseRow)
MESSAGE = table_of(models_filed.MessageRow)
ENTRY = table_of(models_filed.EntryRow)
REVIEW = table_of(models_reviews.ReviewRow)
CORRECTION = table_of(models_reviews.CorrectionRow)
OUTBOX = table_of(models_queue.OutboxRow)
POSTED = table_of(models_queue.PostedRow)
TASK = table_of(models_queue.TaskRow)
REMINDER = table_of(models_queue.ReminderRow)
DELIVERY = table_of(models_queue.DeliveryRow)
DRAFT = table_of(models_queue.DraftRow)
CONVERSATION = table_of(models_teams.ConversationRow)
SENT_COPY = table_of(models_teams.SentCopyRow)
LOCAL_MESSAGE = table_of(models_queue.LocalMessageRow)
PUBLISHED = table_of(models_reports.PublishedRow)
LOG = table_of(models_log.LogRow)
LOG_HEAD = table_of(models_log.LogHeadRow)
