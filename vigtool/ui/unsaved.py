"""What stands half typed on forms that are open: kept when the vault locks, so that nothing typed is lost.

Rooms keep what is typed in them by themselves when they are left. A form that is open is another thing: it was not said
yet that its contents shall be. So the texts that were typed are kept as they stand, and shown after unlocking.
"""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractSpinBox, QApplication, QDialog, QLineEdit, QPlainTextEdit, QTextEdit, QWidget

from vigtool.practice.returning import Typing
from vigtool.ui.parts.field import Passphrase

ABOUT_ANOTHER = "aboutAnother"
"""The property of forms that are not about the family that is open, or of rooms whose forms are none of them about it.

Whoever has the key of the open family is not to read what was typed there.
"""

_LONGEST = 20_000


def unsaved_typing(hidden: Iterable[QWidget] = ()) -> list[Typing]:
    """The texts typed into open forms, in the order of their fields. Never a passphrase or a word of a recovery key.

    Args:
        hidden: windows that are open but taken away for now, by the cover.
    """
    windows = [window for window in QApplication.topLevelWidgets() if window.isVisible()]
    forms = [form for form in dict.fromkeys([*windows, *hidden]) if isinstance(form, QDialog)]
    return [typed for form in forms for typed in _typed(form)]


def _typed(form: QDialog) -> list[Typing]:
    found, about_another = [], _is_about_another(form)
    for field in form.findChildren(QWidget):
        text = _text(field)
        if text.strip():
            found.append(Typing(field.accessibleName(), text[:_LONGEST], about_another=about_another))
    return found


def _is_about_another(form: QDialog) -> bool:
    widget: QWidget | None = form
    while widget is not None and not widget.property(ABOUT_ANOTHER):
        widget = widget.parentWidget()
    return widget is not None


def _text(field: QWidget) -> str:
    """What somebody typed there and has not left again; empty where it is nothing of that kind."""
    if isinstance(field, Passphrase) or field.inputMethodHints() & Qt.InputMethodHint.ImhSensitiveData:
        return ""  # also where its letters are shown just now
    if not field.isEnabled():
        return ""
    if isinstance(field, QLineEdit):
        own = field.echoMode() is QLineEdit.EchoMode.Normal and not isinstance(field.parentWidget(), QAbstractSpinBox)
        return field.text() if own and field.isModified() and not field.isReadOnly() else ""
    if isinstance(field, QPlainTextEdit | QTextEdit):
        return field.toPlainText() if field.document().isModified() and not field.isReadOnly() else ""
    return ""
