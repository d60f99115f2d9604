"""The built-in scheme is whole, and a file with a fault is refused at its place."""

from __future__ import annotations

import re

import pytest

from vigtool import resources
from vigtool.annotate.mark import Lane
from vigtool.annotate.scheme import Scheme
from vigtool.annotate.scheme_file import built_in, find, load
from vigtool.errors import SchemeError

SMALL = """
format = 1
id = "small"
version = 3
title = "Small"
language = "en-GB"
credit = "ours"

[[pairing]]
initiative = ["b"]
reception = ["p.echo", "p.wait"]

[[group]]
id = "b"
digit = 0
name = "Baby"
title = "Baby starts"
who = "baby"
[[group.code]]
id = "b.look"
letter = "L"
label = "looks"
help = "looks at a face"
caption = "{baby} looked at you."
[[group.code]]
id = "b.hush"
letter = "H"
label = "is not heard"
help = "nobody answers"
caption = "-"
parent_safe = false

[[group]]
id = "p"
digit = 3
name = "Parent"
title = "Parent answers"
who = "parent"
[[group.code]]
id = "p.echo"
letter = "E"
label = "copies"
help = "copies a sound"
caption = "You copied {baby}."
[[group.code]]
id = "p.wait"
letter = "W"
label = "both wait"
help = "both wait"
caption = "You waited."
who = "together"
"""


@pytest.fixture
def small() -> Scheme:
    return load(SMALL)


def test_scheme_is_read_as_it_is_written(small: Scheme) -> None:
    assert (small.id, small.version, small.title, small.language, small.credit) == (
        "small",
        3,
        "Small",
        "en-GB",
        "ours",
    )
    assert [code.id for code in small.codes] == ["b.look", "b.hush", "p.echo", "p.wait"]
    assert [code.lane for code in small.codes] == [Lane.BABY, Lane.BABY, Lane.PARENT, Lane.TOGETHER]
    assert [code.parent_safe for code in small.codes] == [True, False, True, True]
    assert small.code("p.wait").group == "p"
    assert small.has("b.look")
    assert not small.has("b")


def test_keys_find_their_code(small: Scheme) -> None:
    assert small.by_keys(0, "l") is small.code("b.look")
    assert small.by_keys(0, "L") is small.code("b.look")
    assert small.by_keys(3, "L") is None
    assert (found := small.group(3)) is not None
    assert found.id == "p"
    assert small.group(1) is None


def test_pairing_goes_one_way(small: Scheme) -> None:
    assert small.answers("b.hush", "p.echo")
    assert not small.answers("p.echo", "b.hush")
    assert not small.answers(None, "p.echo")
    assert not small.answers("b.look", None)


def test_caption_takes_the_name_whatever_it_holds(small: Scheme) -> None:
    look, echo = small.code("b.look"), small.code("p.echo")
    assert look.caption_for() == "Your baby looked at you."
    assert echo.caption_for(" ") == "You copied your baby."
    assert look.caption_for("مينا") == "مينا looked at you."
    assert look.caption_for("{baby} $x \\1") == "{baby} $x \\1 looked at you."


def test_unknown_code_is_refused(small: Scheme) -> None:
    with pytest.raises(SchemeError):
        small.code("b.nod")


