"""A published summary as plain data that JSON can hold, and back: what was published once is kept as it was (R39)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from policy.small_numbers import Published, PublishedList, PublishedTable, Shown
from policy.summary import Summary

_NUMBERS = ("incidents", "cases", "appeals_received", "overdue_reviews")
_LISTS = ("by_month", "by_category", "by_action", "appeals")


def to_data(summary: Summary) -> dict[str, Any]:
    """A shown number as itself, any other as its word: "fewer", "hidden", "unknown"."""
    table = summary.consistency
    return {
        "first": summary.first.isoformat(),
        "last": summary.last.isoformat(),
        **{name: _number(getattr(summary, name)) for name in _NUMBERS},
        **{name: _list(getattr(summary, name)) for name in _LISTS},
        "consistency": {
            "rows": list(table.rows),
            "columns": list(table.columns),
            "cells": [[_number(cell) for cell in line] for line in table.cells],
            "row_totals": [_number(one) for one in table.row_totals],
            "column_totals": [_number(one) for one in table.column_totals],
            "total": _number(table.total),
            "withheld": table.withheld,
        },
        "median_days": summary.median_days_to_decision,
    }


def from_data(data: Mapping[str, Any]) -> Summary:
    """The summary that `to_data` wrote down."""
    table = data["consistency"]
    numbers = {name: _published(data[name]) for name in _NUMBERS}
    lists = {name: _published_list(data[name]) for name in _LISTS}
    return Summary(
        first=date.fromisoformat(data["first"]),
        last=date.fromisoformat(data["last"]),
        incidents=numbers["incidents"],
        cases=numbers["cases"],
        by_month=lists["by_month"],
        by_category=lists["by_category"],
        by_action=lists["by_action"],
        consistency=PublishedTable(
            tuple(table["rows"]),
            tuple(table["columns"]),
            tuple(tuple(_published(cell) for cell in line) for line in table["cells"]),
            tuple(_published(one) for one in table["row_totals"]),
            tuple(_published(one) for one in table["column_totals"]),
            _published(table["total"]),
            table["withheld"],
        ),
        appeals_received=numbers["appeals_received"],
        appeals=lists["appeals"],
        overdue_reviews=numbers["overdue_reviews"],
        median_days_to_decision=data["median_days"],
    )


def _number(one: Published) -> int | str:
    return one.how.value if one.value is None else one.value


def _published(one: int | str) -> Published:
    return Published(Shown.NUMBER, one) if isinstance(one, int) else Published(Shown(one))


def _list(one: PublishedList) -> dict[str, Any]:
    return {
        "labels": list(one.labels),
        "counts": [_number(count) for count in one.counts],
        "total": _number(one.total),
        "withheld": one.withheld,
    }


def _published_list(data: Mapping[str, Any]) -> PublishedList:
    counts = tuple(_published(one) for one in data["counts"])
    return PublishedList(tuple(data["labels"]), counts, _published(data["total"]), data["withheld"])
