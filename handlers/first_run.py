"""A council's first day in a workspace: whoever looks after the workspace names the chief officer (R18).

Until there is one nobody can decide anything, so every click is answered with what to do about that.
"""

from __future__ import annotations

from collections.abc import Mapping

from handlers.chat import (
    Button,
    Card,
    Command,
    Form,
    FormValues,
    LongText,
    OpenForm,
    Page,
    Person,
    Reply,
    Response,
    Submission,
    Text,
    TextField,
    ViewRef,
)
from handlers.desk import Desk, Turn
from handlers.forms import text
from handlers.offices import appoint
from handlers.people_of import chosen_colleague
from policy.answers import Problem, Refusal
from policy.offices import Holding, Office

FORM = "setup"
NOT_YET = (
    "Civility is not set up here yet. Somebody who looks after this workspace has to name the chief officer first: "
    "they type /incident. Until then tell your manager what happened. In an emergency call 999."
)
NOT_YET_TEAMS = (
    "Civility is not set up here yet. Whoever looks after its server has to name the chief officer first: they type "
    "setup in their own chat with Civility, and the code that civility doctor prints. Until then tell your manager "
    "what happened. In an emergency call 999."
)
NOT_ADMIN = Refusal("not_admin", NOT_YET)
DONE = Refusal("set_up", "Civility is set up already. The chief officer can change the offices.")
SAME = "The Chair of F&GP must be somebody else: two people decide together."


def needed(turn: Turn) -> bool:
    """Whether no chief officer was ever named, and this click is not the naming."""
    what = turn.request.what
    if isinstance(what, Submission) and what.form == FORM:
        return False
    return _nobody(turn)


def answer(turn: Turn) -> Response:
    """What a click gets until then: the form for whoever looks after the workspace, a sentence for others."""
    if not turn.request.sender.admin:
        said = NOT_YET_TEAMS if turn.request.sender.platform == "teams" else NOT_YET
        return Reply(Card("Not set up yet", (Text(said),)))
    if turn.request.what == Command("home"):
        words = (
            "Welcome. Say which council this is and who its chief officer is; then your colleagues can begin."
        )
        return Reply(
            Card("Civility", (Text(words),), (Button("setup.open", "Set up", style="primary", opens=FORM),))
        )
    return OpenForm(setup_form(turn, "", {}))


def open_setup(turn: Turn, _: str) -> Response:
    """The button "Set up", pressed again when it is done."""
    turn.require(DONE)
    return answer(turn)


def setup_form(turn: Turn, _: str, __: FormValues) -> Form:
    """The council and its two decision makers."""
    turn.require(None if turn.request.sender.admin else NOT_ADMIN)
    turn.require(None if _nobody(turn) else DONE)
    council = turn.council
    return Form(
        id=FORM,
        title="Set up Civility",
        submit="Save",
        pages=(
            Page(
                (
                    TextField(
                        name="council_name", label="Name of the council", required=True, initial=council.name
                    ),
                    LongText(
                        name="address",
                        label="Its postal address",
                        hint="It stands on the notices to people.",
                        limit=500,
                        required=True,
                    ),
                    TextField(
                        name="appeals_contact",
                        label="Where appeals are sent",
                        hint="An email address or a postal address. It stands on the notices too.",
                        required=True,
                    ),
                    Person(
                        name="chief_officer",
                        label="Who is the chief officer?",
                        hint="The clerk or the chief executive. They name everybody else.",
                        required=True,
                        options=(),
                        anyone=True,
                    ),
                    Person(
                        name="chair_fgp",
                        label="Who chairs Finance & General Purposes?",
                        hint="You can leave this out; the chief officer can name them later.",
                        options=(),
                        anyone=True,
                    ),
                ),
            ),
        ),
    )


def submit_setup(turn: Turn, _: str, values: FormValues) -> Response:
    """Keep the council's particulars and the first offices; tell the chief officer."""
    chief = chosen_colleague(turn, text(values, "chief_officer"), "chief_officer")
    named = [(Office.CHIEF_OFFICER, chief)]
    if text(values, "chair_fgp"):
        chair = chosen_colleague(turn, text(values, "chair_fgp"), "chair_fgp")
        turn.check((Problem("chair_fgp", "same_person", SAME),) if chair == chief else ())
        named.append((Office.CHAIR_FGP, chair))
    turn.uow.council.update(
        name=text(values, "council_name"),
        address=text(values, "address"),
        appeals_contact=text(values, "appeals_contact"),
    )
    for office, colleague_id in named:
        appoint(turn, Holding(office, colleague_id, turn.today))
        turn.log("offices.changed", "colleague", colleague_id, change="appoint", office=office.value)
    turn.log("council.set_up", "council", turn.council.id)
    turn.tell(chief, "welcome", {}, once="welcome")
    return Reply(
        Card("Civility is set up", (Text("The chief officer has a message with the next steps."),)),
        ViewRef("offices", {}),
    )


def welcome(desk: Desk, _: Mapping[str, str], reader: str | None) -> Card | None:
    """The chief officer's first message: what only they can do."""
    if reader not in desk.register.holders(Office.CHIEF_OFFICER, desk.today):
        return None
    steps: tuple[str, ...] = (
        "You are the chief officer in Civility. From now on colleagues can report with /incident, and you will hear.",
        "1. Say who holds which office, at least the Chair of F&GP: you decide together.",
        "2. In a private channel for the people who run the policy, type: /incident use governance",
        "3. In the councillors’ private channel, type: /incident use councillors",
        "Invite Civility into both channels first: /invite @Civility",
    )
    if desk.uow.council.workspace("teams"):
        steps += ("In Teams, add Civility to both teams first; it is @Civility there instead of /incident.",)
    button = Button("offices.change", "Change an office", style="primary", opens="offices")
    return Card("Welcome to Civility", tuple(Text(one) for one in steps), (button,))


def _nobody(desk: Desk) -> bool:
    return not any(one.office is Office.CHIEF_OFFICER for one in desk.register.holdings)
