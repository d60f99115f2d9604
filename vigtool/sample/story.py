"""What happens in the sample film, frame by frame, and whom it is about.

Every mark is true of the drawing: the acting follows this score. Frame numbers are those of the full film
(`timestamps.shown_ticks`), counted from 0; the people and their words are invented.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from vigtool.annotate.mark import Lane
from vigtool.annotate.reel import Caption
from vigtool.casework.family import Role
from vigtool.timebase import Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Someone:
    """A person of the sample family.

    Attributes:
        relation: in the family's own words.
        in_film: whether the film shows or lets hear them.
    """

    name: str
    role: Role
    relation: str
    born: date | None = None
    in_film: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One thing that happens, as a practitioner marks it.

    Attributes:
        key: its name within the score.
        first, last: first and last frame in which it is seen, both inclusive; equal for a moment.
        moment: whether it is one point in time, at the start of frame `first`.
        chain: name of the chain of answering turns it belongs to.
        captions: plain words for the parent, on starred events alone.
        answers_question: whether it serves the helping question.
    """

    key: str
    first: int
    last: int
    lane: Lane
    code: str | None = None
    note: str = ""
    chain: str | None = None
    moment: bool = False
    star: bool = False
    captions: tuple[Caption, ...] = ()
    answers_question: bool = False

    def span(self, ticks: Sequence[int]) -> Span:
        """Its span in a film whose frames are shown at `ticks`.

        Raises:
            IndexError: where the film ends before the frame after the last.
        """
        start = ticks[self.first]
        return Span(start, start if self.moment else ticks[self.last + 1])


FAMILY_CODE = "F-0007"
FAMILY_NAME = "Nadia and Mina"
FAMILY_PLACE = "at home"
FAMILY_OPENED = date(2026, 10, 1)
SAFE_CONTACT = "Text Nadia between 10 and 12; no letters to the house."

NADIA = Someone(name="Nadia", role=Role.PARENT, relation="mother")
MINA = Someone(name="Mina", role=Role.BABY, relation="daughter", born=date(2026, 4, 15))
TOMAS = Someone(name="Tomas", role=Role.PARENT, relation="father", in_film=False)

CYCLE_NUMBER = 2
CYCLES_PLANNED = 3
HELPING_QUESTION = "How can I tell what Mina is asking me for?"

SESSION_NUMBER = 4
SESSION_DATE = date(2026, 11, 12)
SESSION_MINUTES = 50
SESSION_PLACE = "at home, in the kitchen"

FILM_TITLE = "kitchen"
FILM_FILE_NAME = "IMG_0412.MOV"
FILMED_ON = SESSION_DATE

REEL_TITLE = "Nadia and Mina"
SCHEME, SCHEME_VERSION = "attuned", 1


def _said(english: str, arabic: str) -> tuple[Caption, ...]:
    return (Caption("en", english), Caption("ar", arabic))


_BABY, _PARENT, _TOGETHER, _NOTES = Lane.BABY, Lane.PARENT, Lane.TOGETHER, Lane.NOTES

