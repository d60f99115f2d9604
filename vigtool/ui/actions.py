"""One table of all that can be done by key: its words, its key, and where the key acts.

The sheet of keys (F1) is built from it, and so are tool tips and badges. Keys of one letter act only while the focus
is in the picture or the timeline, so that nobody sets a mark while typing a note; a person can change them (a table of
their own keys is laid over this one by `keys_of`).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QKeySequence


class Where(Enum):
    """Where a key acts."""

    EVERYWHERE = "everywhere"
    PICTURE = "playing, in picture and timeline"
    MARKING = "marking, in picture and timeline"
    TIMELINE = "the timeline, in picture and timeline"
    LOOKING = "looking, in picture and timeline"
    REEL = "reel"
    LISTS = "lists"


@dataclass(frozen=True, slots=True)
class Action:
    """One thing that can be done.

    Attributes:
        id: its name in code and in a person's own table of keys.
        words: what it does, in English; shown through `words_of`.
        keys: Qt's portable names, each of them does it.
        where: where the keys act.
    """

    id: str
    words: str
    keys: tuple[str, ...]
    where: Where


_P, _M, _T, _E = Where.PICTURE, Where.MARKING, Where.TIMELINE, Where.EVERYWHERE
ACTIONS = (
    Action("play", "play and pause", ("Space",), _P),
    Action("shuttle-back", "backwards, again for faster; with K held, frame by frame", ("J",), _P),
    Action("shuttle-stop", "stop; held, J and L go frame by frame", ("K",), _P),
    Action("shuttle-forward", "forwards, again for faster; with K held, frame by frame", ("L",), _P),
    Action("frame-back", "one frame back", ("Left",), _P),
    Action("frame-forward", "one frame on", ("Right",), _P),
    Action("second-back", "one second back", ("Shift+Left",), _P),
    Action("second-forward", "one second on", ("Shift+Right",), _P),
    Action("slower", "slower", (",",), _P),
    Action("faster", "faster", (".",), _P),
    Action("in", "in point", ("I",), _M),
    Action("out", "out point, after the frame that shows", ("O",), _M),
    Action("edge-in", "the chosen mark begins here", ("Alt+I",), _M),
    Action("edge-out", "the chosen mark ends after the frame that shows", ("Alt+O",), _M),
    Action("mark", "mark the span or the moment", ("Return", "Enter"), _M),
    Action("star", "star; with nothing chosen, keep this moment", ("S",), _M),
    Action("link", "link to the chain", ("C",), _M),
    Action("note", "write a note", ("N",), _M),
    Action("loop", "loop the span", ("R",), _P),
    Action("only-marked", "play only the marked spans in the list", ("M",), _P),
    Action("zoom", "zoom to what is under the pointer", ("Z",), _T),
    Action("zoom-in", "look closer along the film", ("+", "=", "Shift++"), _T),
    Action("zoom-out", "see more of the film", ("-",), _T),
    Action("zoom-whole", "the whole film", ("Shift+Z",), _T),
    Action("zoom-mark", "zoom to the chosen mark", ("Alt+Z",), _T),
    Action("next-mark", "next mark", ("Down",), _M),
    Action("previous-mark", "previous mark", ("Up",), _M),
    Action("remove", "take the chosen mark away", ("Del",), _M),
    Action("picture-closer", "look closer into the picture", ("Ctrl++", "Ctrl+=", "Ctrl+Shift++"), Where.LOOKING),
    Action("picture-wider", "see more of the picture", ("Ctrl+-",), Where.LOOKING),
    Action("picture-whole", "the whole picture", ("Ctrl+0",), Where.LOOKING),
    Action("picture-left", "look further to the left", ("Ctrl+Left",), Where.LOOKING),
    Action("picture-right", "look further to the right", ("Ctrl+Right",), Where.LOOKING),
    Action("picture-up", "look further up", ("Ctrl+Up",), Where.LOOKING),
    Action("picture-down", "look further down", ("Ctrl+Down",), Where.LOOKING),
    Action("brighter", "brighter, only to look at", ("B",), Where.LOOKING),
    Action("darker", "less bright", ("Shift+B",), Where.LOOKING),
    Action("as-filmed", "as bright as it was filmed", ("Ctrl+B",), Where.LOOKING),
    Action("keep-still", "keep this still", ("Ctrl+K",), Where.LOOKING),
    Action("beside", "a second film beside this one, or no longer", ("Ctrl+D",), Where.LOOKING),
    Action("beside-back", "second film alone, one frame back", ("Alt+Left",), Where.LOOKING),
    Action("beside-forward", "second film alone, one frame on", ("Alt+Right",), Where.LOOKING),
    Action("same-moment", "both films show the same moment", ("Ctrl+M",), Where.LOOKING),
    Action("clip-back", "move the chosen clip towards the beginning", ("Alt+Left",), Where.REEL),
    Action("clip-forward", "move the chosen clip towards the end", ("Alt+Right",), Where.REEL),
    Action("clip-remove", "take the chosen clip out; the mark stays", ("Del",), Where.REEL),
    Action("clip-add", "put the chosen moment into the reel", ("Return", "Enter"), Where.REEL),
    Action("undo", "undo", ("Ctrl+Z",), _E),
    Action("redo", "redo", ("Ctrl+Shift+Z",), _E),
    Action("find", "find", ("Ctrl+F",), _E),
    Action("room-1", "first room", ("Ctrl+1",), _E),
    Action("room-2", "second room", ("Ctrl+2",), _E),
    Action("room-3", "third room", ("Ctrl+3",), _E),
    Action("room-4", "fourth room", ("Ctrl+4",), _E),
    Action("preferences", "preferences", ("Ctrl+,",), _E),
    Action("keys", "this sheet", ("F1",), _E),
    Action("cover", "cover the screen at once", ("F8",), _E),
    Action("lock", "lock", ("Ctrl+L",), _E),
    Action("cancel", "leave, or stop what is going on", ("Esc",), _E),
)
_BY_ID = {action.id: action for action in ACTIONS}


def action(action_id: str) -> Action:
    """The action of that id.

    Raises:
        KeyError: where there is none.
    """
    return _BY_ID[action_id]


def keys_of(action_id: str, own: Mapping[str, tuple[str, ...]] | None = None) -> tuple[QKeySequence, ...]:
    """The keys that do it; `own` is a person's own table, by id, and wins."""
    names = (own or {}).get(action_id, action(action_id).keys)
    return tuple(QKeySequence(name) for name in names)


def key_words(action_id: str) -> str:
    """Its first key as it stands on the keyboard here, for a badge."""
    return " ".join(key_parts(action_id))


def key_parts(action_id: str) -> list[str]:
    """Its first key, each key of the keyboard by itself: Ctrl and +."""
    text = keys_of(action_id)[0].toString(QKeySequence.SequenceFormat.NativeText)
    return re.split(r"\+(?=.)", text)


def words_of(shown: Action) -> str:
    """What it does, in the person's language."""
    return QCoreApplication.translate("Actions", shown.words)


def where_words(where: Where) -> str:
    """Where a key acts, in the person's language."""
    say = QCoreApplication.translate
    return {
        Where.EVERYWHERE: say("Actions", "Everywhere"),
        Where.PICTURE: say("Actions", "Playing"),
        Where.MARKING: say("Actions", "Marking"),
        Where.TIMELINE: say("Actions", "The timeline"),
        Where.LOOKING: say("Actions", "The picture"),
        Where.REEL: say("Actions", "In the reel"),
        Where.LISTS: say("Actions", "In lists"),
    }[where]
