"""What is asked on the page of retention: a rule, a reason for a hold, and the word before something is erased."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from vigtool.casework.film import FilmKind
from vigtool.casework.retention import MOST_AGE, MOST_MONTHS, RetentionRule
from vigtool.ids import new_id
from vigtool.practice.erasing import Outlook
from vigtool.practice.retention import OFFERS
from vigtool.ui.families.asking import Form
from vigtool.ui.measures import Type
from vigtool.ui.parts.button import Kind
from vigtool.ui.parts.dialog import Dialog
from vigtool.ui.parts.field import Choice, Field, Line, Number, Paper
from vigtool.ui.parts.toggles import Check
from vigtool.ui.parts.words import Words
from vigtool.ui.room import Bench
from vigtool.ui.service.retention_words import kind_words, outlook_sentences

_KINDS = (None, FilmKind.INTERACTION, FilmKind.SHARED_REVIEW)


class RuleForm(Form):
    """One rule: what it is about, and until when it keeps that."""

    def __init__(self, bench: Bench, rule: RetentionRule | None, parent: QWidget | None = None) -> None:
        say = QCoreApplication.translate
        super().__init__(
            bench,
            say("RuleForm", "A rule of keeping"),
            sentence=say("RuleForm", "A rule erases nothing: it says from which day on something stands in the list."),
            go=say("RuleForm", "Set the rule"),
            width=560,
            parent=parent,
        )
        self._rule = rule
        self.offer, self.kind = Choice(), Choice()
        self.offer.addItem(self.tr("None of these"), None)
        for offer in OFFERS:
            self.offer.addItem(offer.words, offer)
        for kind in _KINDS:
            self.kind.addItem(kind_words(kind), kind)
        self.months = Number(-1, MOST_MONTHS, -1, unknown=self.tr("not by this"))
        self.age = Number(0, MOST_AGE, 0, unknown=self.tr("not by this"))
        self.on_word = Check(self.tr("Never by a date, only when a person asks for it"))
        self._lay_out()
        if rule is not None:
            self._show(rule)

    def try_to_accept(self) -> None:
        """Set it."""
        by_date = not self.on_word.isChecked()
        rule = RetentionRule(
            id=self._rule.id if self._rule is not None else new_id(),
            kind=self.kind.currentData(),
            months_after_closing=self.months.value() if by_date and self.months.value() >= 0 else None,
            until_age=self.age.value() if by_date and self.age.value() > 0 else None,
            on_word_only=self.on_word.isChecked(),
        )
        desk = self.bench.desk
        self.write(lambda: desk.set_rule(rule))

    def _lay_out(self) -> None:
        hint = self.tr("They contradict each other. Which holds here is for whoever answers for your records to say.")
        self._offers = Field(self.tr("What some services have"), self.offer, hint=hint)
        self.body.addWidget(self._offers)
        self.body.addWidget(Field(self.tr("About"), self.kind))
        self._months = Field(self.tr("Months after the work has ended"), self.months)
        self._age = Field(self.tr("Until the youngest child is so many years old"), self.age)
        for field in (self._months, self._age):
            self.body.addWidget(field)
        self.body.addWidget(self.on_word)
        self._offers.setVisible(self._rule is None)
        self.offer.currentIndexChanged.connect(self._take_offer)
        self.on_word.toggled.connect(self._word_changed)

    def _take_offer(self) -> None:
        offer = self.offer.currentData()
        if offer is not None:
            self._show(offer.rule())

    def _show(self, rule: RetentionRule) -> None:
        self.kind.setCurrentIndex(_KINDS.index(rule.kind))
        self.months.setValue(-1 if rule.months_after_closing is None else rule.months_after_closing)
        self.age.setValue(rule.until_age or 0)
        self.on_word.setChecked(rule.on_word_only)

    def _word_changed(self) -> None:
        for field in (self._months, self._age):
            field.setVisible(not self.on_word.isChecked())
        self.adjustSize()


class ReasonForm(Form):
    """Why: for a hold that is placed or lifted."""

    def __init__(
        self,
        bench: Bench,
        title: str,
        sentence: str,
        go: str,
        act: Callable[[str], Any],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(bench, title, sentence=sentence, go=go, width=520, parent=parent)
        self._act = act
        self.reason = Field(self.tr("Why"), Paper(lines=3))
        self.body.addWidget(self.reason)

    def try_to_accept(self) -> None:
        """Write it, once something was typed."""
        reason = self.reason.input.toPlainText().strip()
        self.reason.set_error("" if reason else self.tr("Write why: it stays beside the hold."))
        if reason:
            self.write(lambda: self._act(reason))


class EraseForm(Dialog):
    """The word before something is erased: why, and the family's code typed out."""

    def __init__(self, title: str, code: str, outlook: Outlook, parent: QWidget | None = None) -> None:
        say = QCoreApplication.translate
        super().__init__(
            title, sentence=say("EraseForm", "This cannot be undone."), go=say("EraseForm", "Erase it"), width=560,
            parent=parent,
        )  # fmt: skip
        self.go.kind = Kind.DANGER
        self._code = code
        for sentence in outlook_sentences(outlook):
            self.body.addWidget(Words(sentence, size=Type.DENSE, wrap=True))
        self.why = Field(
            self.tr("Why"), Line(), hint=self.tr("It stands on the certificate: no names, nothing that tells who.")
        )
        self.typed = Field(self.tr("Type {0} to confirm").format(code), Line())
        self.body.addWidget(self.why)
        self.body.addWidget(self.typed)

    @property
    def reason(self) -> str:
        """Why."""
        said: str = self.why.input.text().strip()
        return said

    def try_to_accept(self) -> None:
        """Accept only with a reason and the very code."""
        same = self.typed.input.text().strip().casefold() == self._code.casefold()
        self.why.set_error("" if self.reason else self.tr("Write why."))
        self.typed.set_error("" if same else self.tr("That is not the code of this family."))
        if self.reason and same:
            self.accept()
