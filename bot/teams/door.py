"""The Teams door: commands, buttons, dialogs and actions of messages, each answered once.

What is posted stays, and lock screens show it. So an answer that may name a person is never posted, not even in a
colleague's own conversation: a card is, with a button that opens the answer in a dialog, where access is checked at
that moment (R41). In a channel only a neutral card or line stands; the answer goes to the colleague alone.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Coroutine, Mapping
from datetime import timedelta
from typing import Any, Final

from bot.teams import requests
from bot.teams.cards import (
    PRESSED,
    adaptive,
    command_data,
    commanded,
    invitation,
    part_of,
    press_data,
    pressed,
)
from bot.teams.dialogs import chosen_users, dialog, submission
from bot.teams.people import STRANGER, People
from bot.teams.places import Places
from bot.teams.replies import Replies
from bot.teams.requests import Talk, part
from handlers.chat import (
    Button,
    Callout,
    Card,
    Command,
    FieldErrors,
    OpenForm,
    Press,
    Refuse,
    Replace,
    Reply,
    Request,
    Response,
    Sender,
    Text,
    ViewRef,
)
from handlers.fields import ACCOUNT
from handlers.views import PRIVATE
from policy.cases import find_reference

log = logging.getLogger("civility.teams")

Activity = Mapping[str, Any]
Json = dict[str, Any]
Answer = Callable[[Request], Awaitable[Response]]

FAILED: Final = "Something went wrong, and nothing was saved. Try again; pressing twice counts once."
PATIENCE: Final = timedelta(seconds=5)
SET_UP: Final = "setup"
NEUTRAL: Final = frozenset({"", "report", "check"})
"""Commands whose form anybody may open: in a channel the card that opens them may stand there."""
POSTED: Final = NEUTRAL | {"cases", "help", "home", "mine", "offices", "use"}
"""Commands whose answer holds references and offices only."""
CARD: Final = "application/vnd.microsoft.card.adaptive"
MESSAGE: Final = "application/vnd.microsoft.activity.message"
READ_IT: Final = "Only you can read the answer. It opens beside this message."
WRONG_CODE: Final = (
    "That is not the set-up code, or Civility is set up already. Whoever looks after the server sees the code with: "
    "civility doctor"
)


class TeamsDoor:
    """Fulfils `bot.teams.edge.Door`."""

    def __init__(
        self,
        *,
        answer: Answer,
        people: People,
        places: Places,
        replies: Replies,
        is_code: Callable[[str], Awaitable[bool]],
        playground: bool = False,
    ) -> None:
        """`is_code`: whether a text is the set-up code, which only who looks after the server can read."""
        self._answer, self._people, self._places, self._replies = answer, people, places, replies
        self._is_code, self._playground = is_code, playground
        self._tasks: set[asyncio.Task[None]] = set()

    # --- what Teams says -----------------------------------------------------------------------

    async def message(self, activity: Activity) -> None:
        """A typed command, or a button whose client knows no better (the fallback of `Action.Execute`)."""
        user, talk = self._where(activity)
        await self._places.seen(talk)
        press = pressed(part(activity, "value"))
        if press is not None:
            await self._pressed(activity, talk, user, press)
            return
        command = requests.command_of(activity)
        if command.word == SET_UP:
            await self._set_up(activity, talk, user, command)
            return
        # A case is opened, and its opening written down, when its dialog is.
        response: Response = Reply(Card("Case"))
        if command.word != "case":
            response = await self._try(requests.typed(activity, await self._who(user, talk), command, talk))
        await self._say(
            activity, talk, user, _posted(response, command), open_to_all=_neutral(response, command)
        )

    async def moved(self, activity: Activity) -> None:
        """The app was installed or removed, or somebody else came or went."""
        user, talk = self._where(activity)
        came, went = _moves(activity)
        if went:
            await self._places.left(talk)
        elif came and await self._places.seen(talk) and talk.personal:
            await self._say(activity, talk, user, _first_words())

    async def invoked(self, activity: Activity) -> Json | None:
        """What waits for its answer; None for what Civility does not know."""
        match activity.get("name"):
            case "task/fetch":
                return await self._fetched(activity)
            case "task/submit" | "composeExtension/submitAction":
                return await self._submitted(activity)
            case "composeExtension/fetchTask":
                return await self._extension(activity)
            case "adaptiveCard/action":
                return await self._executed(activity)
        return None

    # --- dialogs -------------------------------------------------------------------------------

    async def _fetched(self, activity: Activity) -> Json | None:
        """A button that opens a dialog, in a message."""
        user, talk = self._where(activity)
        data = part(part(activity, "value"), "data")
        what = pressed(data) or commanded(data)
        if what is None:
            return None
        response = await self._try(requests.clicked(activity, await self._who(user, talk), what, talk))
        return _dialog(response, what, part_of(data))

    async def _submitted(self, activity: Activity) -> Json | None:
        """A page of a form, or a button in a dialog."""
        user, talk = self._where(activity)
        data = part(part(activity, "value"), "data")
        page, who = submission(data), await self._who(user, talk)
        if page is not None:
            accounts = {}
            for one in map(str.lower, chosen_users(data)):
                found = await self._people.profile(one, talk)
                if found != STRANGER:  # somebody no roster has: nobody vouches for them
                    accounts[ACCOUNT + one] = requests.sender(self._places.tenant, one, found)
            return _dialog(await self._try(requests.sent(activity, who, page, accounts)))
        what = pressed(data) or commanded(data)
        if what is None:
            return None
        return _dialog(await self._try(requests.clicked(activity, who, what)), what, part_of(data))

    async def _extension(self, activity: Activity) -> Json:
        """An action of the compose box, the command box, or of a message."""
        user, talk = self._where(activity)
        author = requests.author_of(activity)
        by = (await self._people.profile(author, talk)).name if author else ""
        return _dialog(await self._try(requests.extension(activity, await self._who(user, talk), by)))

    # --- buttons that act ----------------------------------------------------------------------

    async def _executed(self, activity: Activity) -> Json | None:
        """`Action.Execute`: the answer takes the card's place for who pressed; the outbox sees to everybody else's."""
        user, talk = self._where(activity)
        action = part(part(activity, "value"), "action")
        what = pressed(part(action, "data"))
        if action.get("verb") != PRESSED or what is None:
            return None
        response = await self._try(requests.clicked(activity, await self._who(user, talk), what, talk))
        if isinstance(response, Refuse):
            return {"statusCode": 200, "type": MESSAGE, "value": response.sentence}
        shown = _in_place(response, what)
        if isinstance(response, Replace):
            self._later(self._replies.replace(talk, str(activity.get("replyToId") or ""), shown))
        return {"statusCode": 200, "type": CARD, "value": shown}

    async def _pressed(self, activity: Activity, talk: Talk, user: str, press: Press) -> None:
        """The same, where the client can only send a message."""
        response = await self._try(requests.clicked(activity, await self._who(user, talk), press, talk))
        shown = (
            adaptive(Card(response.sentence)) if isinstance(response, Refuse) else _in_place(response, press)
        )
        if isinstance(response, Replace):
            await self._replies.replace(talk, str(activity.get("replyToId") or ""), shown)
        else:
            await self._say(activity, talk, user, shown)

    # --- parts ---------------------------------------------------------------------------------

    def _where(self, activity: Activity) -> tuple[str, Talk]:
        user = requests.entra_id(activity)
        if self._playground and not user:
            user = str(activity["from"]["id"])
        return user, requests.talk_of(activity, user)

    async def _who(self, user: str, talk: Talk) -> Sender:
        return requests.sender(self._places.tenant, user, await self._people.profile(user, talk))

    async def _set_up(self, activity: Activity, talk: Talk, user: str, command: Command) -> None:
        """`setup CODE`, in one's own conversation: whoever can read the code looks after Civility (R18)."""
        shown = adaptive(Card(WRONG_CODE))
        who = await self._who(user, talk)
        if talk.personal and not who.guest and await self._is_code(command.words):
            await self._places.let_set_up(talk)
            who = await self._who(user, talk)
            response = await self._try(requests.typed(activity, who, Command(""), talk))
            shown = _posted(response, Command(""))
        await self._say(activity, talk, user, shown)

    async def _say(
        self, activity: Activity, talk: Talk, user: str, shown: Json, *, open_to_all: bool = False
    ) -> None:
        """Say something to who clicked, where nobody else reads it."""
        alone = requests.targeted(activity)
        self._later(self._replies.say(activity, talk, user, shown, alone=alone, open_to_all=open_to_all))

    async def _try(self, request: Request) -> Response:
        try:
            return await self._answer(request)
        except Exception:
            log.exception("a click in Teams was not answered")
            return Refuse(FAILED)

    def _later(self, work: Coroutine[Any, Any, None]) -> None:
        """Go on with something after the answer to Teams, which waits some seconds only."""
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def idle(self) -> None:
        """Wait for what is still on its way."""
        while self._tasks:
            await asyncio.gather(*self._tasks, return_exceptions=True)

    async def close(self, patience: timedelta = PATIENCE) -> None:
        """Let what is on its way arrive, for a moment, and give up the rest."""
        if self._tasks:
            _, late = await asyncio.wait(set(self._tasks), timeout=patience.total_seconds())
            for one in late:
                one.cancel()
            await asyncio.gather(*late, return_exceptions=True)


