"""Where the local chat may listen, and which requests it believes."""

from __future__ import annotations

import pytest

from bot.local.guard import Seal, Visit, check_bind, host_allowed, same_site


@pytest.mark.parametrize("host", ["127.0.0.1", "127.8.9.1", "::1", "[::1]", "localhost", "LOCALHOST"])
def test_check_bind_should_allow_when_the_address_is_loopback(host: str) -> None:
    assert check_bind(host, allow_remote=False) is None


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "", "192.168.1.4", "example.org", "127.0.0.1.example.org"])
def test_check_bind_should_refuse_when_other_computers_could_reach_it(host: str) -> None:
    refusal = check_bind(host, allow_remote=False)
    assert refusal is not None
    assert refusal.code == "local.bind"
    assert "no log-in" in refusal.sentence
    assert check_bind(host, allow_remote=True) is None


@pytest.mark.parametrize(
    ("header", "fine"),
    [
        ("127.0.0.1:3978", True),
        ("localhost", True),
        ("[::1]:3978", True),
        ("LocalHost:1", True),
        ("chat.council.test", True),
        ("evil.example", False),
        ("127.0.0.1.evil.example:3978", False),
        ("localhost.", False),
        ("evil@127.0.0.1", False),
        ("", False),
    ],
)
def test_host_should_be_believed_only_when_it_names_this_computer(header: str, fine: bool) -> None:
    assert host_allowed(header, {"chat.council.test"}) is fine


@pytest.mark.parametrize(
    ("origin", "fetch_site", "fine"),
    [
        ("http://127.0.0.1:3978", "same-origin", True),
        ("https://127.0.0.1:3978", None, True),
        (None, "same-origin", True),
        (None, None, True),
        ("http://127.0.0.1:8080", None, False),
        ("http://evil.example", None, False),
        ("null", None, False),
        (None, "cross-site", False),
        (None, "same-site", False),
        (None, "none", False),
        ("http://127.0.0.1:3978", "cross-site", False),
    ],
)
def test_change_should_be_believed_only_when_our_own_page_sent_it(
    origin: str | None, fetch_site: str | None, fine: bool
) -> None:
    assert same_site(origin, fetch_site, "127.0.0.1:3978") is fine


def test_seal_should_read_back_what_it_wrote() -> None:
    seal = Seal(b"k" * 32)
    visit = seal.new("0199-abc")
    assert seal.read(seal.write(visit)) == visit


@pytest.mark.parametrize("cookie", [None, "", "a.b", "a.b.c", "a.b.c.d", "é.b.c"])
def test_seal_should_read_nothing_when_the_cookie_is_not_ours(cookie: str | None) -> None:
    assert Seal(b"k" * 32).read(cookie) is None


def test_seal_should_read_nothing_when_the_colleague_was_changed() -> None:
    seal = Seal(b"k" * 32)
    written = seal.write(Visit("v", "c-priya"))
    assert seal.read(written.replace("c-priya", "c-dana")) is None
    assert Seal(b"x" * 32).read(written) is None


def test_token_should_hold_for_one_browser_and_one_colleague() -> None:
    seal = Seal(b"k" * 32)
    token = seal.token(Visit("v", "c-dana"))
    assert seal.token_holds(Visit("v", "c-dana"), token)
    assert not seal.token_holds(Visit("v", "c-priya"), token)
    assert not seal.token_holds(Visit("w", "c-dana"), token)
    assert not seal.token_holds(Visit("v", "c-dana"), "")
    assert not seal.token_holds(Visit("v", "c-dana"), "é")


def test_cookie_name_should_differ_when_two_chats_run_on_one_computer() -> None:
    assert Seal(b"k" * 32).cookie != Seal(b"x" * 32).cookie