FAULTS = [
    ("format = 1", "format = 2", "format"),
    ("format = 1", "format = true", "format"),
    ("format = 1", "", "format is missing"),
    ('id = "small"', "", "id is missing"),
    ('id = "small"', 'id = "Small one"', "the file: id"),
    ("version = 3", "version = 0", "version"),
    ("version = 3", 'version = "3"', "version"),
    ('title = "Small"', 'title = " "', "title"),
    ('title = "Small"', 'title = "a\\nb"', "title"),
    ('language = "en-GB"', 'language = "e"', "language"),
    ('credit = "ours"', 'credit = "ours"\nlicense = "x"', "license is not known"),
    ('initiative = ["b"]', "initiative = []", "pairing 1: initiative"),
    ('initiative = ["b"]', 'initiative = ["x"]', "pairing 1: initiative"),
    ('initiative = ["b"]', "initiative = [1]", "pairing 1: initiative"),
    ('initiative = ["b"]', 'initiative = ["b"]\nwithin = 2', "pairing 1: within"),
    ("digit = 3", "digit = 0", "digit 0 is used twice"),
    ("digit = 3", "digit = 10", "group 2 (p): digit"),
    ("digit = 3", "digit = -1", "group 2 (p): digit"),
    ("digit = 3", "digit = 3\nkey = 3", "group 2 (p): key is not known"),
    ('id = "p"', 'id = "b"', "code 1: id"),
    ('who = "parent"', "", "group 2 (p): who is missing"),
    ('who = "parent"', 'who = "notes"', "group 2 (p): who"),
    ('id = "p.echo"', 'id = "b.echo"', "group 2 (p), code 1: id"),
    ('id = "p.echo"', 'id = "p.wait"', "code id p.wait is used twice"),
    ('letter = "E"', 'letter = "W"', "group 2 (p): the letter W is used twice"),
    ('letter = "E"', 'letter = "e"', "group 2 (p), code 1 (p.echo): letter"),
    ('letter = "E"', 'letter = "EE"', "group 2 (p), code 1 (p.echo): letter"),
    ('label = "copies"', f'label = "{"x" * 25}"', "group 2 (p), code 1 (p.echo): label"),
    ('label = "copies"', 'label = "copies"\ncolour = "red"', "colour is not known"),
    ('caption = "You waited."', 'caption = "{name} waited."', "group 2 (p), code 2 (p.wait): caption"),
    ("parent_safe = false", "parent_safe = 0", "group 1 (b), code 2 (b.hush): parent_safe"),
    ('caption = "-"', 'caption = "-"\nwho = "nobody"', "group 1 (b), code 2 (b.hush): who"),
    ('caption = "-"', "", "caption is missing"),
]


@pytest.mark.parametrize(("right", "wrong", "place"), FAULTS)
def test_fault_is_refused_at_its_place(right: str, wrong: str, place: str) -> None:
    assert right in SMALL
    with pytest.raises(SchemeError, match=re.escape(place)) as refused:
        load(SMALL.replace(right, wrong, 1))
    assert refused.value.hint


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("format = ", "TOML"),
        ("", "format is missing"),
        ("format = 1", "group is missing"),
        ("format = 1\ngroup = [1]", "group 1"),
        ("format = 1\ngroup = 1", "group"),
        (SMALL.partition("[[group.code]]")[0] + "code = []", "group 1 (b): there is no code"),
    ],
)
def test_file_without_shape_is_refused(text: str, place: str) -> None:
    with pytest.raises(SchemeError, match=re.escape(place)):
        load(text)


def test_two_groups_of_one_id_are_refused() -> None:
    twice = SMALL.replace('id = "p"', 'id = "b"').replace('"p.', '"b.').replace("b.echo", "b.two")
    twice = twice.replace('reception = ["b.two", "b.wait"]', 'reception = ["b"]')
    with pytest.raises(SchemeError, match="group id b is used twice"):
        load(twice)


def test_scheme_without_pairings_answers_nothing() -> None:
    start, end = SMALL.index("[[pairing]]"), SMALL.index("[[group]]")
    assert not load(SMALL[:start] + SMALL[end:]).answers("b.look", "p.echo")


def test_built_in_scheme_is_whole() -> None:
    scheme = built_in()
    assert (scheme.id, scheme.version, scheme.title) == ("attuned", 1, "Attuned moments")
    assert [group.digit for group in scheme.groups] == list(range(7))
    assert [len(group.codes) for group in scheme.groups] == [9, 6, 7, 8, 7, 6, 6]
    assert "".join(code.letter for code in scheme.groups[0].codes) == "LVRWSIBFM"
    assert len({code.label for code in scheme.codes}) == len({code.caption for code in scheme.codes}) == 49
    assert all(code.parent_safe for code in scheme.codes)
    assert scheme.answers("b.voice", "rec.echo")
    assert scheme.code("b.voice").lane is Lane.BABY
    assert scheme.code("tog.check").lane is Lane.PARENT


def test_built_in_scheme_never_uses_the_name_of_a_method_on_screen() -> None:
    scheme = built_in()
    shown = [scheme.title, *(words for code in scheme.codes for words in (code.label, code.help, code.caption))]
    assert not any(re.search(r"\bVIG\b|video interaction|AVIG", words, re.IGNORECASE) for words in shown)
    assert "AVIGuk" in scheme.credit


def test_layer_finds_the_scheme_it_was_begun_with() -> None:
    assert find("attuned", 1) is built_in()
    for identity, version in (("attuned", 2), ("other", 1)):
        with pytest.raises(SchemeError):
            find(identity, version)


def test_every_scheme_that_travels_along_can_be_read() -> None:
    names = resources.names("schemes", ".toml")
    assert "attuned-v1.toml" in names
    for name in names:
        scheme = load(resources.read_text("schemes", name))
        assert name == f"{scheme.id}-v{scheme.version}.toml"
