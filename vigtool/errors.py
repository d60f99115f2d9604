"""Every error that a person may meet, by name.

    VigtoolError
     ├─ Cancelled                 the person stopped the work
     ├─ UsageError                a command or a field was not understood
     ├─ FilmError
     │   ├─ FilmMissing           the file is gone or cannot be read
     │   ├─ NotAFilm              the file is no film at all
     │   ├─ NoPicture             sound only, or no picture that can be decoded
     │   ├─ EmptyFilm             a film whose pictures are missing (camera stopped early, copy cut short)
     │   ├─ FilmUnreadable        looking at it made the decoder itself fail
     │   ├─ FilmTooDemanding      looking at it would take more time, memory or pixels than is allowed
     │   ├─ FilmChanged           the film is not the one its index was made of
     │   ├─ NoSuchFrame           a frame or time outside the film
     │   ├─ FrameUnreadable       a frame so damaged in the film that it cannot be shown
     │   │   └─ FilmDamaged       the same, since some of its sealed bytes are not what was written
     │   └─ CannotErase           the file that a film came from was left where it is
     ├─ VaultError
     │   ├─ NotAVault             the folder holds no vault
     │   ├─ VaultExists           a vault (or something else) is already there
     │   ├─ VaultHeld             another program holds the vault
     │   ├─ VaultNewer            written by a newer version of the program
     │   ├─ WrongPassphrase
     │   ├─ WeakPassphrase        too short to protect anybody
     │   ├─ VaultDamaged          a record or file of the vault is not what was written
     │   │   ├─ SealBroken        sealed bytes were changed, cut, or belong to another place
     │   │   └─ BackupDamaged     a part of a backup is not what was written
     │   │       └─ BackupFilmDamaged  one film of it; all else can be had
     │   ├─ NotABackup            there is no backup in that folder
     │   ├─ UnfitPlace            a place where a backup does not belong
     │   ├─ NoKey                 nobody gave this user the key of that family
     │   ├─ NotAllowed            an act that another role is for
     │   ├─ CardUnchecked         a key was to be given to somebody whose card was not compared yet
     │   ├─ CardMismatch          a card in the vault is not the one that its user has
     │   ├─ FilmsBeyondReach      films of which nothing can be read, and which another key would put out of reach
     │   └─ StorageFailed         disk full, unplugged, or not writable
     │       └─ TracesLeft        it was done; what it replaced could not be wiped from the disk yet
     ├─ RecordError
     │   ├─ NoSuchRecord
     │   ├─ AmbiguousId           a shortened id fits more than one record
     │   ├─ RecordChanged         somebody else wrote it first
     │   └─ InvalidRecord         a value that a record cannot have
     ├─ SchemeError               a coding scheme file that cannot be used
     ├─ ConsentMissing            an act that somebody has not agreed to
     └─ HandoverError
         ├─ TargetExists          the file to write is already there
         ├─ UnsafeRecipient       somebody who may not have it, or a home where it is not safe
         └─ CannotWrite           the copy could not be written where it was asked for

A named error is about the world or about what was asked: it has a message (what happened, what was kept) and a
hint (what to do next), in plain words, and is raised where av, SQLAlchemy, cryptography or the system come in.
Anything else is a fault of the program. Messages name no person, no file name and no folder: those who show
the error know which thing it is about and put it beside that thing.
"""

from __future__ import annotations


class VigtoolError(Exception):
    """An error with a plain sentence and a hint.

    Attributes:
        message: what happened, one sentence without a full stop at its end.
        hint: what to do next; may be empty.
    """

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint

    @property
    def name(self) -> str:
        """The name by which scripts know this error."""
        return type(self).__name__


class Cancelled(VigtoolError):
    """The person stopped the work; nothing half-made was left."""

    def __init__(self, message: str = "stopped before it was done; nothing was changed", hint: str = "") -> None:
        super().__init__(message, hint)


class UsageError(VigtoolError):
    """A command or a field was not understood."""


class FilmError(VigtoolError):
    """Something about one film."""


class FilmMissing(FilmError):
    """The file is gone or cannot be read."""


class NotAFilm(FilmError):
    """The file is no film."""


