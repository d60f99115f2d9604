"""Makes the small vault that is kept in tests/vectors, with what must be read from it.

    python tools/make_vault_vector.py tests/vectors/vault-1

A vector is made once for each format and never again: it stands for the vaults that people have. All its names are
invented.
"""

from __future__ import annotations

import hashlib
import io
import json
import sys
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction
from pathlib import Path
from typing import Any

from vigtool.annotate.layer import Layer
from vigtool.annotate.mark import Lane, Mark
from vigtool.annotate.reel import Caption, Clip, Reel
from vigtool.casework.consent import Answer, Consent, Scope
from vigtool.casework.copy import Copy, CopyKind, ExitState, Intent
from vigtool.casework.cycle import Cycle
from vigtool.casework.family import Family, Person, Role
from vigtool.casework.film import Film, FilmSound
from vigtool.casework.session import Session, SessionKind
from vigtool.ids import Id
from vigtool.timebase import Span
from vigtool.vault import footage, payload
from vigtool.vault.kinds import kind_of
from vigtool.vault.moments import utc_text
from vigtool.vault.passphrases import LEAST_COST
from vigtool.vault.shapes import FilmIndex, Profile, Setting
from vigtool.vault.vault import Vault

PASSPHRASE = "Zoë tastes “seven” blue $tones"
FILM = hashlib.shake_256(b"a tiny film of bytes that no eye can see").digest(70_001)
BEGIN = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)


class Ticking:
    """A clock that goes on by one second each time it is looked at."""

    def __init__(self) -> None:
        self.now = BEGIN

    def __call__(self) -> datetime:
        self.now += timedelta(seconds=1)
        return self.now


def numbered(number: int) -> Id:
    """An id that is the same each time; real ones are random."""
    return hashlib.sha256(f"vault-1/{number}".encode()).hexdigest()[:32]


MARK, MOMENT, INTENT = numbered(11), numbered(13), numbered(17)


def people(family: Id) -> list[Person]:
    """A parent, a baby and a grandmother, in three scripts."""
    mina, nadia, lin = numbered(2), numbered(3), numbered(4)
    return [
        Person(id=mina, family=family, name="مينا", role=Role.BABY, born=date(2026, 4, 2)),
        Person(
            id=nadia, family=family, name="Nadia O'Neill-“Ñandú”", role=Role.PARENT, relation="mother",
            responsible_for=(mina,),
        ),
        Person(id=lin, family=family, name="林\u3000美玲 👵🏽", role=Role.OTHER, relation="नानी"),
    ]  # fmt: skip


def casework(family: Id, film: Film) -> list[Any]:
    """Everything else that is known of the family, in the order in which it is written."""
    mina, nadia, _ = (person.id for person in people(family))
    about: dict[str, Any] = {"family": family, "signed_by": nadia, "form_version": "2", "on": date(2026, 5, 3)}
    return [
        Consent(
            id=numbered(5), signed_as="mother", for_persons=(nadia, mina), scope=Scope.FILM, answer=Answer.YES, **about
        ),
        Consent(
            id=numbered(6), signed_as="mother", for_persons=(nadia, mina), scope=Scope.COPY, answer=Answer.YES,
            entered=1, recipients=(nadia,), **about,
        ),
        Session(
            id=numbered(7), family=family, number=1, on=date(2026, 5, 3), kind=SessionKind.FIRST_MEETING, minutes=55,
            place="at home,\n2nd floor", present=(nadia, mina),
        ),
        Cycle(id=numbered(8), family=family, number=1, helping_question="How does she tell me “enough”?"),
        film,
    ]  # fmt: skip


def film_of(family: Id, sealed: Any) -> Film:
    """A film of bytes; nobody could watch it."""
    return Film(
        id=numbered(9), family=family, footage=sealed, title="kitchen $HOME", original_name="VID \"1\"\\'.mp4",
        session=numbered(7), cycle=numbered(8), filmed_on=date(2026, 5, 3), persons=(numbered(2), numbered(3)),
        someone_else=False, frames=1800, time_base=Fraction(1, 90000), start=-3003, end=5402397, width=1080,
        height=1920, sound=FilmSound(stream=1, codec="aac", rate=48000, channels=2, start=Fraction(-1, 48000)),
        damage=("the sound ends 0.4 seconds before the picture",),
    )  # fmt: skip


