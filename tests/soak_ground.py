"""The ground of a flow (see `soak_flows`): a folder with a vault, and what must hold of it wherever it was cut."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import select

import vault_case
from vault_case import PASSPHRASE
from vigtool.annotate.mark import Mark
from vigtool.casework.family import Family
from vigtool.casework.film import Film
from vigtool.crypto.passphrase import StretchCost, stretch
from vigtool.errors import WrongPassphrase
from vigtool.practice.backups import check_backup
from vigtool.practice.erasing import erasures
from vigtool.practice.restoring import generations
from vigtool.vault import footage, schema
from vigtool.vault.postgres_engine import on_server
from vigtool.vault.shapes import FilmStandIn
from vigtool.vault.vault import Vault
from vigtool.vault.verify import verify

OTHER_WORDS = "six other words that nobody would guess"
SOURCE = hashlib.shake_256(b"a film that is brought in").digest(150_000)
KNOWN = {
    "vault.db",
    "vault.db-wal",
    "vault.db-shm",
    "vault.lock",
    "vault.holder",
    "README.txt",
    "footage",
    "erased.list",
}

STRETCHED: dict[str, str] = {}
"""What passphrases were stretched to: the same few open the same vault thousands of times here."""


def stretch_once(words: bytes, salt: bytes, cost: StretchCost) -> bytes:
    """Stands in for `crypto.passphrase.stretch`, and keeps what that gave."""
    asked = (words + b"\0" + salt).hex()
    if asked not in STRETCHED:
        STRETCHED[asked] = stretch(words, salt, cost).hex()
    return bytes.fromhex(STRETCHED[asked])


@dataclass(frozen=True)
class Ground:
    """A folder with a vault in it, and what is known of the vault."""

    root: Path

    @property
    def vault(self) -> Path:
        return self.root / "vault"

    @property
    def backup(self) -> Path:
        return self.root / "stick"

    @property
    def known(self) -> dict[str, Any]:
        said: dict[str, Any] = json.loads((self.root / "known.json").read_text(encoding="ascii"))
        return said

    def open(self, words: str = PASSPHRASE) -> Vault:
        return Vault.open(self.vault, words)


def old_vault(ground: Ground) -> Vault:
    """The older vault, open; its records lie on a server where `known` names one."""
    known = ground.known
    records = on_server(known["server"]) if "server" in known else None
    return Vault.open(ground.vault, known["passphrase"], records=records)


def acknowledged(said: Iterable[str], what: str) -> set[str]:
    return {line.split()[1] for line in said if line.split()[0] == what}


def kept(ground: Ground, said: list[str], words: str = PASSPHRASE, without: frozenset[str] = frozenset()) -> list[str]:
    """Open it as the next start would, and look at everything. `without`: what is not there any more by intention."""
    known = ground.known
    with closing(Vault.open(ground.vault, words)) as vault:
        wrong = [finding.what for finding in verify(vault, vault_case.silent, vault_case.never)]
        marks = {stored.id for stored in vault.all(Mark)}
        films = {stored.id: stored.value for stored in vault.all(Film)}
        wanted_films = ({known["film"], known["other_film"]} | acknowledged(said, "film")) - without
        wanted_marks = ({known["mark"]} | acknowledged(said, "mark")) - without
        wrong += (
            [f"an acknowledged film is lost: {len(wanted_films - set(films))}"] if wanted_films - set(films) else []
        )
        wrong += [f"an acknowledged mark is lost: {len(wanted_marks - marks)}"] if wanted_marks - marks else []
        for id_ in acknowledged(said, "film") & set(films):
            with footage.opener(vault, films[id_].footage, films[id_].family)() as opened:
                wrong += [] if opened.read() == SOURCE else ["a film is another than was brought in"]
        in_use = {film.footage.file for film in films.values()}
        in_use |= {stored.value.footage.file for stored in vault.all(FilmStandIn)}
        wrong += leftovers(vault, in_use)
    return wrong


def with_backups(ground: Ground, said: list[str]) -> list[str]:
    """The vault is whole; and so is the newest backup, whatever became of the one that was being made."""
    wrong = kept(ground, said)
    tried = check_backup(ground.backup, PASSPHRASE, whole=True)
    wrong += [f"in the backup: {finding.what}" for finding in tried.findings]
    newest = {generation.backup for generation in generations(ground.backup)}
    if acknowledged(said, "backup") - newest:
        wrong.append("the backup that was acknowledged is not there")
    return wrong


def under_one_key(ground: Ground, said: list[str]) -> list[str]:
    """All that is known of the family is there, under the old key or the new; under the new one once that was said."""
    wrong = kept(ground, said)
    with closing(ground.open()) as vault, vault.core.storage.reading() as connection:
        mine = schema.domain_grant.c.domain == bytes.fromhex(ground.known["family"])
        epochs = set(connection.execute(select(schema.domain_grant.c.epoch).where(mine)).scalars())
    wrong += [] if len(epochs) == 1 else [f"{len(epochs)} keys open the family"]
    return wrong + (["the old key still opens the family"] if said and epochs == {1} else [])


def all_or_nothing(what: str) -> Callable[[Ground, list[str]], list[str]]:
    """Either all of it is there, or it is gone, with a certificate; gone once that was said."""

    def whole(ground: Ground, said: list[str]) -> list[str]:
        known = ground.known
        inside = {"film": {known["film"], known["mark"]}, "other": {known["other_film"]}}[what]
        with closing(ground.open()) as vault:
            there = {stored.id for cls in (Film, Mark, Family) for stored in vault.all(cls)} & {*inside, known[what]}
            certified = {what for erasure in erasures(vault) for what in erasure.erased}
        gone = not there
        wrong = kept(ground, said, without=frozenset(inside if gone else ()))
        if there and there != {*inside, known[what]}:
            wrong.append("half of it is gone")
        if gone and not {*inside, known[what]} <= certified:
            wrong.append("it is gone without a certificate")
        return wrong + (["it is there, although it was said to be erased"] if said and there else [])

    return whole


def leftovers(vault: Vault, in_use: set[str]) -> list[str]:
    """Files that nothing refers to, while the vault is open."""
    files = [path for path in (vault.folder / "footage").rglob("*") if path.is_file()]
    found = [path.suffix for path in files if path.stem not in in_use]
    found += [path.name for path in vault.folder.iterdir() if path.name not in KNOWN]
    return [f"left over: {name}" for name in found]


def one_of_two_words(ground: Ground, said: list[str]) -> list[str]:
    """The old passphrase opens it or the new one, never both; the new one once that was said."""
    working = [words for words in (PASSPHRASE, OTHER_WORDS) if opens(ground, words)]
    if len(working) != 1:
        return [f"{len(working)} passphrases open the vault"]
    wrong = kept(ground, said, working[0])
    if said and working != [OTHER_WORDS]:
        wrong.append("the old passphrase still opens it")
    return wrong


def opens(ground: Ground, words: str) -> bool:
    try:
        Vault.open(ground.vault, words).close()
    except WrongPassphrase:
        return False
    return True


def as_it_was(ground: Ground, said: list[str]) -> list[str]:
    """The older vault's records are those that it had."""
    expected = ground.known
    with closing(old_vault(ground)) as vault:
        wrong = [finding.what for finding in verify(vault, vault_case.silent, vault_case.never)]
        ids = {row.id for row in _revisions(vault)}
        wrong += [] if set(expected["heads"]) <= ids else ["a record of the older vault is lost"]
        (film,) = vault.all(Film)
        with footage.opener(vault, film.value.footage, film.domain)() as opened:
            same = hashlib.sha256(opened.read()).hexdigest() == expected["film_sha256"]
        wrong += [] if same else ["the older vault's film is another"]
    return wrong


def _revisions(vault: Vault) -> list[Any]:
    from vigtool.vault.verify import _rows

    return list(_rows(vault.core))
