"""How a film's page says what is known of it: where it came from, who saw it, what is out, how long it is kept."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from PySide6.QtCore import QCoreApplication

from vigtool.casework.consent import Act
from vigtool.casework.consent_words import sentence
from vigtool.casework.copy import Copy, CopyKind, CopyOutcome
from vigtool.casework.family import Person
from vigtool.casework.film import Film
from vigtool.casework.origin import Origin, VolumeKind
from vigtool.casework.retention import Lacking, Term
from vigtool.casework.stray_copy import StrayCopy, StrayPlace
from vigtool.ids import Id
from vigtool.practice.film_history import CopyNow, Seen
from vigtool.practice.openings import FILM_PLAY
from vigtool.practice.sharing import Share, ShareRole
from vigtool.ui.families.words import film_words
from vigtool.ui.parts.chip import State
from vigtool.ui.service.rows import Row
from vigtool.ui.service.said import day_words, minute_words, moment_words, user_words


def _say(text: str) -> str:
    return QCoreApplication.translate("FilmPage", text)


def volume_words(kind: VolumeKind) -> str:
    """What a film was read from."""
    return {
        VolumeKind.CARD: _say("a memory card"),
        VolumeKind.PHONE: _say("a phone or camera"),
        VolumeKind.STICK: _say("a stick or a disk"),
        VolumeKind.NETWORK: _say("a network folder"),
        VolumeKind.FOLDER: _say("a folder of this computer"),
    }[kind]


def origin_facts(film: Film, origin: Origin | None, names: Mapping[Id, str]) -> list[tuple[str, str]]:
    """Where a film came from, as pairs of a label and what is known."""
    facts = [(_say("File's own name"), film.original_name or _say("not written down"))]
    if film.filmed_on is not None:
        facts.append((_say("Filmed on"), day_words(film.filmed_on)))
    if origin is None:
        facts.append((_say("Brought in"), _say("before this was written down")))
        return facts
    by = names.get(origin.by, "")
    when = moment_words(origin.brought_in)
    facts.append((_say("Brought in"), _say("{0}, by {1}").format(when, by) if by else when))
    facts.append((_say("Read from"), f"{volume_words(origin.volume_kind)}: {origin.from_words}"))
    whole = _say("read again from the disk and compared, byte for byte")
    facts.append((_say("Sealed copy"), whole if origin.read_back else _say("not compared")))
    return facts


def seen_row(seen: Seen, persons: Mapping[Id, Person], me: Id) -> Row:
    """One who saw it on one day."""
    who = user_words(seen.user, seen.name, me)
    what = _say("Played") if seen.act == FILM_PLAY else _say("Opened")
    times = QCoreApplication.translate("FilmPage", "%n times", "", seen.times)
    span = minute_words(seen.at) if seen.times == 1 else f"{minute_words(seen.at)} – {minute_words(seen.last)}"
    once = what if seen.times == 1 else f"{what} {times}"
    if not seen.consent.reasons:
        chip, below = (State.YES, _say("agreed")), _agreed(seen.asked)
    else:
        first = sentence(seen.consent.reasons[0], lambda one: persons[one].name if one in persons else _say("somebody"))
        chip = (State.UNASKED, _say("not agreed")) if seen.consent.nobody_refused else (State.WITHDRAWN, _say("no"))
        below = first
    end = f"{day_words(seen.at.date())}  {span}"
    return Row(value=seen, title=who, below=f"{once} · {below}", icon="eye", end=end, chip=chip)


def _agreed(asked: Act) -> str:
    if asked is Act.SHOW_SUPERVISOR:
        return _say("everybody in it had agreed that the supervisor sees it")
    return _say("everybody in it had agreed that it is used in the work together")


def kind_words(kind: CopyKind) -> str:
    """What was handed out."""
    known = {
        CopyKind.REEL: _say("Film of a reel"),
        CopyKind.STILL: _say("Photograph"),
        CopyKind.MARKS: _say("Table of marks"),
        CopyKind.FILM: _say("Whole film"),
    }
    return known.get(kind, _say("Letter"))


def outcome_words(outcome: CopyOutcome) -> str:
    """What became of a copy, on a chip."""
    return {
        CopyOutcome.GIVEN_BACK: _say("given back"),
        CopyOutcome.DELETED: _say("deleted"),
        CopyOutcome.STAYS: _say("stays there"),
        CopyOutcome.UNKNOWN: _say("nobody knows"),
    }[outcome]


def outcome_chip(outcome: CopyOutcome | None) -> tuple[State, str]:
    """How a copy stands."""
    if outcome is None:
        return State.NOTE, _say("out there")
    state = State.DONE if outcome in (CopyOutcome.GIVEN_BACK, CopyOutcome.DELETED) else State.AGREED
    return (State.DUE if outcome is CopyOutcome.UNKNOWN else state), outcome_words(outcome)


def copy_row(now: CopyNow, persons: Mapping[Id, Person], names: Mapping[Id, str], *, before: str = "") -> Row:
    """One copy that was handed over; `before` names whose it is where more than one family is shown."""
    copy = now.copy
    title = f"{before} · {kind_words(copy.kind)}" if before else kind_words(copy.kind)
    parts = [_say("for {0}").format(for_whom(copy, persons)), copy.purpose]
    by = names.get(copy.given_by, "")
    parts.append(_say("given by {0}").format(by) if by else "")
    below = " · ".join(part for part in parts if part)
    chip = outcome_chip(now.outcome)
    return Row(
        value=now, title=title, below=below, icon="open", end=day_words(copy.made.astimezone().date()), chip=chip
    )


def for_whom(copy: Copy, persons: Mapping[Id, Person]) -> str:
    """Who a copy is for."""
    if copy.to is not None:
        return persons[copy.to].name if copy.to in persons else _say("somebody")
    return copy.to_words or _say("nobody by name")


def place_words(where: StrayPlace) -> str:
    """Where a stray copy lies."""
    return {
        StrayPlace.PHONE: _say("On a phone"),
        StrayPlace.BIN: _say("In a bin"),
        StrayPlace.CLOUD: _say("In a cloud"),
        StrayPlace.DOWNLOADS: _say("Among the downloads"),
        StrayPlace.CARD: _say("On a card or a disk"),
        StrayPlace.MAIL: _say("In a mail"),
        StrayPlace.OTHER: _say("Somewhere else"),
    }[where]


def stray_row(stray: StrayCopy, *, before: str = "") -> Row:
    """One copy that no handover made."""
    place = _say("The file it was brought in from") if stray.source else place_words(stray.where)
    title = f"{before} · {place}" if before else place
    chip = (State.DONE, _say("gone")) if stray.gone else (State.DUE, _say("still there"))
    end = day_words(stray.gone or stray.noted)
    return Row(value=stray, title=title, below=stray.words, icon="warning", end=end, chip=chip)


def lacking_words(lacking: Lacking) -> str:
    """Why no day can be said."""
    return {
        Lacking.RULE: _say("the service has set no rule for it"),
        Lacking.CLOSING: _say("the work with the family has not ended yet"),
        Lacking.BIRTH: _say("a child's birthday is not written down"),
        Lacking.CHILD: _say("there is no child in the family"),
        Lacking.WORD: _say("it goes only when a person asks for it"),
    }[lacking]


def term_words(term: Term, today: date) -> str:
    """Until when something is kept."""
    if term.on is not None:
        pattern = _say("May go since {0}") if term.on <= today else _say("Kept until {0}; nothing goes by itself")
        return pattern.format(day_words(term.on))
    reasons = "; ".join(lacking_words(lacking) for lacking in term.lacking)
    return _say("No day can be said: {0}").format(reasons)


def film_title(film: Film) -> str:
    """What a film is called."""
    words = film_words(film)
    return words[:1].upper() + words[1:]


def access_rows(shares: Sequence[Share], me: Id) -> list[Row]:
    """Who has a key of a film's family."""
    rows = []
    for share in shares:
        opens = share.role is ShareRole.OPENS
        said = _say("opens it") if opens else _say("keeps a key for somebody else")
        rows.append(
            Row(
                value=share,
                title=user_words(share.user, share.name, me),
                icon="key",
                end=day_words(share.since.date()) if share.since else "",
                chip=(State.YES if opens else State.NOTE, said),
            )
        )
    return rows
