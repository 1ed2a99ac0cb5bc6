"""Every command, button and form that has an answer, and the journey that gives it."""

from __future__ import annotations

from handlers import (
    app_home,
    channels,
    contact,
    decide,
    first_run,
    home,
    interim,
    investigate,
    notify,
    offices,
    propose,
    report,
)
from handlers.report_form import report_form
from handlers.routes import FormJourney, Journey, Table

TABLE = Table(
    commands={
        "": Journey(report.open_report, reads=True, quick=True),
        "report": Journey(report.open_report, reads=True, quick=True),
        "check": Journey(contact.check),
        "case": Journey(home.open_case),
        "cases": Journey(home.list_cases, reads=True),
        "mine": Journey(home.my_reports, reads=True),
        "offices": Journey(offices.show_offices, reads=True),
        "use": Journey(channels.use_channel),
        "home": Journey(app_home.home, reads=True),
        "help": Journey(home.help_card, reads=True, quick=True),
    },
    buttons={
        "report.open": Journey(report.open_report, reads=True, quick=True),
        "incident.add": Journey(report.add_incident, reads=True),
        "check.open": Journey(lambda turn, _: contact.check(turn, ""), reads=True),
        "case.open": Journey(home.press_open),
        "case.withdraw": Journey(report.withdraw),
        "case.close": Journey(investigate.close),
        "finding.sign": Journey(investigate.open_finding, reads=True),
        "finding.agree": Journey(investigate.agree),
        "finding.agree_approve": Journey(decide.agree_approve),
        "police.record": Journey(investigate.open_police, reads=True),
        "proposal.draft": Journey(propose.open_draft, reads=True),
        "proposal.change": Journey(propose.open_change, reads=True),
        "proposal.approve": Journey(decide.approve),
        "proposal.reject": Journey(decide.open_rejection, reads=True),
        "interim.impose": Journey(propose.open_interim, reads=True),
        "interim.confirm": Journey(interim.confirm_interim),
        "notice.prepare": Journey(notify.open_notice, reads=True),
        "notice.preview": Journey(notify.preview),
        "notice.send": Journey(notify.open_sent, reads=True),
        "notice.bounced": Journey(notify.bounced),
        "offices.change": Journey(offices.open_change, reads=True),
        "setup.open": Journey(first_run.open_setup),
    },
    forms={
        "report": FormJourney(report_form, report.submit_report),
        "check": FormJourney(contact.check_form, contact.submit_check),
        "finding": FormJourney(investigate.build_finding, investigate.submit_finding),
        "police": FormJourney(investigate.police_form, investigate.submit_police),
        "proposal": FormJourney(propose.build_proposal, propose.submit_proposal),
        "rejection": FormJourney(decide.rejection_form, decide.submit_rejection),
        "notice": FormJourney(notify.notice_form, notify.submit_notice),
        "notice_sent": FormJourney(notify.sent_form, notify.submit_sent),
        "offices": FormJourney(offices.offices_form, offices.submit_change),
        "setup": FormJourney(first_run.setup_form, first_run.submit_setup),
    },
)
