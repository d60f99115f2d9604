"""Rows for other programs: CSV that spreadsheets read rightly in every script, and JSON.

CSV follows RFC 4180. It begins with a byte order mark, without which Excel takes UTF-8 for something else and spoils
every name; R, pandas (`utf-8-sig`) and LibreOffice skip it. A text that a spreadsheet would run as a formula gets an
apostrophe in front (OWASP, "CSV injection"); numbers stay numbers.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Mapping, Sequence
from typing import BinaryIO, TypeAlias

Cell: TypeAlias = str | int | bool | None
Row: TypeAlias = Mapping[str, Cell]
Writer: TypeAlias = Callable[[Sequence[Row], BinaryIO], None]

_FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def write_csv(rows: Sequence[Row], out: BinaryIO) -> None:
    """Write `rows` under one line of headings; all have the keys of the first, in its order.

    Nothing is an empty cell, yes and no are `true` and `false`. No rows give an empty file (with its mark).

    Raises:
        ValueError: where a row has other keys than the first.
    """
    text = io.StringIO(newline="")
    if rows:
        writer = csv.DictWriter(text, fieldnames=list(rows[0]), lineterminator="\r\n")
        writer.writeheader()
        for row in rows:
            if row.keys() != rows[0].keys():
                message = "the rows of a table have the same columns"
                raise ValueError(message)
            writer.writerow({key: _cell(value) for key, value in row.items()})
    out.write(text.getvalue().encode("utf-8-sig"))


def write_json(rows: Sequence[Row], out: BinaryIO) -> None:
    """Write `rows` as one JSON list of objects, UTF-8, one object a line."""
    lines = ",\n".join("  " + json.dumps(dict(row), ensure_ascii=False) for row in rows)
    out.write((f"[\n{lines}\n]\n" if rows else "[]\n").encode())


WRITERS: dict[str, Writer] = {"csv": write_csv, "json": write_json}


def _cell(value: Cell) -> str | int:
    """A value as it stands in a table."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str) and value.startswith(_FORMULA_SIGNS):
        return "'" + value
    return value
