"""Makes the vault of format 2 that is to be kept in tests/vectors, with what each of its users must read from it.

    python tools/make_vault_2_vector.py tests/vectors/vault-2

Three users, a family that is shared and was re-keyed, one that was erased, consents given and withdrawn. Like the vault
of format 1, it is made once, when the format is final, and never again. All its names are invented.
"""

from __future__ import annotations

import hashlib
import io
import json
import sys
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

if __name__ == "__main__":  # a script finds its own folder only
    sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from tools.make_vault_vector import FILM, MARK, PASSPHRASE, Ticking, casework, exits, film_of, marks, numbered, people
from tools.make_vault_vector import plain as as_json
from vigtool.annotate.mark import Mark
from vigtool.casework.consent import Answer, Consent, Scope
from vigtool.casework.erasure import Erasure
from vigtool.casework.family import Family
from vigtool.casework.film import Film
from vigtool.casework.member import StaffRole
from vigtool.ids import Id
from vigtool.practice.colleagues import add_colleague
from vigtool.practice.erasing import erase_family
from vigtool.practice.sharing import rekey_family, share_family
from vigtool.vault import footage, payload
from vigtool.vault.kinds import KINDS
from vigtool.vault.moments import utc_text
from vigtool.vault.passphrases import LEAST_COST
from vigtool.vault.vault import Vault

THEIR_WORDS = {"supervisor": "Ólafs grønne 15 slør på bordet", "lead": "пятнадцать синих слов на столе"}
DAY = date(2026, 5, 20)


def _families(vault: Vault) -> tuple[Family, Family]:
    """One to be shared, one to be erased; each with a film."""
    family = Family(id=numbered(1), code="F-0007", name="Nadia & Mina", opened=date(2026, 5, 1), place="Köln")
    other = Family(id=numbered(21), code="F-0008", name="Jo and Bo", opened=date(2026, 1, 1))
    with vault.transaction("families") as writer:
        for one in (family, other):
            writer.open_domain(one.id)
            writer.add(one)
    return family, other


def _fill(vault: Vault, family: Family, other: Family) -> None:
    sealed = footage.seal_in(vault, io.BytesIO(FILM), len(FILM), family.id, lambda *_: None, lambda: False)
    gone = footage.seal_in(vault, io.BytesIO(FILM[:999]), 999, other.id, lambda *_: None, lambda: False)
    asked: dict[str, Any] = {
        "family": family.id, "signed_by": numbered(3), "signed_as": "mother", "for_persons": (numbered(3), numbered(2)),
        "on": date(2026, 5, 3),
    }  # fmt: skip
    answers = [(Scope.SUPERVISION, Answer.YES), (Scope.TRAINING, Answer.YES), (Scope.TRAINING, Answer.WITHDRAWN)]
    with vault.transaction("everything") as writer:
        writer.keep_footage(sealed, family.id)
        writer.keep_footage(gone, other.id)
        film = film_of(family.id, sealed)
        records = [*people(family.id), *casework(family.id, film), *marks(vault.user_id), *exits(vault.user_id)]
        for value in records:
            writer.add(value)
        for number, (scope, answer) in enumerate(answers):
            writer.add(Consent(id=numbered(40 + number), scope=scope, answer=answer, entered=2 + number, **asked))
        writer.add(replace(film, id=numbered(30), family=other.id, footage=gone, session=None, cycle=None, persons=()))
    with vault.transaction("changes") as writer:
        mark = vault.get(Mark, MARK)
        writer.change(mark, replace(mark.value, star=True))


def make(folder: Path) -> None:
    """Write the vault and `expected.json` beside it."""
    clock = Ticking()
    with Vault.create(folder / "vault", PASSPHRASE, name="Sam Ó Briain", cost=LEAST_COST, clock=clock) as vault:
        family, other = _families(vault)
        _fill(vault, family, other)
        users = {"practitioner": vault.user_id}
        for name, role in (("supervisor", StaffRole.SUPERVISOR), ("lead", StaffRole.LEAD)):
            words, label = THEIR_WORDS[name], f"Ó {name}"
            made = add_colleague(
                vault, name=f"Þóra, {name}", roles=[role], passphrase=words, label=label, on=DAY, cost=LEAST_COST
            )
            users[name] = made.user
        share_family(vault, family.id, users["supervisor"], on=DAY)
        rekey_family(vault, family.id)
        erase_family(vault, other.id, reason="its time is over", on=DAY)
    said: dict[str, Any] = {"users": {}}
    for name, user in users.items():
        words = THEIR_WORDS.get(name, PASSPHRASE)
        with Vault.open(folder / "vault", words, user=user, clock=clock) as vault:
            said["vault"] = vault.vault_id
            said["users"][name] = {"id": user, "passphrase": words, **seen_by(vault)}
    said["erased"] = [other.id, numbered(30)]
    (folder / "expected.json").write_text(json.dumps(said, indent=1, ensure_ascii=True) + "\n", encoding="ascii")


def seen_by(vault: Vault) -> dict[str, Any]:
    """All that one user reads, fields as the format writes them."""
    heads: dict[Id, Any] = {}
    for kind in KINDS:
        stored_of_kind: list[Any] = vault.all(kind.cls)
        for stored in stored_of_kind:
            heads[stored.id] = {
                "kind": stored.kind,
                "revision": stored.revision,
                "domain": stored.domain,
                "parent": stored.parent,
                "owner": stored.owner,
                "created": utc_text(stored.created),
                "edited": utc_text(stored.edited),
                "record": as_json(payload.to_map(stored.value, kind.schema)),
            }
    films = {}
    for stored in vault.all(Film):
        with footage.opener(vault, stored.value.footage, stored.domain)() as opened:
            films[stored.id] = hashlib.sha256(opened.read()).hexdigest()
    certificates = sorted(each for stored in vault.all(Erasure) for each in stored.value.erased)
    return {"heads": heads, "films": films, "certified": certificates}


if __name__ == "__main__":
    make(Path(sys.argv[1]))