class NoPicture(FilmError):
    """There is no picture in it that can be decoded."""


class EmptyFilm(FilmError):
    """A film without a single whole picture."""


class FilmTooDemanding(FilmError):
    """Looking at it would take more time, memory or pixels than is allowed."""


class FilmUnreadable(FilmError):
    """Looking at it made the decoder itself fail."""


class FilmChanged(FilmError):
    """The film is not the one its index was made of."""


class NoSuchFrame(FilmError):
    """A frame or time outside the film."""


class FrameUnreadable(FilmError):
    """A frame so damaged in the film that it cannot be shown."""


class FilmDamaged(FrameUnreadable):
    """Some of the film's bytes are not what was written, or cannot be read; before and after them it is as it was."""


class CannotErase(FilmError):
    """The file that a film came from was left where it is."""


class VaultError(VigtoolError):
    """Something about the vault as a whole."""


class NotAVault(VaultError):
    """The folder holds no vault."""


class VaultExists(VaultError):
    """Something is already there."""


class VaultHeld(VaultError):
    """Another program holds the vault."""


class VaultNewer(VaultError):
    """Written by a newer version of the program."""


class WrongPassphrase(VaultError):
    """The passphrase opens no keyslot."""


class WeakPassphrase(VaultError):
    """The passphrase is too short to protect anybody."""


class VaultDamaged(VaultError):
    """A record or file of the vault is not what was written."""


class SealBroken(VaultDamaged):
    """Sealed bytes were changed, cut short, or stand where they do not belong."""


class BackupDamaged(VaultDamaged):
    """A part of a backup is missing, or is not what was written."""


class BackupFilmDamaged(BackupDamaged):
    """A sealed film of a backup is; everything else in it can still be brought back."""


class NotABackup(VaultError):
    """The folder holds no backup."""


class UnfitPlace(VaultError):
    """A place where a backup does not belong, or only if somebody says so."""


class NoKey(VaultError):
    """This user was given no key for that family."""


class NotAllowed(VaultError):
    """Somebody with another role is to do this."""


class CardUnchecked(VaultError):
    """A key was to be given to somebody whose card was not compared yet."""


class CardMismatch(VaultError):
    """A card in the vault is not the one that its user has."""


class FilmsBeyondReach(VaultError):
    """Films of which nothing can be read now, and which another key of their family would put out of reach for good.

    Attributes:
        films: their ids.
    """

    def __init__(self, message: str, hint: str = "", films: tuple[str, ...] = ()) -> None:
        super().__init__(message, hint)
        self.films = films


class StorageFailed(VaultError):
    """The disk is full, unplugged or not writable."""


class TracesLeft(StorageFailed):
    """What was asked for is done and kept; only what it took the place of could not be wiped from the disk yet."""


class RecordError(VigtoolError):
    """Something about one record."""


class NoSuchRecord(RecordError):
    """There is no such record."""


class AmbiguousId(RecordError):
    """A shortened id fits more than one record."""


class RecordChanged(RecordError):
    """Somebody else wrote the record first."""


class InvalidRecord(RecordError):
    """A value that a record cannot have."""


class SchemeError(VigtoolError):
    """A coding scheme file that cannot be used."""


class ConsentMissing(VigtoolError):
    """An act that somebody has not agreed to.

    Attributes:
        reasons: one plain sentence for each thing that is missing, with names: for the person who unlocked the vault.
        nameless: the same with the beginnings of ids in the place of names, for wherever it may be kept.
    """

    def __init__(
        self, message: str, hint: str = "", reasons: tuple[str, ...] = (), nameless: tuple[str, ...] = ()
    ) -> None:
        super().__init__(message, hint)
        self.reasons = reasons
        self.nameless = nameless


class UnderHold(VigtoolError):
    """A legal hold stops what was to be erased."""


class HandoverError(VigtoolError):
    """Something about giving a copy out of the vault."""


class TargetExists(HandoverError):
    """The file to write is already there."""


class UnsafeRecipient(HandoverError):
    """Whoever it is for may not receive anything, or it is not safe to have at home."""


class CannotWrite(HandoverError):
    """The copy could not be written where it was asked for."""
