"""The app package: what stands in it is what the code answers, and Microsoft's own schema takes it."""

from __future__ import annotations

import json
import struct
import zlib
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import jsonschema
import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer
from typer.testing import CliRunner

from bot.cli import app
from bot.teams import icons
from bot.teams.about import about
from bot.teams.actions import ACTIONS
from bot.teams.manifest import ABOUT, commands, manifest, package
from handlers.table import TABLE

ROOT = Path(__file__).parent.parent.parent
URL, APP = "https://civility.example", "5f0c3f6e-0c61-4a55-9d1c-7f2f6f3f9a10"


def made() -> dict[str, Any]:
    return manifest(URL, APP, version="1.0.0")


def test_file_should_be_what_the_code_makes() -> None:
    text = (ROOT / "manifests" / "teams.json").read_text(encoding="utf-8")
    whole = json.dumps(made(), ensure_ascii=False, indent=2) + "\n"
    assert text == whole, "write manifests/teams.json anew: python -m tests.teams.test_manifest"


def test_microsofts_own_schema_should_take_it() -> None:
    assert problems(made()) == []
    assert problems(manifest(f"{URL}:8443/here/", APP.upper(), version="0.1.0", council="W" * 60)) == []


def test_microsofts_own_schema_should_refuse_what_is_wrong() -> None:
    wrong = made()
    wrong["name"]["short"] = "x" * 31
    wrong["bots"][0]["commandLists"][0]["triggers"] = ["shout"]
    wrong["composeExtensions"][0]["commands"][0]["title"] = "x" * 33
    assert len(problems(wrong)) == 3


def problems(data: dict[str, Any]) -> list[str]:
    """What the published schema (MIT licence, beside it) has against a manifest."""
    text = (Path(__file__).parent / "schemas" / "manifest.schema.1.29.json").read_text(encoding="utf-8")
    found = jsonschema.Draft4Validator(json.loads(text)).iter_errors(data)
    return [f"{one.json_path}: {one.message}" for one in found]


def test_commands_should_be_those_the_journeys_answer() -> None:
    words = {title.split()[0] for title, _ in commands()}
    assert words <= set(TABLE.commands)
    # `home` is the App Home's; everything else that can be typed is offered.
    assert set(TABLE.commands) - words <= {"", "home"}
    lists = made()["bots"][0]["commandLists"]
    assert [(one["scopes"], one["triggers"]) for one in lists] == [
        (["personal"], ["mention"]),
        (["team", "groupChat"], ["mention"]),
        (["team", "groupChat"], ["slash"]),
    ]
    assert [one["title"] for one in lists[2]["commands"]] == ["incident"]


def test_actions_should_stand_where_a_colleague_looks_for_them() -> None:
    offered = made()["composeExtensions"][0]["commands"]
    assert {one["id"]: (one["title"], one["context"], one["type"], one["fetchTask"]) for one in offered} == {
        name: (one.title, list(one.contexts), "action", True) for name, one in ACTIONS.items()
    }
    assert [one["context"] for one in offered if one["title"] == "Report this message"] == [["message"]]
    assert [one["context"] for one in offered if one["title"] == "Report an incident"] == [
        ["compose", "commandBox"]
    ]


def test_addresses_should_be_of_this_server_and_ask_for_nothing_more() -> None:
    data = manifest(f"{URL}/", APP, version="1.0.0", council="Workington Town Council")
    assert data["validDomains"] == ["civility.example"]
    assert {value.partition("#")[0] for name, value in data["developer"].items() if name != "name"} == {
        URL + ABOUT
    }
    assert data["developer"]["name"] == "Workington Town Council"
    assert (data["id"], data["bots"][0]["botId"]) == (APP, APP)
    assert "authorization" not in data
    assert "webApplicationInfo" not in data


@pytest.mark.parametrize("url", ["http://civility.example", "civility.example", "", "https://"])
def test_address_should_be_refused_when_teams_could_not_reach_it(url: str) -> None:
    with pytest.raises(ValueError, match="https addresses only"):
        manifest(url, APP, version="1.0.0")


@pytest.mark.parametrize("app_id", ["", "abc", APP + "0", APP.replace("-", "")])
def test_app_id_should_be_refused_when_it_is_none(app_id: str) -> None:
    with pytest.raises(ValueError, match="client"):
        manifest(URL, app_id, version="1.0.0")


def test_package_should_hold_the_manifest_and_two_icons_and_be_the_same_each_time() -> None:
    data = package(made())
    assert data == package(made())
    with ZipFile(BytesIO(data)) as whole:
        assert whole.namelist() == ["manifest.json", "color.png", "outline.png"]
        assert json.loads(whole.read("manifest.json")) == made()
        assert whole.read("color.png") == icons.color()


def test_icons_should_be_of_the_size_and_kind_teams_asks_for() -> None:
    size, dots = picture(icons.color())
    assert size == 192
    assert {dot[3] for dot in dots} == {255}
    assert {(11, 92, 91), (255, 255, 255)} <= {dot[:3] for dot in dots}
    size, dots = picture(icons.outline())
    assert size == 32
    assert {dot[:3] for dot in dots} == {(255, 255, 255)}, "white on nothing"
    assert {0, 255} <= {dot[3] for dot in dots}


def picture(png: bytes) -> tuple[int, list[tuple[int, ...]]]:
    """The size of a square PNG as we write it, and its dots."""
    assert png.startswith(b"\x89PNG\r\n\x1a\n")
    wide, high = struct.unpack(">II", png[16:24])
    assert wide == high
    start = png.index(b"IDAT")
    (length,) = struct.unpack(">I", png[start - 4 : start])
    rows = zlib.decompress(png[start + 4 : start + 4 + length])
    step = wide * 4 + 1
    dots = [
        tuple(rows[y * step + 1 + x * 4 : y * step + 5 + x * 4]) for y in range(high) for x in range(wide)
    ]
    return wide, dots


def test_command_line_should_write_the_package(tmp_path: Path) -> None:
    out = tmp_path / "app.zip"
    said = CliRunner().invoke(app, ["manifest", "teams", "--url", URL, "--app-id", APP, "--out", str(out)])
    assert said.exit_code == 0, said.output
    with ZipFile(out) as whole:
        assert json.loads(whole.read("manifest.json"))["bots"][0]["botId"] == APP


@pytest.mark.parametrize(
    "asked", [["--url", URL], ["--app-id", APP], ["--url", "http://a.example", "--app-id", APP]]
)
def test_command_line_should_say_what_is_missing(asked: list[str], tmp_path: Path) -> None:
    out = tmp_path / "app.zip"
    said = CliRunner().invoke(app, ["manifest", "teams", *asked, "--out", str(out)])
    assert said.exit_code == 2
    assert "--app-id" in said.output
    assert not out.exists()


async def test_page_behind_the_links_should_say_what_is_kept() -> None:
    server = web.Application()
    server.router.add_get(ABOUT, about)
    async with TestClient(TestServer(server)) as client:
        got = await client.get(ABOUT)
        text = await got.text()
    assert got.status == 200
    assert 'id="privacy"' in text
    assert 'id="terms"' in text
    assert "default-src 'none'" in got.headers["Content-Security-Policy"]


if __name__ == "__main__":
    whole = json.dumps(made(), ensure_ascii=False, indent=2) + "\n"
    (ROOT / "manifests" / "teams.json").write_text(whole, encoding="utf-8")
