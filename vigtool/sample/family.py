"""The sample family: a vault with the drawn film in it, marked, with its reel and the parent's copy.

It takes the same acts that a practitioner takes, in the same order, so whatever it shows the program can really do.
"""

from __future__ import annotations

import shutil
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from vigtool.annotate import edits, reel_edits
from vigtool.annotate.mark import Mark
from vigtool.annotate.mark_set import Marks
from vigtool.annotate.reel import Reel
from vigtool.annotate.scheme_file import built_in
from vigtool.casework.consent import Answer, Scope
from vigtool.casework.consent_entry import SignedForm
from vigtool.casework.family import Person
from vigtool.casework.film import Film
from vigtool.errors import StorageFailed, UsageError, VaultExists
from vigtool.ids import Id, new_id
from vigtool.practice.consents import give_consent
from vigtool.practice.copies import Receipt, make_copy
from vigtool.practice.families import NewFamily, PersonWords, add_family, add_session, begin_cycle
from vigtool.practice.films import FilmWords, bring_in
from vigtool.practice.marking import begin_layer, keep_marks
from vigtool.practice.opening import make_vault, suggest_passphrase
from vigtool.practice.progress import Cancelled, Report, never, share, silent
from vigtool.practice.reels import bounds, change_reel, new_reel
from vigtool.practice.stray_copies import say_gone, stray_copies
from vigtool.sample import story
from vigtool.sample.film import SampleFilm, draw_sample_film
from vigtool.vault.vault import Vault

VAULT_NAME = "vault"
WORDS_NAME = "passphrase.txt"
REEL_NAME = "a-few-moments.mp4"
FILM, THERAPY, SUPERVISION, COPY, PHOTOGRAPHS = (
    Scope.FILM,
    Scope.THERAPY,
    Scope.SUPERVISION,
    Scope.COPY,
    Scope.PHOTOGRAPHS,
)
# Shares of the whole work, in hundredths, for one progress bar over four kinds of work.
_DRAWN, _BROUGHT_IN, _RENDERED = 55, 65, 100


@dataclass(frozen=True, slots=True, kw_only=True)
class SampleFamily:
    """What was made, by path and id."""

    vault: Path
    passphrase_file: Path
    family: Id
    session: Id
    cycle: Id
    film: Id
    marks: int
    reel: Id
    reel_file: Path
    reel_frames: int


def make_sample_family(
    folder: Path, *, seconds: int = 75, report: Report = silent, cancelled: Cancelled = never
) -> SampleFamily:
    """Make a vault with the sample family in `folder`, which must not be there or be empty.

    The passphrase lies beside the vault, since nobody real is in it.

    Raises:
        VaultExists, StorageFailed, Cancelled; whatever it is, nothing is left.
        UsageError: for a film of no length.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        message = "there is something in that folder already"
        raise VaultExists(message, "name a new or empty folder")
    if seconds < 1:
        message = "the sample film lasts a second or more"
        raise UsageError(message, "leave its length out for the whole story")
    missing = [above for above in (folder, *folder.parents) if not above.exists()]
    try:
        folder.mkdir(parents=True, exist_ok=True)
        passphrase = suggest_passphrase()
        passphrase_file = folder / WORDS_NAME
        passphrase_file.write_text(passphrase + "\n", encoding="utf-8")
        passphrase_file.chmod(0o600)
        with make_vault(folder / VAULT_NAME, passphrase).vault as vault:
            return _fill(vault, folder, seconds, report, cancelled, passphrase_file)
    except OSError as failed:
        _take_away(folder, missing)
        message = "the sample family could not be written there"
        raise StorageFailed(message, "choose a folder that may be written to, on a disk with room") from failed
    except BaseException:
        _take_away(folder, missing)
        raise


def _take_away(folder: Path, missing: list[Path]) -> None:
    """Remove what was made in a folder that was empty, and the folders that were not there before."""
    shutil.rmtree(folder / VAULT_NAME, ignore_errors=True)
    with suppress(OSError):
        for name in (WORDS_NAME, REEL_NAME, story.FILM_FILE_NAME):
            (folder / name).unlink(missing_ok=True)
        for above in missing:
            above.rmdir()


def _fill(
    vault: Vault, folder: Path, seconds: int, report: Report, cancelled: Cancelled, passphrase_file: Path
) -> SampleFamily:
    family = _begin_family(vault)
    nadia, mina, _ = family.persons
    cycle = _cycles(vault, family.family.id)
    session = add_session(
        vault,
        family=family.family.id,
        on=story.SESSION_DATE,
        minutes=story.SESSION_MINUTES,
        place=story.SESSION_PLACE,
        present=(nadia.id, mina.id),
    )
    words = FilmWords(
        title=story.FILM_TITLE,
        session=session.id,
        cycle=cycle,
        filmed_on=story.FILMED_ON,
        persons=(nadia.id, mina.id),
    )
    drawn, film = _film(vault, folder, family, words, seconds, report, cancelled)
    marks = _mark(vault, film, drawn)
    reel = _reel(vault, film, marks, cycle)
    receipt = _copy(vault, reel, folder / REEL_NAME, nadia, report, cancelled)
    return SampleFamily(
        vault=folder / VAULT_NAME,
        passphrase_file=passphrase_file,
        family=family.family.id,
        session=session.id,
        cycle=cycle,
        film=film.id,
        marks=len(marks),
        reel=reel.id,
        reel_file=folder / REEL_NAME,
        reel_frames=receipt.rendered.frames,
    )


def _begin_family(vault: Vault) -> NewFamily:
    someones = (story.NADIA, story.MINA, story.TOMAS)
    made = add_family(
        vault,
        name=story.FAMILY_NAME,
        people=[PersonWords(name=s.name, role=s.role, relation=s.relation, born=s.born) for s in someones],
        place=story.FAMILY_PLACE,
        safe_contact=story.SAFE_CONTACT,
        code=story.FAMILY_CODE,
        on=story.FAMILY_OPENED,
    )
    nadia, mina, tomas = made.persons
    family = made.family.id
    agreed = dict.fromkeys((FILM, THERAPY, SUPERVISION, COPY, PHOTOGRAPHS), Answer.YES)
    give_consent(
        vault,
        SignedForm(
            family=family,
            signed_by=nadia.id,
            signed_as=nadia.relation,
            for_persons=(nadia.id, mina.id),
            answers={**agreed, Scope.INTERVISION: Answer.YES, Scope.TRAINING: Answer.NO},
            on=story.FAMILY_OPENED,
            recipients=(nadia.id,),
        ),
    )
    give_consent(
        vault,
        SignedForm(
            family=family,
            signed_by=tomas.id,
            signed_as=tomas.relation,
            for_persons=(tomas.id, mina.id),
            answers=dict.fromkeys((FILM, THERAPY, SUPERVISION), Answer.YES),
            on=story.FAMILY_OPENED,
        ),
    )
    return made


def _cycles(vault: Vault, family: Id) -> Id:
    """The cycles up to the sample's own; the earlier ones asked the same question."""
    last: Id = ""
    for _ in range(story.CYCLE_NUMBER):
        last = begin_cycle(
            vault, family=family, helping_question=story.HELPING_QUESTION, planned=story.CYCLES_PLANNED
        ).id
    return last


