"""The page's own script, styles and mark: read once, served with their types.

Their address names their content. Because it changes whenever a file does, a browser may keep them for good
and never mixes two releases.
"""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

_TYPES = {
    ".js": "text/javascript",
    ".css": "text/css",
    ".svg": "image/svg+xml",
}
FOREVER = "public, max-age=31536000, immutable"
ASK_AGAIN = "no-cache"


@dataclass(frozen=True, slots=True)
class StaticFile:
    """A file's bytes and its media type."""

    body: bytes
    content_type: str


class StaticFiles:
    """Every file of `folder` that has a known type. `release` names their content."""

    def __init__(self, folder: Path) -> None:
        self._files = {
            path.name: StaticFile(path.read_bytes(), _TYPES[path.suffix])
            for path in sorted(folder.iterdir())
            if path.suffix in _TYPES
        }
        digest = sha256()
        for name, file in self._files.items():
            digest.update(name.encode() + b"\0" + file.body)
        self.release = digest.hexdigest()[:12]

    def get(self, name: str) -> StaticFile | None:
        """The file, or None. Names are looked up, never joined to a path."""
        return self._files.get(name)

    def keep(self, release: str) -> str:
        """The Cache-Control of a file asked for under this release."""
        return FOREVER if release == self.release else ASK_AGAIN
