"""A name, or a stranger's file name, commands no terminal: neither by what is printed nor by an error's words."""

from __future__ import annotations

import json
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vigtool.cli.answer import Answer, fail, say
from vigtool.cli.plain_text import for_json, for_terminal
from vigtool.errors import InvalidRecord

HOSTILE = "\x1b]0;owned\x07\x1b[2J\x9b31mMina\u202egnp.exe\u2066\u2028\r\nall is well\x7f"


def commands(text: str) -> list[str]:
    turning = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u2028\u2029"
    return [sign for sign in text if sign in turning or unicodedata.category(sign) == "Cc"]


def test_a_name_commands_no_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    say(Answer({"name": HOSTILE}, [f"F-0001  {HOSTILE}", "F-0002  مينا"]), as_json=False)
    out = capsys.readouterr().out
    assert commands(out) == ["\n", "\n"]
    first, second = out.splitlines()
    assert first.startswith("F-0001  \\x1b]0;owned")
    assert "Mina" in first
    assert second == "F-0002  مينا"


def test_neither_does_a_document_and_it_says_the_same(capsys: pytest.CaptureFixture[str]) -> None:
    data = {"name": HOSTILE, HOSTILE: [HOSTILE, "مينا", "\U0001f476"]}
    say(Answer(data), as_json=True)
    out = capsys.readouterr().out
    assert set(commands(out)) == {"\n"}
    assert json.loads(out) == data
    assert "مينا" in out


@pytest.mark.parametrize("as_json", [False, True])
def test_nor_do_the_words_of_an_error(capsys: pytest.CaptureFixture[str], as_json: bool) -> None:
    fail(InvalidRecord(f"no {HOSTILE}", HOSTILE), as_json=as_json)
    said = capsys.readouterr()
    assert set(commands(said.out + said.err)) == {"\n"}
    assert len(said.err.splitlines()) == 2


@given(st.text())
def test_only_what_commands_is_changed(text: str) -> None:
    line = for_terminal(text)
    assert commands(line) == []
    if not commands(text):
        assert line == text
    assert json.loads(for_json(json.dumps(text, ensure_ascii=False))) == text
