"""A small journey for the local chat's tests: the report form on two pages, read as the real journeys read it."""

from __future__ import annotations

from handlers import chat
from handlers.forms import check_all, first_page, read_page
from tests.local.hall import APPROVED, MEASURES, REPORT


class Desk:
    """Opens the report, keeps what was typed between its pages, and answers the buttons of the sample cards."""

    def __init__(self) -> None:
        self.drafts: dict[str, dict[str, chat.FormValue]] = {}
        self.reports: list[dict[str, chat.FormValue]] = []

    async def answer(self, request: chat.Request) -> chat.Response:
        """Give this to the hall as its script."""
        match request.what:
            case chat.Command("" | "report"):
                return chat.OpenForm(REPORT)
            case chat.Command("check"):
                return chat.Reply(MEASURES)
            case chat.Press("proposal.approve"):
                return chat.Replace(APPROVED)
            case chat.Press("case.open"):
                return chat.Reply(MEASURES)
            case chat.Submission() as sent:
                return self._sent(sent)
        return chat.Refuse("Only the Chief Officer may do that.")

    def _sent(self, sent: chat.Submission) -> chat.Response:
        draft = self.drafts.setdefault(sent.nonce, {})
        reading = read_page(REPORT, sent.page, sent.raw, draft)
        draft |= reading.values
        if sent.step == "back":
            return chat.OpenForm(REPORT, sent.page - 1, draft)
        if reading.errors:
            return chat.FieldErrors(REPORT, sent.page, draft, reading.errors)
        if sent.page + 1 < len(REPORT.pages):
            return chat.OpenForm(REPORT, sent.page + 1, draft)
        whole = check_all(REPORT, draft)
        if whole.errors:
            return chat.FieldErrors(REPORT, first_page(REPORT, whole.errors), draft, whole.errors)
        self.reports.append(whole.values)
        return chat.Reply(chat.Card("Report received: INC-2026-0008", (chat.Text("Thank you."),)))
