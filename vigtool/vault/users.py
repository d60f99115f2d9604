"""The users of a vault: entered, labelled, taken out; and what may be known of them before it is unlocked."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from pathlib import Path

from sqlalchemy import Connection, delete, func, insert, select, update

from vigtool.crypto.keys import UserSecret
from vigtool.crypto.keyslot import Keyslot, SlotKind, make_keyslot
from vigtool.crypto.passphrase import StretchCost, check_strength
from vigtool.crypto.recovery import RecoveryKey, make_recovery_slot
from vigtool.errors import InvalidRecord, NotAVault
from vigtool.ids import Id, new_id
from vigtool.vault import granting, schema, sqlite_engine, upgrading
from vigtool.vault.audit import AuditLog
from vigtool.vault.cards import CardStatus, row_of_card
from vigtool.vault.core import Core
from vigtool.vault.creation import fitting_cost
from vigtool.vault.engine import Records
from vigtool.vault.folder import VaultFolder
from vigtool.vault.grants import EVERYTHING, Keyring
from vigtool.vault.keyslots import row_of
from vigtool.vault.sealing import Seals
from vigtool.vault.storage import Storage, naming_disk_errors

LONGEST_LABEL = 40
"""A label is what a user picker shows: a first name, or less."""

_JOINERS = "\u200c\u200d"  # names in Persian, and some others, need them


@dataclass(frozen=True, slots=True)
class NewUser:
    """A user who is about to be entered: their secret is known to this session until it ends."""

    user: Id
    secret: UserSecret = field(repr=False)
    slot: Keyslot = field(repr=False)


def new_user(vault: Id, key: str | RecoveryKey, cost: StretchCost | None = None) -> NewUser:
    """A user with one way in, a passphrase or a recovery key. Takes about a second for a passphrase.

    Raises:
        WeakPassphrase.
    """
    user, secret = new_id(), UserSecret.generate()
    if isinstance(key, RecoveryKey):
        return NewUser(user, secret, make_recovery_slot(vault, user, key, secret))
    check_strength(key)
    return NewUser(user, secret, make_keyslot(vault, user, key, secret, cost or fitting_cost()))


def enter(core: Core, connection: Connection, new: NewUser) -> Core:
    """Enter a user with the vault's own key, given by whoever opened it; the vault as the new user sees it.

    The two believe each other from now on; to write down why is for the act.
    """
    connection.execute(insert(schema.user_card).values(row_of_card(core.vault, new.user, new.secret)))
    connection.execute(insert(schema.keyslot).values(row_of(new.slot)))
    core.keyring.told.way(new.user, int(new.slot.kind), new.slot.slot)
    known = core.keyring.believed()
    core.keyring.believe({**known, new.user: new.secret.public()})
    granting.give(core, connection, core.vault, new.user, EVERYTHING)
    keyring = Keyring(core.vault, new.user, new.secret)
    keyring.load(connection)
    keyring.believe(known)
    theirs = replace(
        core,
        keyring=keyring,
        seals=Seals(core.vault, keyring),
        audit=AuditLog(core.vault, core.device, new.user, keyring),
        user=new.user,
    )
    granting.open_domain(theirs, connection, new.user)
    granting.give(theirs, connection, core.vault, new.user, EVERYTHING)  # by themselves: see `put_keys_in_order`
    core.keyring.told.take_over(keyring.told)
    return theirs


def take_out(connection: Connection, user: Id) -> None:
    """Delete a user's keyslots and label. Their card stays: it checks what they signed."""
    name = bytes.fromhex(user)
    connection.execute(delete(schema.keyslot).where(schema.keyslot.c.user_id == name))
    connection.execute(delete(schema.label).where(schema.label.c.user_id == name))
    card = schema.user_card
    connection.execute(update(card).where(card.c.user_id == name).values(status=int(CardStatus.LEFT)))


def put_label(connection: Connection, user: Id, text: str) -> None:
    """What the user picker shows of a user, in clear; nothing where it is empty.

    Raises:
        InvalidRecord: it is too long.
    """
    words = " ".join(text.split())
    if len(words) > LONGEST_LABEL:
        message = f"a label has at most {LONGEST_LABEL} signs"
        raise InvalidRecord(message, "take something short; it can be read without a passphrase")
    table, name = schema.label, bytes.fromhex(user)
    connection.execute(delete(table).where(table.c.user_id == name))
    if words:
        connection.execute(insert(table).values(user_id=name, words=words.encode("utf-8")))


def labels(connection: Connection) -> dict[Id, str]:
    """The labels, by user."""
    rows = connection.execute(select(schema.label))
    return {row.user_id.hex(): _shown(bytes(row.words)) for row in rows}


def _shown(words: bytes) -> str:
    """A label as it may be shown: anybody who can write to the database can put signs there that command a terminal."""
    text = words[: 4 * LONGEST_LABEL].decode("utf-8", errors="replace")
    return "".join(sign if sign.isprintable() or sign in _JOINERS else " " for sign in text)[:LONGEST_LABEL].strip()


def active_users(connection: Connection) -> int:
    """How many may unlock the vault."""
    active = schema.user_card.c.status == CardStatus.ACTIVE
    return int(connection.execute(select(func.count()).select_from(schema.user_card).where(active)).scalar() or 0)


def pickable(folder: Path, records: Records | None = None) -> list[tuple[Id, str]]:
    """Every user with a passphrase and their label, read without any key; by label, those without one last.

    Raises:
        NotAVault, VaultNewer, VaultDamaged, StorageFailed.
    """
    engine = (records or sqlite_engine.in_folder)(VaultFolder(folder.absolute()))
    with naming_disk_errors():
        if not engine.found():
            message = "there is no vault in that folder"
            raise NotAVault(message, "choose the folder that was made by vigtool, or make a new vault")
    engine.check_mark()
    storage = Storage(engine)
    try:
        with storage.reading() as connection:
            slots = schema.keyslot.c
            passphrases = select(slots.user_id).where(slots.kind == SlotKind.PASSPHRASE).distinct()
            users = sorted(row.hex() for row in connection.execute(passphrases).scalars())
            words = labels(connection) if upgrading.is_newest(connection) else {}
    finally:
        storage.close()
    named = [(user, words.get(user, "")) for user in users]
    return sorted(named, key=lambda each: (not each[1], each[1].casefold()))
