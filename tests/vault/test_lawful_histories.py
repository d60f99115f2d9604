"""Whatever people do who may, with keys, roles and erasures, and in whatever order: nobody is accused or kept out."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import vault_case
from users_case import ON, Service
from vault_case import never, silent, ticking
from vigtool.casework.member import StaffRole
from vigtool.errors import VigtoolError
from vigtool.ids import Id
from vigtool.practice.colleagues import (
    add_colleague,
    change_roles,
    keep_organisation_key,
    new_organisation_key,
    remove_colleague,
)
from vigtool.practice.erasing import back_again, doubted, erase_family
from vigtool.practice.families import add_family
from vigtool.practice.keys_in_order import put_keys_in_order
from vigtool.practice.roles import roles_of
from vigtool.practice.sharing import reassign_family, rekey_family, stop_sharing
from vigtool.vault.grants import EVERYTHING
from vigtool.vault.key_check import told_at_opening
from vigtool.vault.passphrases import LEAST_COST
from vigtool.vault.vault import Vault
from vigtool.vault.verify import verify
from vigtool.vault.ways_in import set_passphrase

ROLES = (
    (StaffRole.PRACTITIONER,),
    (StaffRole.ADMINISTRATOR,),
    (StaffRole.LEAD, StaffRole.PRACTITIONER),
    (StaffRole.SUPERVISOR,),
)


@dataclass(slots=True)
class History:
    """A vault to which things happen, and what is known of it from outside.

    Attributes:
        folder: where it lies now; it may be moved.
        words: the passphrase of everybody who can come in.
        roles: of everybody who was entered.
        kept: an older state of it, and who could come in then.
        done: acts that were not refused.
    """

    folder: Path
    words: dict[Id, str]
    roles: dict[Id, frozenset[StaffRole]]
    kept: History | None = None
    copies: int = 0
    done: list[str] = field(default_factory=list)

    def opened(self, user: Id) -> Vault:
        return Vault.open(self.folder, self.words[user], user, clock=ticking)

    def copy(self) -> History:
        self.copies += 1
        to = self.folder.parent / f"{self.folder.name}-{self.copies}"
        return replace(
            self, folder=vault_case.copy(self.folder, to), words=dict(self.words), roles=dict(self.roles), copies=0
        )


Act = Callable[[History, Vault, Id, int], None]
"""What one does in an open vault, to whom, and a number to choose by."""


def family_of(vault: Vault, number: int) -> Id:
    families = sorted(
        domain for domain in vault.core.keyring.domains() if domain not in (vault.vault_id, vault.user_id)
    )
    return families[number % len(families)] if families else vault.vault_id


def share(_: History, vault: Vault, whom: Id, number: int) -> None:
    with vault.transaction("family share", [family_of(vault, number), whom]) as writer:
        if family_of(vault, number) != vault.vault_id:
            writer.keys.give(family_of(vault, number), whom, EVERYTHING)


def unshare(_: History, vault: Vault, whom: Id, number: int) -> None:
    stop_sharing(vault, family_of(vault, number), whom, deep=number % 3 == 0)


def enter_roles(history: History, vault: Vault, whom: Id, number: int) -> None:
    chosen = ROLES[number % len(ROLES)]
    change_roles(vault, whom, chosen)
    history.roles[whom] = frozenset(chosen)


def leave(history: History, vault: Vault, whom: Id, _: int) -> None:
    remove_colleague(vault, whom, on=ON)
    del history.words[whom]
    history.roles[whom] = frozenset()


def join(history: History, vault: Vault, _: Id, number: int) -> None:
    words, chosen = f"a phrase for number {len(history.roles)}, long enough", ROLES[number % len(ROLES)]
    new = add_colleague(
        vault, name=f"No. {len(history.roles)}", roles=chosen, passphrase=words, on=ON, cost=LEAST_COST
    ).user
    history.words[new], history.roles[new] = words, frozenset(chosen)


def reassign(_: History, vault: Vault, whom: Id, number: int) -> None:
    kept = vault.core.keyring.in_care()
    if kept:
        reassign_family(vault, sorted(kept)[number % len(kept)], whom, reason="illness", on=ON)


def rekey(_: History, vault: Vault, __: Id, number: int) -> None:
    rekey_family(vault, family_of(vault, number))


def erase(_: History, vault: Vault, __: Id, number: int) -> None:
    erase_family(vault, family_of(vault, number), reason="asked for it", on=ON)


def begin(_: History, vault: Vault, __: Id, ___: int) -> None:
    add_family(vault, name="New", on=ON)


def other_words(history: History, vault: Vault, _: Id, number: int) -> None:
    words = f"other words, the {number}th, and long enough"
    set_passphrase(vault, words, cost=LEAST_COST)
    history.words[vault.user_id] = words


def organisation(_: History, vault: Vault, __: Id, ___: int) -> None:
    keep_organisation_key(vault, new_organisation_key())


ACTS: tuple[Act, ...] = (
    share, unshare, share, unshare, enter_roles, leave, join, reassign, rekey, erase, begin, other_words, organisation,
)  # fmt: skip
MOVE, KEEP, GO_BACK = len(ACTS), len(ACTS) + 1, len(ACTS) + 2


def step(history: History, act: int, by: int, whom: int, number: int) -> History:
    if act == MOVE:
        return history.copy()
    if act == KEEP:
        history.kept = history.copy()
        return history
    if act == GO_BACK:
        return history.kept.copy() if history.kept is not None else history
    everybody, here = sorted(history.roles), sorted(history.words)
    with history.opened(here[by % len(here)]) as vault:
        put_keys_in_order(vault)
        with suppress(VigtoolError):  # it is not their matter, or cannot be done now
            ACTS[act](history, vault, everybody[whom % len(everybody)], number)
            history.done.append(ACTS[act].__name__)
    return history


def check(history: History) -> None:
    """Nobody is kept out, and nobody sees anything that is not as it should be."""
    for user in sorted(history.words):
        with history.opened(user) as vault:
            put_keys_in_order(vault)
            assert told_at_opening(vault.core) == []
            assert back_again(vault) == doubted(vault) == []
            assert {each: roles_of(vault, each) for each in history.roles} == history.roles
            found = [finding.what for finding in verify(vault, silent, never)]
            assert found == [], history.done


def begun(service: Service) -> History:
    with service.opened(service.lea) as vault:
        roles = {user: roles_of(vault, user) for user in (service.lea, service.bo, service.di)}
    return History(service.folder, dict(service.keys()), roles)


LONG = [
    (ACTS.index(share), "bo", "lea", 0),
    (ACTS.index(unshare), "bo", "lea", 1),
    (ACTS.index(enter_roles), "lea", "di", 2),
    (MOVE, "lea", "lea", 0),
    (ACTS.index(reassign), "di", "di", 0),
    (ACTS.index(rekey), "di", "di", 0),
    (KEEP, "lea", "lea", 0),
    (ACTS.index(other_words), "bo", "bo", 1),
    (ACTS.index(enter_roles), "lea", "di", 0),
    (ACTS.index(join), "lea", "lea", 1),
    (ACTS.index(organisation), "lea", "lea", 0),
    (ACTS.index(leave), "lea", "di", 0),
    (ACTS.index(erase), "bo", "bo", 0),
]


def test_a_long_history_accuses_nobody(service: Service) -> None:
    history, names = begun(service), {"lea": service.lea, "bo": service.bo, "di": service.di}
    for act, by, whom, number in LONG:
        here, everybody = sorted(history.words), sorted(history.roles)
        history = step(history, act, here.index(names[by]), everybody.index(names[whom]), number)
    assert set(history.done) >= {"share", "unshare", "enter_roles", "reassign", "join", "leave", "erase", "rekey"}
    check(history)
    history = step(history, GO_BACK, 0, 0, 0)
    check(history)


@pytest.mark.slow
@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck), derandomize=False)
@given(steps=st.lists(st.tuples(*[st.integers(0, GO_BACK)], *[st.integers(0, 11)] * 3), min_size=4, max_size=14))
def test_no_history_accuses_anybody(
    built: Service, tmp_path_factory: pytest.TempPathFactory, steps: list[tuple[int, int, int, int]]
) -> None:
    history = begun(built.copied(tmp_path_factory.mktemp("history") / "vault"))
    for act, by, whom, number in steps:
        history = step(history, act, by, whom, number)
    check(history)
