"""A secret whose letters somebody shows is a secret still: no draft of it, and nothing for an input method to learn."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from vigtool.ui.parts.dialog import Dialog
from vigtool.ui.parts.field import Field, Line, Passphrase
from vigtool.ui.unsaved import ABOUT_ANOTHER, unsaved_typing


@pytest.mark.parametrize("shown", [False, True], ids=["hidden", "shown"])
def test_a_passphrase_is_never_kept_as_something_half_typed(qtbot: QtBot, shown: bool) -> None:
    form = Dialog("Form")
    qtbot.addWidget(form)
    name, secret = Field("Name", Line()), Field("Passphrase", Passphrase())
    for field in (name, secret):
        form.body.addWidget(field)
    form.open()
    for field in (name, secret):
        QTest.keyClicks(field.input, "half ty")
    secret.input.actions()[0].setChecked(shown)
    assert (secret.input.echoMode() is QLineEdit.EchoMode.Normal) is shown
    assert [typed.words for typed in unsaved_typing()] == ["Name"]


def test_showing_and_hiding_a_passphrase_leaves_its_hints_as_they_were(qtbot: QtBot) -> None:
    line = Passphrase()
    qtbot.addWidget(line)
    for shown in (False, True, False):
        line.actions()[0].setChecked(shown)
        hints = line.inputMethodHints()
        assert hints & Qt.InputMethodHint.ImhSensitiveData
        assert hints & Qt.InputMethodHint.ImhNoPredictiveText
        assert bool(hints & Qt.InputMethodHint.ImhHiddenText) is not shown


def test_a_form_that_is_about_another_family_says_so(qtbot: QtBot) -> None:
    for form, about_another in ((Dialog("One"), False), (Dialog("Other"), True)):
        qtbot.addWidget(form)
        form.setProperty(ABOUT_ANOTHER, about_another)
        field = Field("Name", Line())
        form.body.addWidget(field)
        form.open()
        QTest.keyClicks(field.input, "N")
        assert [typed.about_another for typed in unsaved_typing()] == [about_another]
        form.close()
