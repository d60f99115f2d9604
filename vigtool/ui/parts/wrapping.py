"""Labels of more than one line in a page that scrolls: as high as they need at the width they have, and no higher."""

from __future__ import annotations

from PySide6.QtWidgets import QLabel, QWidget


def let_wrap(page: QWidget) -> None:
    """Let every wrapped label of a scrolling page be measured at its real width alone.

    Otherwise Qt keeps the page as high as if every label were as narrow as it would like to be, and scrolls over
    nothing. In a page that scrolls no label is ever pressed below the height it needs.
    """
    for label in page.findChildren(QLabel):
        if label.wordWrap():
            label.setMinimumHeight(1)
