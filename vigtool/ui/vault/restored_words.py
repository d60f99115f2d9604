"""What is said once a vault was got back: what is in it, what is not, and what a person has to decide."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from vigtool.casework.erasure import Erasure
from vigtool.practice.restoring import Restored
from vigtool.ui.service.said import day_words, moment_words, number_words, size_words

_MOST = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """One thing that is said.

    Attributes:
        icon, tone: its sign; "accent" for what is well, "caution" for what to look at.
        title, sentence: in words.
        lines: what it is about, one each.
    """

    icon: str
    tone: str
    title: str
    sentence: str = ""
    lines: tuple[str, ...] = ()


def _say(text: str) -> str:
    return QCoreApplication.translate("RestoredPage", text)


def told_of(done: Restored) -> list[Told]:
    """All that is to be said, what is well first."""
    facts = done.facts
    size = _say("films: {0} · {1}").format(number_words(facts.films), size_words(facts.size))
    told = [
        Told(
            icon="check",
            tone="accent",
            title=_say("All is there as it was on {0}").format(moment_words(facts.made))
            if not done.lost and not done.findings
            else _say("What could be got back is there as it was on {0}").format(moment_words(facts.made)),
            sentence=size,
        ),
        _since(done),
    ]
    if done.erased_again:
        told.append(
            Told(
                icon="trash",
                tone="quiet",
                title=_say("Erased again, as it had been"),
                sentence=_say("It stood in the backup, since it was erased only after the backup was made."),
                lines=_shortened([_erasure(each) for each in done.erased_again]),
            )
        )
    if done.unbelieved:
        told.append(
            Told(
                icon="warning",
                tone="caution",
                title=_say("Somebody this vault does not know says that this was erased. It is there"),
                sentence=_say("Ask whoever may have done it. If it is to go, erase it in the family's keeping."),
                lines=_shortened([_erasure(each) for each in done.unbelieved]),
            )
        )
    return [*told, *_damage(done)]


def _since(done: Restored) -> Told:
    if not done.rolled_back:
        return Told(
            icon="info",
            tone="quiet",
            title=_say("Nothing later is known"),
            sentence=_say("What was done after that moment, and is in no backup here, is not in this vault."),
        )
    said = _say(
        "So many later entries of the audit log are known: {0}. What they tell of has to be done again, or taken from "
        "a newer backup."
    )
    return Told(
        icon="warning",
        tone="caution",
        title=_say("What was done after that moment is not in it"),
        sentence=said.format(number_words(done.newer_entries)),
    )


def _damage(done: Restored) -> list[Told]:
    told = []
    if done.lost:
        told.append(
            Told(
                icon="warning",
                tone="caution",
                title=_say("Sealed films that are damaged or gone in the backup: {0}").format(
                    number_words(len(done.lost))
                ),
                sentence=_say("Another backup may have them whole: each can be mended from it in Service, Vault."),
                lines=_shortened([_say("sealed file {0}").format(file[:8]) for file in done.lost]),
            )
        )
    if done.findings:
        told.append(
            Told(
                icon="warning",
                tone="caution",
                title=_say("Not as it was written"),
                lines=_shortened([f"{each.what} ({each.object[:8]})" for each in done.findings]),
            )
        )
    return told


def _erasure(erasure: Erasure) -> str:
    what = _say("family {0}, erased on {1}") if erasure.of_family else _say("film {0}, erased on {1}")
    return what.format(erasure.what[:8], day_words(erasure.on))


def _shortened(lines: list[str]) -> tuple[str, ...]:
    more = len(lines) - _MOST
    return tuple(lines) if more <= 0 else (*lines[:_MOST], _say("and {0} more").format(number_words(more)))
