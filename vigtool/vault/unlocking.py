"""From a folder and a passphrase to an open vault."""

from __future__ import annotations

from contextlib import ExitStack, suppress
from dataclasses import dataclass, field

from sqlalchemy import Connection, insert, select

from vigtool.crypto.kem import KemKind
from vigtool.crypto.signing import verify
from vigtool.errors import VaultDamaged, VigtoolError, WrongPassphrase
from vigtool.ids import Id, new_id
from vigtool.vault import heads, schema, trust, upgrading
from vigtool.vault.audit import AuditLog, Details, ends, enter_failure
from vigtool.vault.audit_check import BASELINE, baseline_of
from vigtool.vault.core import Clock, Core
from vigtool.vault.creation import NewVault
from vigtool.vault.engine import Engine
from vigtool.vault.folder import VaultFolder
from vigtool.vault.grants import Keyring
from vigtool.vault.keys_told import OTHERS, others_words
from vigtool.vault.keyslots import Key, find, read_slots
from vigtool.vault.leaving import refuse_who_left
from vigtool.vault.sealing import Seals
from vigtool.vault.storage import Storage

_HINT = "check the vault, or fetch it from a backup"


@dataclass(frozen=True, slots=True)
class Unlocked:
    """An open vault, and whether its tables were brought to a newer format on the way."""

    core: Core = field(repr=False)
    upgraded: bool


def unlock(folder: VaultFolder, engine: Engine, key: Key | NewVault, clock: Clock, user: Id | None = None) -> Unlocked:
    """Open the database, then the keyslot, then take note of the grants.

    Args:
        folder: of the vault; this program holds its lock.
        engine: the database of its records.
        key: the passphrase or the recovery key, or what is known of a vault that was made a moment ago.
        clock: the time now.
        user: whose key it is; without it, every user's keyslots are tried one after the other.

    Raises:
        VaultDamaged, VaultNewer, WrongPassphrase, NotAVault, StorageFailed.
    """
    with ExitStack() as undo:
        engine.check_mark()
        storage = Storage(engine)
        undo.callback(storage.close)
        with storage.reading() as connection:
            newest = upgrading.is_newest(connection)
            vault = _vault_id(connection)
            slots = read_slots(connection, user)
        if user is not None and not slots:
            message = "this user has no way in any more"
            raise WrongPassphrase(message, "choose who you are from the list")
        try:
            made = key if isinstance(key, NewVault) else NewVault(vault, *find(vault, slots, key))
            if newest:
                _refuse_who_left(storage, made)
        except WrongPassphrase:
            _note_failure(storage, folder, clock)
            raise
        with storage.writing() as connection:
            if not newest:
                upgrading.upgrade(connection)
            _check_card(connection, made)
            keyring = _keyring(connection, made)
            if not keyring.has(vault):
                raise _without_key(keyring, vault)
            if not heads.are_right(connection):
                heads.write_anew(connection)
            device = _device(connection, folder.inode())
            audit = AuditLog(vault, device, made.user, keyring)
            if not newest:
                _vouch(connection, audit, clock)
            audit.enter(connection, "unlock", clock(), details=_others(connection, device))
        undo.pop_all()
    core = Core(
        folder=folder,
        storage=storage,
        audit=audit,
        keyring=keyring,
        seals=Seals(vault, keyring),
        vault=vault,
        user=made.user,
        device=device,
        clock=clock,
    )
    return Unlocked(core, upgraded=not newest)


def _keyring(connection: Connection, made: NewVault) -> Keyring:
    """What the user was given, by whomever they know."""
    keyring = Keyring(made.vault, made.user, made.secret)
    keyring.load(connection)
    if keyring.has(made.user):
        keyring.believe(trust.trusted(connection, Seals(made.vault, keyring), made.vault, made.user))
    return keyring


def _refuse_who_left(storage: Storage, made: NewVault) -> None:
    """Before anything is written in their name; raises WrongPassphrase."""
    with storage.reading() as connection:
        refuse_who_left(connection, made.vault, made.user, _keyring(connection, made))


def _without_key(keyring: Keyring, vault: Id) -> VaultDamaged:
    if any(grant.domain == vault for grant in keyring.waiting()):
        message = "the card of whoever gave this user the vault's key is not the one it was then"
        return VaultDamaged(
            message, "have it looked into: somebody may have changed the vault; or fetch it from a backup"
        )
    message = "the vault's own key is missing"
    return VaultDamaged(message, _HINT)


def _vault_id(connection: Connection) -> Id:
    rows = connection.execute(select(schema.vault.c.vault)).scalars().all()
    if len(rows) != 1:
        message = "the vault does not know its own name any more"
        raise VaultDamaged(message, _HINT)
    return bytes(rows[0]).hex()


def _note_failure(storage: Storage, folder: VaultFolder, clock: Clock) -> None:
    """Write down that somebody tried with a wrong key, as far as the disk allows."""
    with suppress(VigtoolError), storage.writing() as connection:
        enter_failure(connection, _device(connection, folder.inode()), "unlock failed", clock())


def _vouch(connection: Connection, audit: AuditLog, clock: Clock) -> None:
    """Say in the log which records are older than it is."""
    digests = list(connection.execute(select(schema.revision.c.digest)).scalars())
    if digests:
        known: Details = {"revisions": len(digests), "digest": baseline_of(digests)}
        audit.enter(connection, BASELINE, clock(), details=known)


def _others(connection: Connection, device: Id) -> Details:
    """How long the other copies' logs are: whatever this session does comes after that."""
    others = {other: last for other, last in ends(connection).items() if other != device}
    return {OTHERS: others_words(others)} if others else {}


def _check_card(connection: Connection, made: NewVault) -> None:
    """The user's public keys, as they stand in the vault, are those of the secret that was unlocked.

    Raises:
        VaultDamaged: they are not: whatever were sealed to them would be somebody else's to read.
    """
    card = schema.user_card
    row = connection.execute(select(card).where(card.c.user_id == bytes.fromhex(made.user))).first()
    mine = made.secret.public()
    statement = mine.statement(made.vault, made.user)
    if (
        row is None
        or (row.kem_kind, row.kem_public, row.sig_public) != (mine.kem_kind, mine.kem_public, mine.sig_public)
        or not verify(mine.sig_public, row.signature, statement)
    ):
        message = "the public keys of this user are not what was written"
        raise VaultDamaged(message, _HINT)


def _device(connection: Connection, inode: int) -> Id:
    """Which copy of the vault this is: a folder that was copied is known by its file's number and gets a new name."""
    device = schema.device
    known = connection.execute(select(device.c.device).where(device.c.inode == inode)).scalar()
    if known is not None:
        return bytes(known).hex()
    name = new_id()
    connection.execute(insert(device).values(device=bytes.fromhex(name), inode=inode))
    return name


def kind_words(kem_kind: int | None) -> str:
    """How keys are wrapped, in words."""
    words = {int(KemKind.X_WING): "X-Wing (ML-KEM-768 with X25519)", int(KemKind.X25519): "X25519"}
    return words.get(kem_kind or 0, "unknown")
