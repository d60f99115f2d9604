"""What the vault's keeper is reminded of: a backup, trying one out, looking through all films."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import Enum

from vigtool.casework.backup import Backup
from vigtool.casework.film import Film
from vigtool.casework.scrub import Scrub, damage_known
from vigtool.errors import InvalidRecord
from vigtool.ids import Id, new_id
from vigtool.practice.records import values
from vigtool.vault.shapes import Setting
from vigtool.vault.vault import Vault


class ReminderKind(Enum):
    """What there is to do."""

    NO_BACKUP = "no backup yet"
    BACKUP_OLD = "the last backup is old"
    NEVER_TRIED = "no backup was tried out yet"
    TRIAL_OLD = "it is long since a backup was tried out"
    BACKUP_OVER = "a backup is still there after its last day"
    NEVER_SCRUBBED = "the films were never looked through"
    SCRUB_OLD = "it is long since the films were looked through"
    FILM_DAMAGED = "a film is damaged"


@dataclass(frozen=True, slots=True)
class Reminder:
    """One thing to do.

    Attributes:
        what: what.
        since: the day on which it was done last, or from which on it was to be done.
        about: the backup or the film it is about, where it is about one.
    """

    what: ReminderKind
    since: date | None = None
    about: Id | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Intervals:
    """After how many days one is reminded."""

    backup: int = 7
    trial: int = 90
    scrub: int = 30


_NAMES = {"backup": "remind of backup", "trial": "remind of trial restore", "scrub": "remind of scrub"}


def intervals(vault: Vault) -> Intervals:
    """What was decided for this vault; what was not has its default."""
    said = {setting.name: setting.value for setting in values(vault, Setting)}
    known = {name: int(said[key]) for name, key in _NAMES.items() if said.get(key, "").isdecimal()}
    return Intervals(**known)


def set_intervals(vault: Vault, wanted: Intervals) -> None:
    """Decide after how many days one is reminded.

    Raises:
        InvalidRecord: a number of days that is less than one.
    """
    days = {"backup": wanted.backup, "trial": wanted.trial, "scrub": wanted.scrub}
    if min(days.values()) < 1:
        message = "one can be reminded every day at most"
        raise InvalidRecord(message, "give a number of days")
    standing = {stored.value.name: stored for stored in vault.all(Setting)}
    with vault.transaction("reminders set") as writer:
        for name, key in _NAMES.items():
            stored = standing.get(key)
            if stored is None:
                writer.add(Setting(id=new_id(), name=key, value=str(days[name])))
            elif stored.value.value != str(days[name]):
                writer.change(stored, Setting(id=stored.id, name=key, value=str(days[name])))


def reminders(vault: Vault, on: date) -> list[Reminder]:
    """What there is to do on a day; nothing where all is done."""
    after = intervals(vault)
    return [*_backups(vault, on, after), *_scrubs(vault, on, after)]


def _backups(vault: Vault, on: date, after: Intervals) -> list[Reminder]:
    known = [each for each in values(vault, Backup) if each.gone is None and each.whole]
    if not known:
        return [Reminder(ReminderKind.NO_BACKUP)]
    found = []
    last = max(_day(each.made) for each in known)
    if on - last > timedelta(days=after.backup):
        found.append(Reminder(ReminderKind.BACKUP_OLD, last))
    tried = [_day(each.checked) for each in known if each.checked is not None]
    first = min(_day(each.made) for each in known)
    if tried and on - max(tried) > timedelta(days=after.trial):
        found.append(Reminder(ReminderKind.TRIAL_OLD, max(tried)))
    elif not tried and on - first > timedelta(days=after.backup):
        found.append(Reminder(ReminderKind.NEVER_TRIED, first))
    over = [each for each in known if each.is_due(on)]
    return [*found, *(Reminder(ReminderKind.BACKUP_OVER, each.keep_until, each.id) for each in over)]


def _scrubs(vault: Vault, on: date, after: Intervals) -> list[Reminder]:
    films = vault.all(Film)
    done = [each for each in values(vault, Scrub) if each.by == vault.user_id]
    whole = [_day(each.on) for each in done if each.finished and each.only is None]
    found = []
    if whole and on - max(whole) > timedelta(days=after.scrub):
        found.append(Reminder(ReminderKind.SCRUB_OLD, max(whole)))
    elif films and not whole:
        first = min(_day(film.created) for film in films)
        if on - first > timedelta(days=after.scrub):
            found.append(Reminder(ReminderKind.NEVER_SCRUBBED, first))
    there = {film.id for film in films}
    return [*found, *(Reminder(ReminderKind.FILM_DAMAGED, None, film) for film in damage_known(done) if film in there)]


def _day(moment: datetime) -> date:
    return moment.astimezone().date()
