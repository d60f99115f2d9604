"""Tables that other programs read back as they were."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vigtool.export.tables import WRITERS, Row, write_csv, write_json

CELLS = st.one_of(st.text(), st.integers(), st.booleans(), st.none())
TABLES = st.lists(st.fixed_dictionaries({"mark": CELLS, "note": CELLS, "start": st.integers()}))


def written(form: str, rows: Sequence[Row]) -> bytes:
    out = io.BytesIO()
    WRITERS[form](rows, out)
    return out.getvalue()


@given(TABLES)
def test_json_comes_back_as_it_was(rows: list[Row]) -> None:
    assert json.loads(written("json", rows)) == rows


@given(TABLES)
def test_csv_comes_back_as_it_was_but_for_formulas(rows: list[Row]) -> None:
    text = written("csv", rows).decode("utf-8-sig")
    back = list(csv.DictReader(io.StringIO(text, newline="")))
    assert len(back) == len(rows)
    for row, found in zip(rows, back, strict=True):
        assert found["start"] == str(row["start"])
        note = row["note"]
        if isinstance(note, str):
            assert found["note"].removeprefix("'") == note.removeprefix("'")
            assert not found["note"].startswith(("=", "+", "-", "@", "\t", "\r", "\n"))


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1"])
def test_no_text_becomes_a_formula(text: str) -> None:
    data = written("csv", [{"note": text}]).decode("utf-8-sig")
    assert next(csv.DictReader(io.StringIO(data, newline="")))["note"] == "'" + text


def test_csv_as_it_lies_on_the_disk() -> None:
    rows: list[Row] = [{"note": 'ابتسمت "now", yes', "start": -5, "star": True, "chain": None}]
    assert written("csv", rows) == (
        b"\xef\xbb\xbfnote,start,star,chain\r\n" + '"ابتسمت ""now"", yes",-5,true,\r\n'.encode()
    )


def test_empty_tables() -> None:
    assert written("json", []) == b"[]\n"
    assert written("csv", []) == b"\xef\xbb\xbf"


def test_rows_that_do_not_fit_are_refused() -> None:
    with pytest.raises(ValueError, match="columns"):
        write_csv([{"a": 1}, {"b": 1}], io.BytesIO())
    write_json([{"a": 1}, {"b": 1}], io.BytesIO())
