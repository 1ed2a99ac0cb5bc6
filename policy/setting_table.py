"""The rows behind `settings.py`: what each setting may be, where it comes from, why its default is so.

Kept apart from the code that reads them, so that a council's clerk can go through them in one sitting.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import time

from policy.setting_kinds import Check, approvals, clock_time, days, deputy, reminder_days, weekday, whole


@dataclass(frozen=True, slots=True)
class Row:
    """One setting: its name, what it may be, requirement and policy clause, and why its default is so."""

    name: str
    check: Check
    source: str
    reason: str


ROWS: tuple[Row, ...] = (
    Row(
        "approvals_needed",
        approvals,
        "R15, policy 5",
        "An officer signs every restriction, with one councillor: English law lets a council delegate to an "
        "officer or a committee, never to a single councillor. The Mayor is kept free for the appeal.",
    ),
    Row(
        "deputy_acts",
        deputy,
        "R15, R17",
        'The deputy signs when the Chief Officer cannot. Write "always" only if the council\'s scheme of '
        "delegation gives the deputy the same power.",
    ),
    Row(
        "signature_overdue_working_days",
        whole(1, 20),
        "R17, R40",
        "One working week. From then on the stand-in is asked as well, so that no case waits for one "
        "colleague.",
    ),
    Row(
        "committee_quorum",
        whole(2, 20),
        "R17",
        "The model standing orders for local councils say three. A committee of one is no committee in law.",
    ),
    Row(
        "interim_working_days",
        whole(1, 5),
        "R16",
        "One name alone may burden a person only briefly: long enough to find a councillor, and no longer.",
    ),
    Row(
        "warning_live_months",
        whole(1, 24),
        "R14",
        "The policy is silent. After a year without further trouble a warning should no longer count.",
    ),
    Row(
        "refusals_alert",
        whole(1, 20),
        "R18",
        "Two refused presses can be a mistake. The third in a day is told to the Chief Officer.",
    ),
    Row(
        "restriction_default_months",
        whole(1, 12),
        "R22",
        "The policy sets no length. Half a year lets behaviour change, and matches the first review.",
    ),
    Row(
        "restriction_max_months",
        whole(1, 12),
        "R22",
        "Anything longer than a year should be decided again, with the facts of that day.",
    ),
    Row(
        "review_first_months",
        whole(1, 6),
        "R22",
        "A restriction without an end date is looked at soon, while ending it can still mend the "
        "relationship.",
    ),
    Row(
        "review_every_months",
        whole(1, 12),
        "R22, policy 7",
        "The policy asks for periodic review. A year is the longest a restriction goes without one.",
    ),
    Row(
        "review_invitation_days",
        whole(14, 90),
        "R37",
        "The person has as long to comment on a review as to appeal.",
    ),
    Row(
        "review_reminder_days",
        reminder_days,
        "R37",
        "A month to prepare the review, and a last call a week before it. Days before the review.",
    ),
    Row(
        "appeal_days",
        whole(14, 90),
        "R31, policy 6",
        "The policy promises 14 days from notification. A council may give more, never fewer.",
    ),
    Row(
        "same_day_before",
        clock_time(time(9, 0), time(17, 0)),
        "R30",
        "An email after the end of the court day (4.30pm) counts as received on the next working day.",
    ),
    Row(
        "first_class_days",
        whole(2, 10),
        "R30",
        "First class post counts as delivered on the second day after posting, as in the Civil Procedure "
        "Rules.",
    ),
    Row(
        "second_class_working_days",
        whole(4, 15),
        "R30",
        "Second class or economy post counts as delivered on the fourth working day, as courts have long "
        "held.",
    ),
    Row(
        "foi_working_days",
        whole(1, 20),
        "R33",
        "Freedom of Information Act 2000, section 10: 20 working days at most.",
    ),
    Row(
        "subject_access_months",
        whole(1, 1),
        "R33, R44",
        "UK GDPR, article 12: one month. It cannot be more, and less than a month cannot be counted in "
        "months.",
    ),
    Row(
        "riddor_days",
        whole(1, 15),
        "R11",
        "RIDDOR 2013: an injury that keeps a colleague from normal work for over seven days is reported "
        "within 15 days of the accident.",
    ),
    Row(
        "debrief_hours",
        whole(1, 72),
        "R47",
        "A day after violence or a threat the shock has settled and the memory is fresh.",
    ),
    Row(
        "duty_reminder_working_days",
        whole(1, 15),
        "R28, R40",
        "One working week to write the answer that a law asks for. Working days before its last day; also how long "
        "something without a last day waits before it is asked again.",
    ),
    Row(
        "appeal_closing_reminder_days",
        whole(1, 14),
        "R40",
        "Time to look for a letter in the post before the appeal closes. Days before.",
    ),
    Row(
        "appeal_split_working_days",
        whole(1, 40),
        "R36",
        "One working week to talk it over. Then two other councillors may hear the appeal, so that the person gets "
        "an answer.",
    ),
    Row(
        "appeal_undecided_working_days",
        whole(1, 40),
        "R40",
        "The policy is silent. Two working weeks are enough for two reviewers to read and meet.",
    ),
    Row(
        "restriction_ending_reminder_days",
        whole(1, 60),
        "R40",
        "Two weeks to unblock addresses and tell colleagues. Days before the last day.",
    ),
    Row(
        "notice_not_sent_working_days",
        whole(1, 10),
        "R26, R40",
        "A restriction starts only when the person is told, so a notice should leave within two working "
        "days.",
    ),
    Row(
        "interim_reminder_working_days",
        whole(1, 4),
        "R16, R40",
        "An interim restriction lapses by itself; the councillor is reminded the working day before.",
    ),
    Row(
        "digest_weekday",
        weekday,
        "R40",
        "The week's open work on its first working morning.",
    ),
    Row(
        "digest_time",
        clock_time(time(6, 0), time(20, 0)),
        "R40",
        "When the office opens.",
    ),
    Row(
        "log_review_months",
        whole(1, 12),
        "R40, policy 7",
        "Each quarter the Chief Officer and the Chair of F&GP sign that they have reviewed the log.",
    ),
    Row(
        "quiet_from",
        clock_time(time(0, 0), time(23, 59)),
        "R40",
        "Reminders wait for the morning. Urgent cases never wait. The same time twice means no quiet hours.",
    ),
    Row(
        "quiet_until",
        clock_time(time(0, 0), time(23, 59)),
        "R40",
        "Reminders held back overnight arrive as the working day begins.",
    ),
    Row(
        "catch_up_after_hours",
        whole(1, 72),
        "R40",
        "After an outage this long, missed reminders arrive as one digest and not as a burst.",
    ),
    Row(
        "proclaimed_holidays",
        days,
        "R33",
        "Bank holidays proclaimed after this version was made. A council at work uses the command civility holiday.",
    ),
    Row(
        "small_number",
        whole(5, 20),
        "R39",
        "A count of 1 to 4 could point to one person or colleague. A council may hide more, never less.",
    ),
    Row(
        "similar_name_percent",
        whole(70, 100),
        "R46",
        "From this likeness two names are shown as similar. At 85 one letter wrong in a usual name is still found, and "
        "few strangers are. It only suggests: a name alone never merges.",
    ),
    Row(
        "marker_months",
        whole(1, 12),
        "R43",
        "A safety marker is about a present risk. After a year it is decided again or goes.",
    ),
    Row(
        "retention_not_upheld_months",
        whole(1, 24),
        "R45",
        "A report that was withdrawn or not upheld is kept only as long as somebody may ask about it.",
    ),
    Row(
        "retention_warning_months",
        whole(12, 72),
        "R45",
        "A warning counts for a year; a second year covers a dispute about it.",
    ),
    Row(
        "retention_restriction_months",
        whole(12, 72),
        "R45",
        "Two years after it ends, for complaints to the auditor, a court or the Information Commissioner.",
    ),
    Row(
        "retention_serious_months",
        whole(36, 84),
        "R45",
        "Police matters, injuries and claims: six years, the time in which a claim can be brought "
        "(Limitation Act 1980).",
    ),
    Row(
        "draft_hours",
        whole(1, 72),
        "R41",
        "What was typed and not sent waits a day, encrypted, so that nothing is lost and nothing lies about.",
    ),
    Row(
        "file_link_minutes",
        whole(1, 60),
        "R41",
        "A link to a letter works once and briefly: forwarded later it opens nothing.",
    ),
)
