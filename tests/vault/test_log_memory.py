"""What the log says of one record is found without opening every entry again, and is what opening all would find."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, delete, select, update

from vault_case import Case, Stop
from vigtool.crypto import item
from vigtool.errors import Cancelled, SealBroken
from vigtool.ids import Id, new_id
from vigtool.vault import log_book, log_memory, payload
from vigtool.vault.audit import AuditLog, Entry, Link
from vigtool.vault.grants import Keyring
from vigtool.vault.schema import audit
from vigtool.vault.vault import Vault

RECORDS = ["00" * 16, "00" * 15 + "01", "ff" * 16, *(new_id() for _ in range(3))]
"""The first two begin alike."""

ODD = [None, 7, "text", [1], [b"\x00"], [b""], {"a": 1}, [["nested"]]]
"""What an entry might say instead of a list of ids, when somebody with a key writes it by hand."""

_RECORD = st.integers(0, len(RECORDS) - 1)
_PLACE = st.integers(0, 30)
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("enter"), _PLACE, st.lists(_RECORD, max_size=4)),
        st.tuples(st.just("enter many"), _PLACE, st.lists(_RECORD, max_size=2)),
        st.tuples(st.sampled_from(["flip", "cut", "swap", "put back", "look"]), _PLACE, st.just([])),
        st.tuples(st.just("say instead"), _PLACE, st.lists(_RECORD, max_size=2)),
        st.tuples(st.just("say oddly"), _PLACE, st.lists(st.integers(0, len(ODD) - 1), min_size=1, max_size=1)),
    ),
    min_size=2,
    max_size=14,
)
Step = tuple[str, int, list[int]]


class Undone(Exception):
    """Ends a transaction of which nothing is to be kept."""


class Tampered:
    """The log of two copies of a vault, and somebody who holds its key and can write to the database."""

    def __init__(self, vault: Vault, connection: Connection) -> None:
        self.vault, self.connection = vault, connection
        connection.execute(delete(audit))
        vault.core.audit.memory.forget()
        second = AuditLog(vault.vault_id, new_id(), vault.user_id, vault.core.keyring)
        self.logs = [vault.core.audit, second]
        self.first: dict[tuple[bytes, int], bytes] = {}

    def do(self, step: Step) -> None:
        act, place, numbers = step
        if act.startswith("enter"):
            more = [new_id() for _ in range(80)] if act == "enter many" else []
            named = [*more, *(RECORDS[number] for number in numbers)]
            self.logs[place % 2].enter(self.connection, "film open", self.vault.core.clock(), named)
            return
        rows = self.connection.execute(select(audit).order_by(audit.c.device, audit.c.seq)).all()
        if not rows or act == "look":
            return
        row = rows[place % len(rows)]
        self.first.setdefault((row.device, row.seq), row.entry)
        if act == "cut":
            self.connection.execute(delete(audit).where(audit.c.device == row.device, audit.c.seq == row.seq))
        elif act == "flip":
            self.put(row, row.entry[:-1] + bytes([row.entry[-1] ^ 1]))
        elif act == "put back":
            self.put(row, self.first[row.device, row.seq])
        elif act == "swap":
            other = rows[-1 - place % len(rows)]
            self.first.setdefault((other.device, other.seq), other.entry)
            self.put(row, other.entry)
            self.put(other, row.entry)
        else:
            oddly = act == "say oddly"
            self.put(row, self.sealed(row, ODD[numbers[0]] if oddly else [bytes.fromhex(RECORDS[n]) for n in numbers]))

    def put(self, row: Any, entry: bytes) -> None:
        mine = (audit.c.device == row.device, audit.c.seq == row.seq)
        self.connection.execute(update(audit).where(*mine).values(entry=entry))

    def sealed(self, row: Any, objects: Any) -> bytes:
        """Another entry in the same place, under the right key."""
        core = self.vault.core
        said = {"act": "film open", "at": "2026-01-01T00:00:00.000000Z", "by": None, "objects": objects}
        epoch = core.keyring.newest_epoch(core.vault)
        bound = Link(row.device.hex(), row.seq, row.previous, b"", b"").bound(core.vault)
        return item.seal(core.keyring.key(core.vault, epoch).item, payload.pack(said), bound, epoch)


def naming(entries: list[Entry], record: Id) -> dict[Id, list[Entry]]:
    found: dict[Id, list[Entry]] = {}
    for entry in entries:
        if record in entry.objects:
            found.setdefault(entry.device, []).append(entry)
    return found


def about(vault: Vault, record: Id) -> dict[Id, list[Entry]]:
    return {device: entries for device, entries in log_book.about(vault, record).items() if entries}


def differ(vault: Vault, steps: list[Step]) -> bool:
    """Whether, while these steps are done to the log, something else is ever found than by opening every entry."""
    found = []
    with pytest.MonkeyPatch.context() as patch, suppress(Undone), vault.core.storage.writing() as connection:
        patch.setattr(log_book, "_COMPARED", 3)
        log = Tampered(vault, connection)
        for step in steps:
            log.do(step)
            every = list(log_book.each_entry(vault))
            found += [about(vault, record) != naming(every, record) for record in RECORDS]
        raise Undone
    return any(found)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(steps=STEPS)
def test_never_more_and_never_less_whatever_is_done_to_the_log(vault: Vault, steps: list[Step]) -> None:
    assert not differ(vault, steps)


TELLING: list[Step] = [
    ("enter", 0, [0, 2]), ("enter", 0, [1]), ("enter many", 0, [3]), ("enter", 1, [3, 0]), ("flip", 1, []),
    ("look", 0, []), ("put back", 1, []), ("say instead", 0, [4]), ("cut", 2, []), ("swap", 0, []),
    ("say oddly", 1, [1]), ("enter", 0, [5]),
]  # fmt: skip


def believes_what_it_saw(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(log_memory, "_digest", lambda rows: bytes([len(rows)]))


def forgets_what_names_many(patch: pytest.MonkeyPatch) -> None:
    learnt = log_memory._learnt

    def some(digest: bytes, named: Any) -> Any:
        return learnt(digest, [[] if ids is None or len(ids) > 64 else ids for ids in named])

    patch.setattr(log_memory, "_learnt", some)


def looks_at_half(patch: pytest.MonkeyPatch) -> None:
    candidates = log_memory.LogMemory.candidates
    patch.setattr(log_memory.LogMemory, "candidates", lambda *asked: candidates(*asked)[::2])


@pytest.mark.parametrize("plant", [believes_what_it_saw, forgets_what_names_many, looks_at_half])
def test_a_fault_in_remembering_shows(vault: Vault, plant: Callable[[pytest.MonkeyPatch], None]) -> None:
    assert not differ(vault, TELLING)
    with pytest.MonkeyPatch.context() as patch:
        plant(patch)
        assert differ(vault, TELLING)


def test_what_could_not_be_read_is_found_once_it_can(vault: Vault, case: Case) -> None:
    right = about(vault, case.film.id)
    assert right
    vault.core.audit.memory.forget()

    def no_key(*_: Any) -> Any:
        raise SealBroken("no such key")

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Keyring, "key", no_key)
        assert about(vault, case.film.id) == {}
    assert about(vault, case.film.id) == right
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Keyring, "key", no_key)
        assert about(vault, case.film.id) == {}


def test_entries_are_opened_once_and_after_that_only_those_that_are_meant(
    vault: Vault, case: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[bytes] = []
    unseal = item.open_sealed

    def counted(key: bytes, envelope: bytes, associated: bytes) -> bytes:
        opened.append(envelope)
        return unseal(key, envelope, associated)

    monkeypatch.setattr(item, "open_sealed", counted)
    for _ in range(5):
        with vault.transaction("film open", [case.family.id, new_id()]):
            pass
    about(vault, case.film.id)
    assert len(opened) >= log_book.size(vault) - 5
    opened.clear()
    entries = [entry for found in about(vault, case.film.id).values() for entry in found]
    assert len(opened) == len(entries) > 0


def test_it_is_told_how_far_it_is_can_be_stopped_and_forgets_when_the_vault_is_closed(vault: Vault, case: Case) -> None:
    told: list[tuple[int, int]] = []
    log_book.about(vault, case.film.id, lambda done, total: told.append((done, total)))
    assert told
    assert all(0 <= done <= total for done, total in told)
    with pytest.raises(Cancelled):
        log_book.about(vault, case.film.id, cancelled=Stop(0))
    vault.close()
    assert vault.core.audit.memory._known == {}