def _film(
    vault: Vault,
    folder: Path,
    family: NewFamily,
    words: FilmWords,
    seconds: int,
    report: Report,
    cancelled: Cancelled,
) -> tuple[SampleFilm, Film]:
    """Draw the film into a file, as a phone would leave one, bring it in, and remove the file."""
    path = folder / story.FILM_FILE_NAME
    try:
        with path.open("xb") as out:
            drawn = draw_sample_film(out, seconds=seconds, report=share(report, 0, _DRAWN), cancelled=cancelled)
        film = bring_in(
            vault, path, family.family.id, words, report=share(report, _DRAWN, _BROUGHT_IN), cancelled=cancelled
        )
    finally:
        path.unlink(missing_ok=True)
    for stray in stray_copies(vault, family.family.id):  # the file it came from is gone, and nothing else was there
        say_gone(vault, stray.id, max(date.today(), stray.noted))
    return drawn, film


def _mark(vault: Vault, film: Film, drawn: SampleFilm) -> list[tuple[story.Event, Mark]]:
    """Mark every event of the story, link the chains, and write it all as one step."""
    scheme = built_in()
    layer = begin_layer(vault, film.id)
    ids = {event.key: new_id() for event in drawn.events}
    marks = Marks()
    last_of_chain: dict[str, Id] = {}
    for event in drawn.events:
        mark = edits.new_mark(
            id=ids[event.key],
            layer=layer,
            span=drawn.span(event),
            scheme=scheme,
            code=event.code,
            lane=event.lane,
            note=event.note,
            star=event.star,
        )
        marks = edits.add(marks, mark, bounds(film), scheme).apply(marks)
        if event.chain:
            if event.chain in last_of_chain:
                marks = edits.link(marks, mark.id, last_of_chain[event.chain], new_id()).apply(marks)
            last_of_chain[event.chain] = mark.id
    keep_marks(vault, film.id, [], list(marks.ordered))
    return [(event, marks[ids[event.key]]) for event in drawn.events]


def _reel(vault: Vault, film: Film, marked: list[tuple[story.Event, Mark]], cycle: Id) -> Reel:
    began = new_reel(vault, family=film.family, cycle=cycle, title=story.REEL_TITLE)
    reel = began
    for event, mark in marked:
        if not event.star:
            continue
        clip = new_id()
        reel = reel_edits.add_mark(reel, mark, bounds(film), built_in(), clip).after
        for caption in event.captions:
            reel = reel_edits.set_caption(reel, clip, caption.language, caption.text).after
        if event.answers_question:
            reel = reel_edits.set_answers_question(reel, clip, yes=True).after
    change_reel(vault, began, reel)
    return reel


def _copy(vault: Vault, reel: Reel, target: Path, to: Person, report: Report, cancelled: Cancelled) -> Receipt:
    return make_copy(
        vault,
        reel.id,
        target,
        on=date.today(),
        to=to.id,
        report=share(report, _BROUGHT_IN, _RENDERED),
        cancelled=cancelled,
    )