EVENTS: tuple[Event, ...] = (
    # She studies the duck; her mother waits; she looks up and smiles.
    Event(
        key="duck", first=12, last=84, lane=_BABY, code="b.interest", note="the duck on her tray", chain="first look"
    ),
    Event(
        key="waits",
        first=44,
        last=178,
        lane=_PARENT,
        code="enc.wait",
        note="hands still, brows up, leaves her time",
        chain="first look",
        star=True,
        captions=_said("You waited. She looked up and smiled.", "انتظرتِ، فرفعت نظرها إليكِ وابتسمت."),
        answers_question=True,
    ),
    Event(key="looks up", first=98, last=150, lane=_BABY, code="b.look", chain="first look"),
    Event(
        key="smiles", first=128, last=206, lane=_BABY, code="b.smile", note="slow, then all at once", chain="first look"
    ),
    Event(key="smiles back", first=156, last=212, lane=_PARENT, code="rec.eye", chain="first look"),
    # A talk without words.
    Event(
        key="short turns",
        first=296,
        last=588,
        lane=_TOGETHER,
        code="tog.turns",
        note="both get some",
        star=True,
        captions=_said("You copied her sound. She had an answer.", "قلّدتِ صوتها، فأجابتكِ."),
        answers_question=True,
    ),
    Event(key="coos", first=300, last=334, lane=_BABY, code="b.voice", chain="talk"),
    Event(key="copies", first=352, last=392, lane=_PARENT, code="rec.echo", note="same tune, softer", chain="talk"),
    Event(key="answers", first=416, last=456, lane=_BABY, code="b.voice", note="longer than the first", chain="talk"),
    Event(key="copies again", first=474, last=514, lane=_PARENT, code="rec.echo", chain="talk"),
    Event(
        key="has more to say", first=538, last=582, lane=_BABY, code="b.voice", note="arm goes up with it", chain="talk"
    ),
    Event(key="asks on", first=600, last=652, lane=_PARENT, code="rec.words", note="“Is that so?”", chain="talk"),
    # She needs a pause, and gets it.
    Event(key="looks away", first=686, last=800, lane=_BABY, code="b.break", note="hand to her eye", chain="pause"),
    Event(
        key="sits back",
        first=716,
        last=822,
        lane=_PARENT,
        code="rec.respect",
        note="says nothing, stays",
        chain="pause",
    ),
    Event(key="comes back", first=812, last=862, lane=_BABY, code="b.look", chain="pause"),
    # The spoon.
    Event(
        key="offers the spoon",
        first=914,
        last=1010,
        lane=_PARENT,
        code="enc.offer",
        note="half way, no nearer",
        chain="spoon",
    ),
    Event(
        key="holds it still",
        first=976,
        last=1196,
        lane=_PARENT,
        code="gui.fit",
        note="Mina steers, Nadia only carries",
        star=True,
        captions=_said("She reached. You held the spoon still.", "مدّت يدها، فأبقيتِ الملعقة ثابتة."),
        answers_question=True,
    ),
    Event(key="reaches", first=992, last=1066, lane=_BABY, code="b.reach", note="toward the spoon", chain="spoon"),
    Event(key="eats together", first=1084, last=1168, lane=_TOGETHER, code="tog.coop", chain="spoon"),
    Event(key="wriggles", first=1206, last=1266, lane=_BABY, code="b.body", note="pleased", chain="spoon"),
    Event(key="cloud", first=1296, last=1436, lane=_NOTES, note="cloud over the sun, picture darker"),
    # The duck that hops.
    Event(
        key="duck hops",
        first=1322,
        last=1420,
        lane=_PARENT,
        code="enc.play",
        note="three hops, a pause before each",
        chain="fun",
    ),
    Event(key="laughs", first=1412, last=1610, lane=_BABY, code="b.smile", note="laughs out loud", chain="fun"),
    Event(
        key="shared fun",
        first=1424,
        last=1640,
        lane=_TOGETHER,
        code="tog.fun",
        chain="fun",
        star=True,
        captions=_said("You laughed together.", "ضحكتما معًا."),
    ),
    Event(key="show this one", first=1500, last=1500, moment=True, lane=_NOTES, note="show this one?"),
    # She asks for the duck.
    Event(
        key="wants the duck",
        first=1716,
        last=1796,
        lane=_BABY,
        code="b.reach",
        note="whole arm, looks at Nadia too",
        chain="ask",
    ),
    Event(
        key="hears her",
        first=1752,
        last=1812,
        lane=_PARENT,
        code="rec.words",
        note="“The duck? Here it comes.”",
        chain="ask",
    ),
    Event(key="look at the duck", first=1890, last=2010, lane=_TOGETHER, code="tog.share", chain="ask"),
)


def events_within(frames: int) -> tuple[Event, ...]:
    """The events that are over before a film of so many frames ends."""
    return tuple(event for event in EVENTS if event.last + 1 < frames)
