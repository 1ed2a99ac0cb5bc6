"""R24, R25: free words cannot close a route that nobody may close."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policy.protected import bars_protected_route


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("You are banned from public meetings.", "bars_public_meeting"),
        ("You must not attend council meetings for six months.", "bars_public_meeting"),
        ("You may not attend, speak at or film any committee meeting.", "bars_public_meeting"),
        ("You mustn’t come to the Town Council’s meetings of the council.", "bars_public_meeting"),
        ("Excluded from the public gallery", "bars_public_meeting"),
        ("You will no longer be allowed to attend any meetings.", "bars_public_meeting"),
        ("Do not let him attend council meetings.", "bars_public_meeting"),
        ("You cannot speak at meetings of the Council", "bars_public_meeting"),
        ("Stay away from F&GP meetings", "bars_public_meeting"),
        ("You must not attend council meetings but can still write to us.", "bars_public_meeting"),
        ("You must not attend council meetings unless invited.", "bars_public_meeting"),
        ("You are barred from council meetings except the annual one.", "bars_public_meeting"),
        ("Barred from the office,\nthe library and council\nmeetings", "bars_public_meeting"),
        ("You are not permitted to record public meetings", "bars_public_meeting"),
        ("We will not answer freedom of information requests.", "bars_information_request"),
        ("We refuse any subject-access request from you", "bars_information_request"),
        ("FOI requests are blocked", "bars_information_request"),
        ("You have no right to appeal.", "bars_appeal"),
        ("You may not appeal this decision", "bars_appeal"),
        ("You must not contact your MP about this.", "bars_mp"),
        ("You may not write to the Monitoring Officer", "bars_monitoring_officer"),
        ("You must not report safeguarding concerns to staff", "bars_emergency"),
    ],
)
def test_free_words_should_be_refused_when_they_close_a_protected_route(text: str, code: str) -> None:
    problems = bars_protected_route(text, "detail")
    assert code in [p.code for p in problems]
    assert {p.field for p in problems} == {"detail"}


@pytest.mark.parametrize(
    "text",
    [
        "",
        "You must not visit the council offices without an appointment.",
        "You may bring one companion to any meeting with officers.",
        "You must not attend meetings with staff alone.",
        "This does not stop you coming to public meetings.",
        "You are banned from the offices, but you can still attend public meetings.",
        "You are excluded from the offices except for public meetings.",
        "You will not be prevented from attending council meetings.",
        "Nothing here will affect your right to appeal.",
        "Your own MP and the Monitoring Officer stay open to you.",
        "This does not affect freedom-of-information requests. You must not telephone the clerk.",
        "Please do not telephone on the day of a council meeting before noon.",
        "Only about the allotments at Harrington Road.",
        "The nominated contact will not be available during council meetings.",
    ],
)
def test_free_words_should_pass_when_they_leave_protected_routes_open(text: str) -> None:
    assert bars_protected_route(text, "detail") == ()


@given(st.text(max_size=400))
def test_free_words_of_any_kind_should_never_fail(text: str) -> None:
    assert all(p.field == "detail" for p in bars_protected_route(text, "detail"))
