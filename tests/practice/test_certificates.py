"""Reading certificates back: what the program writes is read, in every shape people give it, and nothing else is."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vigtool.casework.erasure import Erasure, certificate_text
from vigtool.errors import InvalidRecord
from vigtool.ids import new_id
from vigtool.practice.certificates import LONGEST, read_certificates

ids = st.binary(min_size=16, max_size=16).map(bytes.hex)
words = st.text(
    st.characters(categories=("L", "N", "P")), min_size=1, max_size=12
)  # fmt: skip
reasons = st.lists(words, min_size=1, max_size=12).map(" ".join)


@st.composite
def erasures(draw: st.DrawFn) -> Erasure:
    family = draw(ids)
    return Erasure(
        id=draw(ids),
        what=family if draw(st.booleans()) else draw(ids.filter(lambda one: one != family)),
        family=family,
        reason=draw(reasons),
        on=draw(st.dates()),
        by=draw(ids),
        erased=tuple(draw(st.lists(ids, max_size=4))),
        files=draw(st.integers(0, 999)),
        recoverable_until=draw(st.none() | st.dates()),
        keys=draw(st.integers(0, 999)),
    )


@given(made=erasures(), vault=ids, finished=st.booleans(), on_server=st.booleans())
def test_every_certificate_that_is_written_is_read(
    made: Erasure, vault: str, *, finished: bool, on_server: bool
) -> None:
    (read,) = read_certificates(certificate_text(made, vault, finished=finished, on_server=on_server))
    assert (read.id, read.vault, read.what, read.family, read.on, read.by) == (
        made.id, vault, made.what, made.family, made.on, made.by,
    )  # fmt: skip
    assert (read.reason, read.records, read.files, read.keys) == (
        " ".join(made.reason.split()), len(made.erased), made.files, made.keys,
    )  # fmt: skip
    assert read.of_family is made.of_family
    assert made.reason not in repr(read) or made.reason in repr(replace(read, reason=""))


VAULT, WHAT, FAMILY = new_id(), new_id(), new_id()
ERASURE = Erasure(
    id=new_id(), what=WHAT, family=FAMILY, reason="the family asked for it", on=date(2026, 11, 3), by=new_id(),
    erased=(WHAT,), files=1, keys=2,
)  # fmt: skip
TEXT = certificate_text(ERASURE, VAULT, finished=True)
FACTS = TEXT.split("\nHow")[0]


def test_what_people_do_to_text_does_not_matter() -> None:
    (plain,) = read_certificates(TEXT)
    for shape in (
        TEXT.replace("\n", "\r\n"),
        "\ufeff\n\n  " + TEXT,
        FACTS,
        "\n\n".join(f"   {line}" for line in FACTS.splitlines()),
        FACTS.upper(),
        FACTS.replace("the family asked for it", "the family\n              asked for it"),
        "\n".join(" ".join(line.split()) for line in TEXT.splitlines()),
    ):
        (read,) = read_certificates(shape)
        assert replace(read, reason=read.reason.casefold()) == plain


def test_several_come_one_after_the_other() -> None:
    other = replace(ERASURE, id=new_id(), what=FAMILY)
    read = read_certificates(TEXT + "\n\n" + certificate_text(other, VAULT, finished=False))
    assert [(one.what, one.of_family) for one in read] == [(WHAT, False), (FAMILY, True)]


@pytest.mark.parametrize(
    "spoilt",
    [
        "",
        "   \n",
        "Dear Sam,\n" + TEXT,
        "> " + TEXT.replace("\n", "\n> "),
        TEXT.replace("Certificate of erasure", "Certificate of birth"),
        "Certificate of erasure",
        "\n".join(line for line in TEXT.splitlines() if not line.startswith("vault")),
        "\n".join(line for line in TEXT.splitlines() if not line.startswith("keys")),
        TEXT.replace(WHAT, WHAT[:-1]),
        TEXT.replace(WHAT, WHAT + "0"),
        TEXT.replace(WHAT, "z" + WHAT[1:]),
        TEXT.replace(f"film {WHAT}", f"reel {WHAT}"),
        TEXT.replace(f"film {WHAT}", f"film {WHAT} and {FAMILY}"),
        TEXT.replace(f"film {WHAT}", f"family {WHAT}"),
        TEXT.replace(f"film {WHAT}", f"film {FAMILY}"),
        TEXT.replace("2026-11-03", "2026-11-31"),
        TEXT.replace("2026-11-03", "3 November 2026"),
        TEXT.replace("records       1", "records       one"),
        TEXT.replace("records       1", "records       -1"),
        TEXT.replace("keys          2", "keys          ٢"),
        TEXT.replace("of family", "of families"),
        FACTS.replace("vault ", "of family", 1),
        TEXT + "\nCertificate of erasure\n",
        TEXT + "x" * LONGEST,
    ],
)  # fmt: skip
def test_anything_else_is_refused_with_a_hint(spoilt: str) -> None:
    with pytest.raises(InvalidRecord) as refused:
        read_certificates(spoilt)
    assert refused.value.hint
    assert WHAT not in str(refused.value), "a message goes into places where no id belongs"


@given(place=st.integers(0, len(FACTS) - 1), letter=st.characters(min_codepoint=33, max_codepoint=126))
def test_one_wrong_letter_never_names_something_without_saying_so(place: int, letter: str) -> None:
    spoilt = FACTS[:place] + letter + FACTS[place + 1 :]
    try:
        (read,) = read_certificates(spoilt)
    except InvalidRecord:
        return
    assert read.what in spoilt.casefold()
    assert read.family in spoilt.casefold()
