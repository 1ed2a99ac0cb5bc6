"""A real browser for the tests in this folder, driven by playwright's async interface.

Async because the sync one keeps an event loop running in the test's thread, where pytest-asyncio then cannot
start its own. The tests of this folder share one event loop, because a playwright browser belongs to the
loop that started it.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Browser, async_playwright, expect

from tests.town import Town, open_town

HERE = Path(__file__).parent
expect.set_options(timeout=20_000)  # a machine that is busy with other things is slow, not wrong
COMMANDS = (
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "msedge",
    "microsoft-edge",
)
PLACES = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
    "C:/Program Files/Google/Chrome/Application/chrome.exe",
    "C:/Program Files (x86)/Google/Chrome/Application/chrome.exe",
    "C:/Program Files (x86)/Microsoft/Edge/Application/msedge.exe",
)
# Nothing here may ask another host for anything, least of all for an update.
FLAGS = (
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-gpu",
    "--disable-quic",
    "--disable-sync",
    "--no-first-run",
)


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark this folder's tests: they need a browser, and its one event loop."""
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.browser)
            item.add_marker(pytest.mark.asyncio(loop_scope="session"), append=False)


def find_browser(own: str) -> str | None:
    """The path of a Chromium, Chrome or Edge, if any; `own` is where playwright would keep one."""
    found = (shutil.which(command) for command in COMMANDS)
    return next((path for path in (*found, *PLACES, own) if path and Path(path).exists()), None)


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def chromium() -> AsyncIterator[Browser]:
    """One browser for the session, with a fresh profile. `await chromium.new_context(...)` is a fresh person.

    Where there is no browser: skipped here, a failure in CI.
    """
    async with async_playwright() as playwright:
        path = find_browser(playwright.chromium.executable_path)
        if path is None:
            missing = (
                "The browser tests need Chromium, Chrome or Edge: install one of them to run these tests."
            )
            if os.environ.get("CI"):
                pytest.fail(missing, pytrace=False)
            pytest.skip(missing)
        # Chromium refuses its sandbox to root; for everybody else it stays on.
        root = os.name != "nt" and os.geteuid() == 0
        browser = await playwright.chromium.launch(
            executable_path=path, headless=True, chromium_sandbox=not root, args=list(FLAGS)
        )
        yield browser
        await browser.close()


@pytest_asyncio.fixture(loop_scope="session")
async def town(migrated_sqlite_url: str, tmp_path: Path) -> AsyncIterator[Town]:
    """The sample council on SQLite: what `make run` starts."""
    async with open_town(migrated_sqlite_url, tmp_path) as one:
        yield one
