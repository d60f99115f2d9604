"""How the page of the vault says its numbers, what there is to do, and what was found of the machine."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from PySide6.QtCore import QCoreApplication

from vigtool.ids import Id
from vigtool.practice.backups import Backup, BackupOutlook, Reminder, ReminderKind
from vigtool.practice.doctor.finding import Finding, State
from vigtool.ui.parts.chip import State as Chip
from vigtool.ui.service.rows import Row
from vigtool.ui.service.said import day_words, moment_words, number_words, size_words
from vigtool.vault.shapes import VaultInfo


def _say(text: str) -> str:
    return QCoreApplication.translate("VaultPage", text)


def number_facts(info: VaultInfo, entries: int) -> list[tuple[str, str]]:
    """The vault in numbers, as pairs of a label and what is so."""
    cost = _say("{0} of memory, {1} passes for each guess").format(
        size_words(info.argon_memory_kib * 1024), info.argon_passes
    )
    return [
        (_say("Families you can open"), number_words(info.families)),
        (_say("Their films"), number_words(info.films)),
        (_say("Sealed files"), f"{number_words(info.footage_files)} · {size_words(info.footage_bytes)}"),
        (_say("Records"), _say("{0}, rewritten {1} times").format(
            number_words(info.records), number_words(max(info.revisions - info.records, 0))
        )),
        (_say("Entries of the audit log"), number_words(entries)),
        (_say("Passphrases"), cost),
        (_say("Keys"), info.key_kind),
        (_say("Records lie in"), info.database),
        (_say("Format"), str(info.format)),
    ]  # fmt: skip


def reminder_words(reminder: Reminder, films: Mapping[Id, str]) -> str:
    """One thing that there is to do."""
    words = {
        ReminderKind.NO_BACKUP: _say("There is no backup yet: what is lost on this computer is lost."),
        ReminderKind.BACKUP_OLD: _say("The last backup is of {0}."),
        ReminderKind.NEVER_TRIED: _say("No backup was tried out yet. Only a trial shows that one can be restored."),
        ReminderKind.TRIAL_OLD: _say("A backup was tried out last on {0}."),
        ReminderKind.BACKUP_OVER: _say(
            "A backup was to be kept until {0} and is still there. As long as it is, what was erased can come back."
        ),
        ReminderKind.NEVER_SCRUBBED: _say("The films were never read through."),
        ReminderKind.SCRUB_OLD: _say("The films were read through last on {0}."),
        ReminderKind.FILM_DAMAGED: _say("A film is damaged: {1}."),
    }[reminder.what]
    day = "" if reminder.since is None else day_words(reminder.since)
    film = films.get(reminder.about or "", _say("one that you cannot open"))
    return words.format(day, film)


def backup_row(backup: Backup, today: date) -> Row:
    """One backup."""
    title = moment_words(backup.made)
    parts = [
        backup.target,
        size_words(backup.size),
        _say("films: {0}").format(number_words(backup.films)),
    ]
    if not backup.whole:
        chip, end = (Chip.DUE, _say("not known to be whole")), ""
    elif backup.is_due(today):
        chip, end = (Chip.DUE, _say("past its day")), _say("was kept until {0}").format(day_words(backup.keep_until))
    else:
        tried = backup.checked is not None
        chip = (Chip.YES, _say("tried out")) if tried else (Chip.AGREED, _say("read back"))
        end = _say("kept until {0}").format(day_words(backup.keep_until))
    return Row(value=backup, title=title, below=" · ".join(parts), icon="folder", end=end, chip=chip)


def outlook_words(outlook: BackupOutlook) -> list[tuple[str, str]]:
    """What there is to know of a place: pairs of a tone and a sentence."""
    said: list[tuple[str, str]] = []
    if outlook.same_disk:
        said.append(("caution", _say("It is the disk that the vault lies on. Both would be lost together.")))
    if outlook.warning:
        warning = outlook.warning[:1].upper() + outlook.warning[1:]
        said.append(("caution", f"{warning}."))
    if outlook.there:
        said.append(("quiet", _say("Films that lie there already are not copied again.")))
    if outlook.expiring:
        said.append(("quiet", _say("Backups there whose last day is over are taken away once this one is whole.")))
    return said


def machine_row(finding: Finding) -> Row:
    """One thing that was looked at."""
    chip = {
        State.IN_ORDER: (Chip.YES, _say("in order")),
        State.LOOK: (Chip.DUE, _say("look at this")),
        State.NOT_IN_ORDER: (Chip.WITHDRAWN, _say("not in order")),
        State.UNKNOWN: (Chip.UNASKED, _say("cannot tell")),
    }[finding.state]
    sentence = finding.sentence[:1].upper() + finding.sentence[1:]
    name = finding.name[:1].upper() + finding.name[1:]
    return Row(value=finding, title=name, below=sentence, chip=chip)
