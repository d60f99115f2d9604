"""Backups of the whole vault: made while it is in use, listed, and taken off the list.

A backup is sealed as the vault is and opens with the same passphrases. It is written down before its first byte is, so
that none is unknown when it is asked until which day something that was erased could come back.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from vigtool.casework.backup import Backup
from vigtool.errors import InvalidRecord, UnfitPlace, VigtoolError
from vigtool.ids import Id, new_id
from vigtool.practice.doctor import folder as places
from vigtool.practice.doctor.finding import State
from vigtool.practice.doctor.machine import Machine
from vigtool.practice.progress import Cancelled, Report, never, silent
from vigtool.practice.records import values
from vigtool.practice.reminders import Reminder, ReminderKind, reminders
from vigtool.practice.restoring import Restored, TriedBackup, as_made, check_backup, restore
from vigtool.vault.backing_up import Wish, make_backup
from vigtool.vault.backup_place import BackupPlace, place_for
from vigtool.vault.expiring import expire
from vigtool.vault.folder import make_private_folder
from vigtool.vault.storage import naming_disk_errors
from vigtool.vault.tombstones import export_list
from vigtool.vault.vault import Vault

__all__ = [
    "KEEP_DAYS", "Backup", "BackupOutlook", "Reminder", "ReminderKind", "Restored", "TriedBackup", "back_up",
    "backups", "check_backup", "last_day_of_backups", "look_at_place", "reminders", "restore", "say_backup_gone",
    "unfinished_backups",
]  # fmt: skip

KEEP_DAYS = 90
"""For how long a backup is kept, unless a person says otherwise."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BackupOutlook:
    """What there is to know of a place before a backup goes there.

    Attributes:
        folder: where it would lie.
        there: how many backups of this vault lie there already.
        expiring: those of them that would be taken away after this one, since their last day is over.
        same_disk: whether it is the disk that the vault lies on, with which both would be lost.
        warning: a plain sentence where a service copies that folder elsewhere; else empty.
    """

    folder: Path
    there: int
    expiring: tuple[Id, ...]
    same_disk: bool
    warning: str


def look_at_place(vault: Vault, to: Path, *, on: date) -> BackupOutlook:
    """What a backup into that folder would find there. Nothing is written.

    Raises:
        UnfitPlace: it is within the vault, or holds another vault's backups. StorageFailed.
    """
    place = _place(vault, to)
    found = [each.manifest for each in place.generations()]
    with naming_disk_errors():
        above = next(each for each in (place.root, *place.root.parents) if each.exists())
        same = above.stat().st_dev == vault.folder.stat().st_dev
    return BackupOutlook(
        folder=place.root,
        there=len(found),
        expiring=tuple(manifest.backup for manifest in found if on > manifest.keep_until),
        same_disk=same,
        warning=_cloud(to),
    )


def back_up(
    vault: Vault,
    to: Path,
    *,
    keep_days: int = KEEP_DAYS,
    whole: bool = False,
    into_cloud: bool = False,
    report: Report = silent,
    cancelled: Cancelled = never,
) -> Backup:
    """Make a backup in a folder, or on a stick, and read it back. The vault can be used meanwhile.

    Films that lie there already are not copied again. Backups in the same place whose last day is over are taken away
    once this one is whole. Whatever stops it, those that were there before are as they were.

    Args:
        vault: open.
        to: a folder; the backups go into a folder of their own in it.
        keep_days: for so many days from now it is kept.
        whole: read every film that lies there again, too, and copy those anew that are not what they were.
        into_cloud: do it although a service copies the folder to other computers.
        report: told bytes done of about so many in all.
        cancelled: asked between pieces.

    Raises:
        UnfitPlace: within the vault itself; or in a folder that a service copies elsewhere, and nobody said to.
        InvalidRecord: it is to be kept for less than a day.
        StorageFailed, VaultHeld, BackupDamaged, Cancelled: there is no backup.
    """
    place = _place(vault, to)
    if not into_cloud and (warning := _cloud(to)):
        raise UnfitPlace(warning, "choose a stick or a disk; or say that it may go there all the same: it is sealed")
    backup = _begun(vault, place, keep_days)
    with vault.transaction("backup begin") as writer:
        writer.add(backup)
    try:
        with naming_disk_errors():
            place.root.parent.mkdir(parents=True, exist_ok=True)
            make_private_folder(place.root)
        wish = Wish(
            backup=backup.id,
            made=backup.made,
            keep_until=backup.keep_until,
            whole=whole,
            erasures=export_list(vault),
        )
        made = make_backup(vault, place, wish, report, cancelled)
    except BaseException:
        _strike_off(vault, place, backup)
        raise
    entered = _enter(vault, as_made(backup, made.generation, made.damaged), made.copied)
    _expire(vault, place, entered)
    return entered


