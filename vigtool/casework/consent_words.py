"""Consent in plain words, for screens and messages. Names come from whoever asks; nothing here knows one."""

from __future__ import annotations

from collections.abc import Callable

from vigtool.casework.capacity import CapacityNote
from vigtool.casework.consent import Reason, Scope, Why
from vigtool.ids import Id

_SCOPES = {
    Scope.FILM: "being filmed",
    Scope.THERAPY: "using the film in the work together",
    Scope.SUPERVISION: "showing it to the supervisor",
    Scope.INTERVISION: "showing it to peers",
    Scope.TRAINING: "using it in training",
    Scope.RESEARCH: "using it in research",
    Scope.COPY: "a copy of the film",
    Scope.PHOTOGRAPHS: "photographs from the film",
}

_SENTENCES = {
    Why.NEVER_ASKED: "nobody has answered for {person} yet about {scope}",
    Why.SAID_NO: "{signer} said no to {scope} for {person}",
    Why.WITHDRAWN: "{signer} has withdrawn the agreement to {scope} for {person}",
    Why.EXPIRED: "the agreement that {signer} signed to {scope} for {person} was to be asked for again on {review}",
    Why.DISAGREE: "{signer} said no to {scope} for {person}; where those who answer for a child disagree, it is a no",
    Why.NO_HOLDER: "nobody is written down as holding parental responsibility for {person}",
    Why.NO_RECIPIENT: "the agreement that {signer} signed for {person} does not say who may be given a copy",
    Why.NOT_NAMED: "the agreement that {signer} signed for {person} does not name {recipient} for {what}",
    Why.SOMEONE_ELSE: "somebody outside the family is seen or heard in it, who was not asked about {scope}",
    Why.NOBODY_WRITTEN_DOWN: "it is not written down who is seen or heard in it",
    Why.UNKNOWN_PERSON: "somebody seen or heard in it is not written down in the family",
}

# An adult answers for themselves: the same things, without saying the name twice.
_OWN_SENTENCES = {
    Why.SAID_NO: "{signer} said no to {scope}",
    Why.WITHDRAWN: "{signer} has withdrawn the agreement to {scope}",
    Why.EXPIRED: "the agreement that {signer} signed to {scope} was to be asked for again on {review}",
    Why.NO_RECIPIENT: "the agreement that {signer} signed does not say who may be given a copy",
    Why.NOT_NAMED: "the agreement that {signer} signed does not name {recipient} for {what}",
}


def scope_words(scope: Scope) -> str:
    """One scope as it stands in the middle of a sentence: "a copy of the film"."""
    return _SCOPES[scope]


def sentence(reason: Reason, name_of: Callable[[Id], str]) -> str:
    """One reason as a plain sentence without a full stop.

    Args:
        reason: what is in the way.
        name_of: the name of a person of the family.
    """
    own = reason.signer == reason.person
    pattern = (_OWN_SENTENCES.get(reason.why) if own else None) or _SENTENCES[reason.why]
    names = {
        part: name_of(who)
        for part, who in (("person", reason.person), ("signer", reason.signer), ("recipient", reason.recipient))
        if who is not None
    }
    review = "" if reason.review is None else reason.review.isoformat()
    what = "photographs" if reason.scope is Scope.PHOTOGRAPHS else "a copy"
    return pattern.format(scope=scope_words(reason.scope), what=what, review=review, **names)


def capacity_sentence(note: CapacityNote, name_of: Callable[[Id], str]) -> str:
    """A capacity note as a warning, without a full stop."""
    doubt = "nobody is sure whether {person} can" if note.has is None else "{person} could not"
    pattern = f"on {{on}} it was noted that {doubt} decide about this; talk with them before you go on: {{words}}"
    return pattern.format(on=note.on.isoformat(), person=name_of(note.person), words=note.words)
