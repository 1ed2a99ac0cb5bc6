"""Who may read which channel, as a table."""

from __future__ import annotations

import pytest

from bot.local.channels import LocalColleague, by_office, channel_for, channels_for
from policy.offices import Office
from tests.local.hall import COLIN, DANA, EVERYBODY, PRIYA, WILF


@pytest.mark.parametrize(
    ("office", "channels"),
    [
        (Office.CHIEF_OFFICER, ["staff", "governance"]),
        (Office.DEPUTY_CHIEF_OFFICER, ["staff", "governance"]),
        (Office.MAYOR, ["staff", "governance", "councillors"]),
        (Office.DEPUTY_MAYOR, ["staff", "councillors"]),
        (Office.CHAIR_FGP, ["staff", "governance", "councillors"]),
        (Office.VICE_CHAIR_FGP, ["staff", "governance", "councillors"]),
        (Office.MEMBER_FGP, ["staff", "councillors"]),
        (Office.COUNCILLOR, ["staff", "councillors"]),
        (Office.STAFF, ["staff"]),
    ],
)
def test_channels_should_follow_the_office(office: Office, channels: list[str]) -> None:
    colleague = LocalColleague("c", "Name", frozenset({office}))
    assert [room.id for room in channels_for(colleague)] == [*channels, "dm:c"]


def test_channels_should_be_the_staff_room_and_their_own_when_no_office_is_held() -> None:
    assert [room.id for room in channels_for(LocalColleague("c", "Name"))] == ["staff", "dm:c"]


def test_channel_should_be_none_when_it_is_closed_or_unknown() -> None:
    assert channel_for(PRIYA, "governance") is None
    assert channel_for(PRIYA, f"dm:{DANA.id}") is None
    assert channel_for(DANA, "councillors") is None
    assert channel_for(WILF, "governance") is None
    assert channel_for(DANA, "nowhere") is None


def test_only_the_direct_channel_should_be_private() -> None:
    assert [room.private for room in channels_for(DANA)] == [False, False, True]


def test_office_should_be_said_in_words() -> None:
    assert COLIN.office == "Chair of F&GP, Councillor"
    assert LocalColleague("c", "Name").office == "Colleague"


def test_switch_should_list_the_most_senior_office_first() -> None:
    nobody = LocalColleague("c-aa", "Aa")
    assert [one.id for one in by_office([nobody, *reversed(EVERYBODY)])] == [
        "c-dana",
        "c-mary",
        "c-colin",
        "c-wilf",
        "c-priya",
        "c-aa",
    ]