def _moves(activity: Activity) -> tuple[bool, bool]:
    """Whether the app came into a conversation, and whether it left."""
    if activity.get("type") == "installationUpdate":
        action = str(activity.get("action") or "")
        return action.startswith("add"), action.startswith("remove")
    own = activity["recipient"]["id"]

    def among(name: str) -> bool:
        members = activity.get(name)
        return isinstance(members, list) and any(
            isinstance(one, Mapping) and one.get("id") == own for one in members
        )

    return among("membersAdded"), among("membersRemoved")


def _dialog(response: Response, what: Press | Command | None = None, piece: int = 0) -> Json:
    """Any answer in the dialog; what no dialog can show is said in it."""
    again = _data(what) if what else None
    try:
        shown = dialog(response, again=again, part=piece)
    except Exception:
        log.exception("an answer could not be shown in a dialog")
        shown = dialog(Refuse(FAILED))
    return {"task": {"type": "continue", "value": shown}}


def _posted(response: Response, command: Command) -> Json:
    """The answer to a typed command as a card that may be posted."""
    match response:
        case OpenForm(form) | FieldErrors(form):
            return invitation(form.title, "", form.title, _data(command))
        case Refuse(sentence):
            return adaptive(Card(sentence))
        case Reply(card) | Replace(card) if command.word in POSTED:
            return adaptive(card, again=_data(command))
    title = find_reference(command.words) or "Your answer"
    return invitation(title, READ_IT, "Open", _data(command))


