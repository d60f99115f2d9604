"""The stylesheet of a theme, built from its tokens.

It dresses Qt's own parts (labels, panels, fields, lists, scroll bars, menus). It names no font: sizes are set in
points by `ui.measures.font`, and a stylesheet that names a font would override them. What a stylesheet cannot do
(dashed outlines, tinted icons, a ring that stands off) is painted by `ui.parts` and `ui.style`.
"""

from __future__ import annotations

from functools import cache
from string import Template

from vigtool.ui.theme import THEMES, Colours

_SHEET = Template("""
QWidget { color: $ink; }
QWidget#page, QMainWindow { background: $ground; }
QDialog#sheet { background: transparent; }
QLabel { background: transparent; }
QLabel[tone="quiet"] { color: $quiet; }
QLabel[tone="accent"] { color: $accent; }
QLabel[tone="caution"] { color: $caution_ink; }
QLabel[tone="error"] { color: $error_ink; }
QToolTip { background: $raised; color: $ink; border: 1px solid $edge; padding: 4px 8px; }

QFrame#panel { background: $surface; border: 1px solid $line; border-radius: 12px; }
QFrame#panel[kind="sunken"] { background: $sunken; border: none; border-radius: 8px; }
QFrame#panel[kind="caution"] { background: $caution_wash; border: none; }
QFrame#panel[kind="error"] { background: $error_wash; border: 1px solid $error; }
QFrame#rule { background: $line; border: none; }

QLineEdit, QPlainTextEdit {
  background: $surface; color: $ink; border: 1px solid $edge; border-radius: 8px; padding: 0 12px;
  selection-background-color: $accent; selection-color: $on_accent; }
QPlainTextEdit { padding: 6px 8px; }
QLineEdit[wrong="true"], QPlainTextEdit[wrong="true"] { border: 1px solid $error; }
QLineEdit:disabled, QPlainTextEdit:disabled {
  background: $sunken; color: $quiet; border-color: $line; }
QLineEdit#bare { border: none; background: transparent; padding: 0; }

QScrollArea { background: transparent; border: none; }
QScrollArea > QWidget > QWidget#scrolled { background: transparent; }
QAbstractItemView { background: transparent; border: none; outline: none; color: $ink;
  selection-background-color: $accent_wash; selection-color: $ink; }
QHeaderView { background: transparent; border: none; }
QHeaderView::section { background: transparent; color: $quiet; border: none; border-bottom: 1px solid $line;
  padding: 4px 13px; }
QTableView::item { padding: 0 8px; border: none; }
QTableView::item:selected { background: $accent_wash; color: $ink; }
QComboBox QAbstractItemView { background: $raised; border: 1px solid $edge; padding: 4px; }
QMenu { background: $raised; border: 1px solid $edge; padding: 4px; }
QMenu::item { padding: 6px 16px; border-radius: 6px; }
QMenu::item:selected { background: $accent_wash; color: $ink; }
QMenu::separator { background: $line; height: 1px; margin: 4px 8px; }

QScrollBar { background: transparent; border: none; margin: 0; }
QScrollBar:vertical { width: 12px; }
QScrollBar:horizontal { height: 12px; }
QScrollBar::handle { background: $edge; border: 3px solid transparent; border-radius: 6px; }
QScrollBar::handle:vertical { min-height: 32px; margin: 1px 3px; border: none; border-radius: 3px; }
QScrollBar::handle:horizontal { min-width: 32px; margin: 3px 1px; border: none; border-radius: 3px; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; border: none; background: none; }
QScrollBar::add-page, QScrollBar::sub-page { background: none; }

QCalendarWidget QAbstractItemView { background: $surface; }
QSplitter::handle { background: transparent; }
""")


def _tokens(colours: Colours) -> dict[str, str]:
    values = {name: getattr(colours, name) for name in Colours.__slots__}
    return {name: value for name, value in values.items() if isinstance(value, str)}


@cache
def _sheet_of(name: str) -> str:
    return _SHEET.substitute(_tokens(THEMES[name]))


def sheet(colours: Colours) -> str:
    """The stylesheet in these colours."""
    return _sheet_of(colours.name)