def backups(vault: Vault) -> list[Backup]:
    """The backups that are known and not gone, the oldest first."""
    return [each for each in _standing(vault) if each.whole]


def unfinished_backups(vault: Vault) -> list[Backup]:
    """Those that were begun, and of which the vault does not know whether they were finished: their disk was gone."""
    return [each for each in _standing(vault) if not each.whole]


def say_backup_gone(vault: Vault, backup: Id, on: date) -> Backup:
    """A person says that a backup is gone: the stick was lost, or the folder deleted.

    Raises:
        NoSuchRecord. InvalidRecord: it is entered as gone already.
    """
    stored = vault.get(Backup, backup)
    if stored.value.gone is not None:
        message = "this backup is entered as gone already"
        raise InvalidRecord(message, "look at the list again")
    gone = replace(stored.value, gone=on)
    with vault.transaction("backup gone") as writer:
        writer.change(stored, gone)
    return gone


def last_day_of_backups(vault: Vault) -> date | None:
    """The last day on which a backup that was made until now is kept; none where there is none.

    Every one that is written down was made before now, whatever day the clock showed.
    One that was begun, and of which nobody knows whether it was finished, counts. One whose last day is over and that
    nobody has taken away counts with today: it is there still.
    """
    today = datetime.now(UTC).astimezone().date()
    days = [max(each.keep_until, today) for each in _standing(vault)]
    return max(days, default=None)


def _standing(vault: Vault) -> list[Backup]:
    return sorted((each for each in values(vault, Backup) if each.gone is None), key=lambda each: each.made)


def _place(vault: Vault, to: Path) -> BackupPlace:
    """Where a backup into that folder goes."""
    resolved, inside = to.resolve(), vault.folder.resolve()
    if resolved.is_relative_to(inside):
        message = "a backup within the vault's own folder would be lost together with it"
        raise UnfitPlace(message, "choose another disk or a stick")
    return place_for(resolved, vault.vault_id)


def _cloud(to: Path) -> str:
    """What is to be said of a folder that a service copies to other computers; nothing of any other."""
    found = places.cloud(Machine(), to.resolve())
    return "" if found.state is State.IN_ORDER else found.sentence


def _begun(vault: Vault, place: BackupPlace, keep_days: int) -> Backup:
    if keep_days < 1:
        message = "a backup is kept for a day at least"
        raise InvalidRecord(message, "give a number of days")
    now = datetime.now(UTC)
    return Backup(
        id=new_id(),
        target=str(place.root),
        made=now,
        by=vault.user_id,
        keep_until=now.astimezone().date() + timedelta(days=keep_days),
    )


def _enter(vault: Vault, made: Backup, copied: int) -> Backup:
    """From now on the vault says that it is there."""
    told = {"films": made.films, "copied": copied, "size": made.size, "missing": len(made.missing)}
    with vault.transaction("backup", details=told) as writer:
        writer.change(vault.get(Backup, made.id), made)
    return made


def _strike_off(vault: Vault, place: BackupPlace, backup: Backup) -> None:
    """Take a backup off the list that did not come to be. Where its disk is gone nobody knows, and it stays."""
    with suppress(VigtoolError):
        there = place.root.parent.exists() and any(folder.name.endswith(backup.id[:8]) for folder in place.folders())
        if there or not place.root.parent.exists():
            return
        with vault.transaction("backup stopped") as writer:
            writer.remove(vault.get(Backup, backup.id))


def _expire(vault: Vault, place: BackupPlace, newest: Backup) -> None:
    """Take away what is over, and bring the list into agreement with what lies there.

    The new backup is whole whatever becomes of the old ones; what cannot be taken away now goes next time.
    """
    today = newest.made.astimezone().date()
    with suppress(VigtoolError):
        expired = expire(place, newest.id, today)
        found = {each.manifest.backup: each for each in place.generations()}
        known = [stored for stored in vault.all(Backup) if stored.value.gone is None]
        here = [stored for stored in known if stored.value.target == str(place.root) or stored.id in expired.backups]
        with vault.transaction("backup expire", details={"films": expired.films}) as writer:
            for stored in here:
                if stored.id in found and not stored.value.whole:
                    writer.change(stored, as_made(stored.value, found[stored.id]))
                elif stored.id not in found and stored.id not in expired.there and stored.value.whole:
                    writer.change(stored, replace(stored.value, gone=today))
                elif stored.id not in found and stored.id not in expired.there:
                    writer.remove(stored)