def marks(author: Id) -> list[Any]:
    """A layer, its marks, a frame index, and a reel of one clip."""
    layer, film, chain = numbered(10), numbered(9), numbered(20)
    return [
        Layer(id=layer, film=film, author=author, scheme="attuned", scheme_version=1),
        Mark(
            id=MARK, layer=layer, film=film, span=Span(180180, 270270), lane=Lane.BABY, code="b.voice",
            note="“da?” – then she waits\n…and looks", chain=chain,
        ),
        Mark(
            id=numbered(12), layer=layer, film=film, span=Span(270270, 360360), lane=Lane.PARENT, code="r.words",
            star=True, chain=chain,
        ),
        Mark(id=MOMENT, layer=layer, film=film, span=Span(2**40, 2**40), lane=Lane.NOTES),
        FilmIndex(id=numbered(14), film=film, data=hashlib.shake_256(b"no real index").digest(1500)),
        Reel(
            id=numbered(15), family=numbered(1), author=author, cycle=numbered(8), title="You two",
            clips=(
                Clip(
                    id=numbered(16), mark=numbered(12), film=film, span=Span(180180, 360360),
                    captions=(Caption("en", "You answer with your voice."), Caption("ar", "تجيبين بصوتك")),
                    answers_question=True,
                ),
            ),
        ),
    ]  # fmt: skip


def exits(author: Id) -> list[Any]:
    """An exit that was done, and the copy it made."""
    what: dict[str, Any] = {"family": numbered(1), "source": numbered(15), "kind": CopyKind.REEL, "to": numbered(3)}
    return [
        Intent(id=INTENT, act="reel render", target="/media/stick/reel.mp4", begun=BEGIN, **what),
        Copy(
            id=numbered(18), target="/media/stick/reel.mp4", purpose="to keep", sha256=bytes(range(32)), size=1 << 33,
            persons=(numbered(2), numbered(3)), made=BEGIN + timedelta(seconds=1, microseconds=5), given_by=author,
            **what,
        ),
        Setting(id=numbered(19), name="retention", value="8 years"),
    ]  # fmt: skip


def make(folder: Path) -> None:
    """Write the vault and `expected.json` beside it."""
    with Vault.create(folder / "vault", PASSPHRASE, name="Sam Ó Briain", cost=LEAST_COST, clock=Ticking()) as vault:
        family = Family(
            id=numbered(1), code="F-0007", name="Nadia & Mina", opened=date(2026, 5, 1), place="Köln",
            safe_contact="text before noon; never by post",
        )  # fmt: skip
        other = Family(id=numbered(21), code="F-0008", name="", opened=date(2026, 6, 1), closed=date(2026, 7, 1))
        with vault.transaction("families") as writer:
            for one in (family, other):
                writer.open_domain(one.id)
                writer.add(one)
        sealed = footage.seal_in(vault, io.BytesIO(FILM), len(FILM), family.id, lambda *_: None, lambda: False)
        film = film_of(family.id, sealed)
        with vault.transaction("everything") as writer:
            writer.keep_footage(sealed, family.id)
            records = [*people(family.id), *casework(family.id, film), *marks(vault.user_id), *exits(vault.user_id)]
            for value in records:
                writer.add(value)
        with vault.transaction("changes") as writer:
            mark, moment, begun = vault.get(Mark, MARK), vault.get(Mark, MOMENT), vault.get(Intent, INTENT)
            writer.change(mark, replace(mark.value, star=True))
            writer.remove(moment)
            writer.change(begun, replace(begun.value, state=ExitState.DONE))
        text = json.dumps(expected(vault), indent=1, ensure_ascii=True)
        (folder / "expected.json").write_text(text + "\n", encoding="ascii")


def expected(vault: Vault) -> dict[str, Any]:
    """What must be read from the vault: fields as the format writes them, bytes as hexadecimal digits."""
    heads = {}
    for cls in (
        Family, Person, Consent, Session, Cycle, Film, Layer, Mark, Reel, FilmIndex, Intent, Copy, Profile, Setting
    ):  # fmt: skip
        for stored in vault.all(cls):
            heads[stored.id] = {
                "kind": stored.kind,
                "revision": stored.revision,
                "domain": stored.domain,
                "parent": stored.parent,
                "owner": stored.owner,
                "created": utc_text(stored.created),
                "edited": utc_text(stored.edited),
                "record": plain(payload.to_map(stored.value, kind_of(cls).schema)),
            }
    return {
        "passphrase": PASSPHRASE,
        "vault": vault.vault_id,
        "user": vault.user_id,
        "heads": heads,
        "removed": [MOMENT],
        "film_sha256": hashlib.sha256(FILM).hexdigest(),
        "film_identity": footage.footage_identity(vault, numbered(1)),
    }


def plain(value: Any) -> Any:
    """The value as JSON can say it."""
    if isinstance(value, bytes):
        return value.hex()
    if isinstance(value, dict):
        return {name: plain(part) for name, part in value.items()}
    return [plain(part) for part in value] if isinstance(value, list) else value


if __name__ == "__main__":
    make(Path(sys.argv[1]))
