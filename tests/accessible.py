"""Whether a PDF can be read by everybody: the machine-checkable rules of PDF/UA-1, and what we ask for besides."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

import page
from pypdf import PdfReader

LANGUAGE = "en-GB"


def faults(pdf: bytes) -> list[str]:
    """What stands in a reader's way; empty for a PDF without a fault."""
    report = page.validate_pdf_bytes(pdf, profile=page.ValidationProfile.PDF_UA_1)
    return [f"{one.rule_id}: {one.message}" for one in report.failures] + _besides(pdf)


def _besides(pdf: bytes) -> list[str]:
    """The rules of the standard have no opinion on these: a British language, a title, headers over each table."""
    reader = PdfReader(io.BytesIO(pdf))
    root: Any = reader.trailer["/Root"]
    found = [] if root.get("/Lang") == LANGUAGE else [f"its language is {root.get('/Lang')}"]
    found += [] if reader.metadata and reader.metadata.title else ["it has no title"]
    tags = list(elements(root.get("/StructTreeRoot")))
    found += [] if any(tag["/S"] == "/H1" for tag in tags) else ["it has no heading"]
    for table in (tag for tag in tags if tag["/S"] == "/Table"):
        inside = [tag["/S"] for tag in elements(table)]
        found += [] if "/TH" in inside else ["a table has no header cells"]
    return found


def elements(node: Any) -> Iterator[Any]:
    """Every element of the structure tree under a node, the node itself included."""
    node = node.get_object() if hasattr(node, "get_object") else node
    if isinstance(node, list):
        for one in node:
            yield from elements(one)
    elif isinstance(node, dict):
        if "/S" in node:
            yield node
        if "/K" in node:
            yield from elements(node["/K"])