def _in_place(response: Response, press: Press) -> Json:
    """The answer to a press as a card that stands where the pressed one stood."""
    match response:
        case OpenForm(form) | FieldErrors(form):
            return invitation(form.title, "", form.title, press_data(press.button, press.value))
        case Reply(card, again) | Replace(card, again) if again is None or again.view not in PRIVATE:
            return adaptive(card)
        case Reply(card, again) | Replace(card, again):
            return adaptive(_noted(card, again))
    return adaptive(Card("Done."))


def _noted(card: Card, again: ViewRef | None) -> Card:
    """What may be said of a card that is read in a dialog only: the sentence above it, and the way to it."""
    note = tuple(one for one in card.body[:1] if isinstance(one, Callout))
    case = again.ids.get("case", "") if again else ""
    open_it = (Button("case.open", "Open this case", case),) if case else ()
    return Card("Please read this" if note else "Done", note, open_it)


def _neutral(response: Response, command: Command) -> bool:
    """Whether everybody in a channel may see this card."""
    if isinstance(response, OpenForm):
        return command.word in NEUTRAL
    return isinstance(response, Reply) and command.word == "use"


def _data(what: Press | Command) -> Json:
    """What asks for the same again. Words that somebody typed stay out of it; a reference does not."""
    if isinstance(what, Press):
        return press_data(what.button, what.value)
    return command_data(Command(what.word, find_reference(what.words)))


def _first_words() -> Json:
    """What a colleague reads when they have added Civility."""
    words = (
        "Civility runs the council’s unacceptable customer behaviour policy. Type report to report something, home to "
        "see what waits for you, or help for everything else."
    )
    return adaptive(Card("Welcome to Civility", (Text(words),)))
