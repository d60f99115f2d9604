"""One table of named colours, in two themes: the same names everywhere, only the values differ.

A token is named for what it is for, never for its hue. `ground` lies under everything, `surface` under panels,
`raised` under what lies on a panel, `sunken` under what is let into one; `line` only separates, `edge` borders
controls (a `line` alone never does). A lane is three tokens: the `shape` that is drawn, the `wash` that fills it, the
`ink` that writes on it.

A widget finds its colours by `of(widget)`: the nearest ancestor that was given a theme by `dress` answers. Most rooms
are light, Film and Reel dark. Nothing is told by colour alone. What lies on `accent_wash` is bordered by `accent`,
never by `edge`, which in the dark theme would fall short of 3:1 there.
"""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QWidget

from vigtool.annotate.mark import Lane

_PROPERTY = "theme"


@dataclass(frozen=True, slots=True)
class LaneColours:
    """What one lane is drawn with, as #RRGGBB."""

    shape: str
    wash: str
    ink: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Colours:
    """All tokens of one theme, as #RRGGBB.

    Attributes:
        chosen_text: written on a chosen mark, which is filled by `chosen(lane)`.
        scrim: laid half clear over the room behind a dialog.
    """

    name: str
    ground: str
    surface: str
    raised: str
    sunken: str
    line: str
    edge: str
    ink: str
    quiet: str
    accent: str
    accent_wash: str
    on_accent: str
    star: str
    caution: str
    caution_wash: str
    caution_ink: str
    error: str
    error_wash: str
    error_ink: str
    chosen_text: str
    scrim: str
    baby: LaneColours
    parent: LaneColours
    together: LaneColours
    notes: LaneColours

    @property
    def is_dark(self) -> bool:
        """Whether text is lighter than its ground."""
        return QColor(self.ground).lightness() < QColor(self.ink).lightness()

    def lane(self, lane: Lane) -> LaneColours:
        """The three tokens of one lane."""
        match lane:
            case Lane.BABY:
                return self.baby
            case Lane.PARENT:
                return self.parent
            case Lane.TOGETHER:
                return self.together
            case Lane.NOTES:
                return self.notes

    def chosen(self, lane: Lane) -> str:
        """What a chosen mark of `lane` is filled with; `chosen_text` stands on it."""
        return self.lane(lane).shape if self.is_dark else self.lane(lane).ink


LIGHT = Colours(
    name="light",
    ground="#FAF8F5",
    surface="#FFFFFF",
    raised="#FFFFFF",
    sunken="#F3EFE8",
    line="#E5E0D8",
    edge="#8A8478",
    ink="#22252B",
    quiet="#5F6672",
    accent="#0F766E",
    accent_wash="#E2F1EE",
    on_accent="#FFFFFF",
    star="#A16207",
    caution="#B7791F",
    caution_wash="#FDF4E0",
    caution_ink="#744A08",
    error="#B93A26",
    error_wash="#FBEBE7",
    error_ink="#962B19",
    chosen_text="#FFFFFF",
    scrim="#22252B",
    baby=LaneColours("#C2660A", "#FBECD6", "#8A4A06"),
    parent=LaneColours("#4F46E5", "#E8E7FC", "#3F37C9"),
    together=LaneColours("#A33D86", "#F7E4F0", "#86306E"),
    notes=LaneColours("#6B7280", "#ECEDF0", "#4B5563"),
)

DARK = Colours(
    name="dark",
    ground="#16181D",
    surface="#1F2229",
    raised="#2A2E37",
    sunken="#111317",
    line="#30343D",
    edge="#747C8B",
    ink="#E8EAED",
    quiet="#A3A9B5",
    accent="#2DD4BF",
    accent_wash="#163A39",
    on_accent="#08201D",
    star="#F2C94C",
    caution="#E0A94A",
    caution_wash="#3A2F1A",
    caution_ink="#F2CE8C",
    error="#F08A74",
    error_wash="#44251F",
    error_ink="#F8B5A6",
    chosen_text="#16181D",
    scrim="#08090B",
    baby=LaneColours("#F0A13C", "#45331C", "#F8C786"),
    parent=LaneColours("#8B93F8", "#2C3056", "#BEC3FF"),
    together=LaneColours("#E08BC4", "#45293D", "#F3B9DD"),
    notes=LaneColours("#9AA2AF", "#2C3038", "#C6CCD6"),
)

THEMES = {theme.name: theme for theme in (LIGHT, DARK)}


def of(widget: QWidget | None) -> Colours:
    """The colours that hold for `widget`: those of the nearest ancestor (or itself) that was dressed, else light."""
    while widget is not None:
        name = widget.property(_PROPERTY)
        if isinstance(name, str):
            return THEMES[name]
        widget = widget.parentWidget()
    return LIGHT


def dress(widget: QWidget, colours: Colours) -> None:
    """Give `widget` and all that lies in it one theme: its stylesheet, its palette, and the answer of `of`."""
    from vigtool.ui.theme_sheet import sheet

    if widget.property(_PROPERTY) == colours.name:
        return
    widget.setProperty(_PROPERTY, colours.name)
    widget.setPalette(palette(colours))
    widget.setStyleSheet(sheet(colours))


def palette(colours: Colours) -> QPalette:
    """The tokens as Qt's own parts (menus, tool tips, text cursors) ask for them."""
    made = QPalette()
    role = QPalette.ColorRole
    table = {
        role.Window: colours.ground,
        role.Base: colours.surface,
        role.AlternateBase: colours.sunken,
        role.Button: colours.surface,
        role.ToolTipBase: colours.raised,
        role.WindowText: colours.ink,
        role.Text: colours.ink,
        role.ButtonText: colours.ink,
        role.ToolTipText: colours.ink,
        role.BrightText: colours.ink,
        role.PlaceholderText: colours.quiet,
        role.Highlight: colours.accent,
        role.HighlightedText: colours.on_accent,
        role.Link: colours.accent,
        role.Accent: colours.accent,
        role.Mid: colours.line,
        role.Dark: colours.edge,
    }
    for name, value in table.items():
        made.setColor(name, QColor(value))
    for name in (role.WindowText, role.Text, role.ButtonText):
        made.setColor(QPalette.ColorGroup.Disabled, name, QColor(colours.quiet))
    return made
