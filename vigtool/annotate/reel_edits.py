"""Every edit of a reel, as a pure function from what is to a step towards what shall be."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction

from vigtool.annotate.bounds import Bounds
from vigtool.annotate.mark import Mark
from vigtool.annotate.reel import Caption, Clip, Reel
from vigtool.annotate.scheme import Scheme
from vigtool.errors import InvalidRecord, NoSuchRecord, RecordChanged
from vigtool.ids import Id
from vigtool.timebase import Span, to_seconds, to_ticks

# A moment is kept just as something happens: a breath of what led to it, and time for what follows.
BEFORE_MOMENT = Fraction(1)
AFTER_MOMENT = Fraction(4)

_LANGUAGE = re.compile(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*")


@dataclass(frozen=True, slots=True)
class ReelStep:
    """One edit of a reel: what was done, the reel before it and after it."""

    words: str
    before: Reel
    after: Reel

    @property
    def is_empty(self) -> bool:
        """Whether it changes nothing at all."""
        return self.before == self.after

    def apply(self, reel: Reel) -> Reel:
        """The reel after this step.

        Raises:
            RecordChanged: where the reel is not as this step found it.
        """
        if reel != self.before:
            raise RecordChanged("the reel was changed in the meantime", "look at it again before you go on")
        return self.after

    def inverse(self) -> ReelStep:
        """The step that takes this one back."""
        return ReelStep(self.words, self.after, self.before)

    def then(self, other: ReelStep) -> ReelStep:
        """Both as one step, under the words of this one.

        Raises:
            RecordChanged: where the other does not go on from where this one ends.
        """
        if self.after != other.before:
            raise RecordChanged("these two steps do not follow each other")
        return ReelStep(self.words, self.before, other.after)


def add_mark(
    reel: Reel,
    mark: Mark,
    film: Bounds,
    scheme: Scheme,
    clip_id: Id,
    *,
    at: int | None = None,
    snap: Callable[[int], int] | None = None,
) -> ReelStep:
    """Put the span of a mark into the reel as a clip of its own.

    A moment, which lasts no time, becomes the second before it and the four after it, as far as the film goes.

    Args:
        reel: the reel.
        mark: what to show.
        film: the film of the mark.
        scheme: the scheme of the mark's layer.
        clip_id: identity of the new clip.
        at: its place, 0 for the first; last where none is given.
        snap: gives for a tick the tick of the frame that is shown then; made edges are put through it, so that they
            lie between frames like those a person sets.

    Raises:
        InvalidRecord: where the film or the code is not for parents, or the mark is of another film or outside it.
        SchemeError: where the mark's code is none of the scheme.
    """
    if not film.for_parents:
        raise InvalidRecord(
            "the film of a shared review stays out of the parent's reel", "choose a moment from a film of the family"
        )
    if mark.code is not None and not scheme.code(mark.code).parent_safe:
        raise InvalidRecord("moments with this code are for the practitioner alone", "choose another moment")
    if mark.film != film.film:
        raise InvalidRecord("this mark belongs to another film")
    film.check(mark.span)
    span = _around(mark.span.start, film, snap) if mark.span.is_moment else mark.span
    clip = Clip(id=clip_id, mark=mark.id, film=mark.film, span=span)
    if any(other.id == clip.id for other in reel.clips):
        raise InvalidRecord("this clip is in the reel already")
    place = len(reel.clips) if at is None else _place(at, len(reel.clips))
    return _step("add a clip", reel, (*reel.clips[:place], clip, *reel.clips[place:]))


def remove(reel: Reel, clip_id: Id) -> ReelStep:
    """Take a clip out; its mark stays.

    Raises:
        NoSuchRecord: where there is no such clip.
    """
    gone = clip_of(reel, clip_id)
    return _step("take a clip out", reel, tuple(clip for clip in reel.clips if clip is not gone))


def move(reel: Reel, clip_id: Id, to: int) -> ReelStep:
    """Give a clip another place; 0 is the first. The others close up.

    Raises:
        NoSuchRecord: where there is no such clip.
        InvalidRecord: where there is no such place.
    """
    moved = clip_of(reel, clip_id)
    rest = tuple(clip for clip in reel.clips if clip is not moved)
    place = _place(to, len(rest))
    return _step("move a clip", reel, (*rest[:place], moved, *rest[place:]))


def trim(reel: Reel, clip_id: Id, span: Span, film: Bounds) -> ReelStep:
    """Give a clip other edges; its mark keeps its own.

    Raises:
        NoSuchRecord: where there is no such clip.
        InvalidRecord: where the span is empty, leaves the film, or the film is another one.
    """
    clip = clip_of(reel, clip_id)
    if clip.film != film.film:
        raise InvalidRecord("this clip shows another film")
    film.check(span)
    if span.is_moment:
        raise InvalidRecord("a clip shows at least one frame", "set its end after its start")
    return _changed("trim a clip", reel, replace(clip, span=span))


def set_caption(reel: Reel, clip_id: Id, language: str, text: str) -> ReelStep:
    """Write a clip's caption in one language; a blank text takes it away. A new language comes last.

    Raises:
        NoSuchRecord: where there is no such clip.
        InvalidRecord: where `language` is no BCP 47 tag such as "en" or "pt-BR".
    """
    clip = clip_of(reel, clip_id)
    if not _LANGUAGE.fullmatch(language):
        raise InvalidRecord("that is no language", 'write it as a short tag such as "en" or "ar"')
    words = text.strip()
    captions = {caption.language: caption.text for caption in clip.captions}
    captions[language] = words
    kept = tuple(Caption(tag, said) for tag, said in captions.items() if said)
    return _changed("write a caption" if words else "take a caption away", reel, replace(clip, captions=kept))


def set_title(reel: Reel, title: str) -> ReelStep:
    """Write the title that is shown first; empty for none."""
    return ReelStep("write the title", reel, replace(reel, title=title.strip()))


def set_answers_question(reel: Reel, clip_id: Id, *, yes: bool) -> ReelStep:
    """Say whether a clip serves the helping question.

    Raises:
        NoSuchRecord: where there is no such clip.
    """
    clip = replace(clip_of(reel, clip_id), answers_question=yes)
    return _changed("link a clip to the question" if yes else "unlink a clip from the question", reel, clip)


def clip_of(reel: Reel, clip_id: Id) -> Clip:
    """The clip of that id.

    Raises:
        NoSuchRecord: where there is none.
    """
    for clip in reel.clips:
        if clip.id == clip_id:
            return clip
    raise NoSuchRecord("there is no such clip in this reel", "it may have been taken out")


def length(reel: Reel, time_bases: Mapping[Id, Fraction]) -> Fraction:
    """Exact seconds of all clips, each at the speed it was filmed; `time_bases` by film."""
    return sum((to_seconds(clip.span.length, time_bases[clip.film]) for clip in reel.clips), start=Fraction(0))


def _step(words: str, reel: Reel, clips: tuple[Clip, ...]) -> ReelStep:
    return ReelStep(words, reel, replace(reel, clips=clips))


def _changed(words: str, reel: Reel, changed: Clip) -> ReelStep:
    return _step(words, reel, tuple(changed if clip.id == changed.id else clip for clip in reel.clips))


def _place(at: int, last: int) -> int:
    if not 0 <= at <= last:
        raise InvalidRecord("there is no such place in the reel", f"the places are 1 to {last + 1}")
    return at


def _around(tick: int, film: Bounds, snap: Callable[[int], int] | None) -> Span:
    """The stretch shown for a moment; it always holds the moment itself."""
    made = film.clipped(
        Span(tick - to_ticks(BEFORE_MOMENT, film.time_base), tick + to_ticks(AFTER_MOMENT, film.time_base))
    )
    start = made.start if snap is None else snap(made.start)
    end = made.end if snap is None or made.end == film.end else snap(made.end)
    return Span(min(start, tick), max(end, tick + 1))
