"""Writing down what somebody signed: who, for whom, on which day, and an answer to each thing by itself."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QGridLayout, QWidget

from vigtool.casework.consent import Answer, Scope
from vigtool.casework.consent_entry import SignedForm, capacity
from vigtool.casework.family import Person
from vigtool.ids import Id
from vigtool.ui import measures
from vigtool.ui.families.asking import TallForm
from vigtool.ui.families.consent_parts import Recipients, Until
from vigtool.ui.families.reading import FamilyPage
from vigtool.ui.families.words import scope_question
from vigtool.ui.measures import Type
from vigtool.ui.parts.field import Choice, Day, Field, Line, Paper
from vigtool.ui.parts.flow import Flow
from vigtool.ui.parts.segments import Segments
from vigtool.ui.parts.surface import column, empty, row
from vigtool.ui.parts.toggles import Check
from vigtool.ui.parts.words import Words
from vigtool.ui.room import Bench


class ConsentForm(TallForm):
    """One signature. What is left at "not now" stays as it was; nothing is ticked beforehand."""

    def __init__(self, bench: Bench, page: FamilyPage, parent: QWidget | None = None) -> None:
        say = QCoreApplication.translate
        super().__init__(
            bench,
            say("ConsentForm", "What was signed"),
            sentence=say("ConsentForm", "Each answer stands by itself, and a later one takes its place."),
            go=say("ConsentForm", "Write down"),
            width=680,
            parent=parent,
        )
        self._page = page
        self._adults = [person for person in page.persons if not person.is_child]
        self.signer = Field(self.tr("Signed by"), Choice())
        for person in self._adults:
            self.signer.input.addItem(person.name, person.id)
        self.signed_as = Field(self.tr("Signed as"), Line())
        self.on = Field(self.tr("On"), Day())
        head = row(gap=12)
        head.addWidget(self.signer, 2)
        head.addWidget(self.signed_as, 2)
        head.addWidget(self.on, 1)
        self.inner.addLayout(head)
        self._whom = column(gap=0)
        self.whom: dict[Id, Check] = {}
        self.inner.addLayout(self._whom)
        self.answers: dict[Scope, Segments] = {}
        self.inner.addLayout(self._make_answers())
        self.recipients = Recipients(page)
        self.inner.addWidget(self.recipients)
        self.answers[Scope.COPY].chosen.connect(self._show_recipients)
        self.form = Field(self.tr("Version of the form"), Line(self._last_form()))
        self.review = Until()
        below = row(gap=12)
        below.addWidget(self.form, 1)
        below.addWidget(self.review, 2)
        self.inner.addLayout(below)
        self.note = Field(self.tr("What else was said (may stay empty)"), Paper(lines=2))
        self.inner.addWidget(self.note)
        self.nothing = Words("", size=Type.LEAST, tone="error", wrap=True)
        self.nothing.hide()
        self.inner.addWidget(self.nothing)
        self.signer.input.currentIndexChanged.connect(self._show_whom)
        self._show_whom()
        self._show_recipients()

    def try_to_accept(self) -> None:
        """Write the answers down."""
        signer = self._signer
        whom = tuple(person for person, check in self.whom.items() if check.isChecked())
        values = [(scope, shown.value) for scope, shown in self.answers.items()]
        given = {scope: answer for scope, answer in values if isinstance(answer, Answer)}
        missing = ""
        if not whom:
            missing = self.tr("Say for whom it was signed.")
        elif not given:
            missing = self.tr("Say what was answered: at least one thing.")
        elif given.get(Scope.COPY) is Answer.YES and not self.recipients.chosen:
            missing = self.tr("Say who may be given a copy: at least one person by name.")
        elif (review := self.review.day) is not None and review < self.on.input.day:
            missing = self.tr("The day for asking again lies before the day of the signature.")
        self.nothing.setText(missing)
        self.nothing.setVisible(bool(missing))
        self.signed_as.set_error("" if self.signed_as.input.text().strip() else self.tr("Say as what they signed."))
        self.form.set_error("" if self.form.input.text().strip() else self.tr("Say which form."))
        if missing:
            self._scroll.ensureWidgetVisible(self.nothing)
        if missing or self.form.error or signer is None or self.signed_as.error:
            return
        desk, signed = self.bench.desk, self._signed(signer, whom, given)
        self.write(lambda: desk.give_consent(signed))

    def _signed(self, signer: Person, whom: tuple[Id, ...], given: dict[Scope, Answer]) -> SignedForm:
        return SignedForm(
            family=self._page.family.id,
            signed_by=signer.id,
            signed_as=self.signed_as.input.text().strip(),
            for_persons=whom,
            answers=given,
            on=self.on.input.day,
            form_version=self.form.input.text().strip(),
            recipients=self.recipients.chosen if given.get(Scope.COPY) is Answer.YES else (),
            review=self.review.day,
            note=self.note.input.toPlainText().strip(),
        )

    @property
    def _signer(self) -> Person | None:
        wanted = self.signer.input.currentData()
        return next((person for person in self._adults if person.id == wanted), None)

    def _show_whom(self) -> None:
        empty(self._whom)
        self.whom.clear()
        signer = self._signer
        if signer is None:
            return
        self._whom.addWidget(Words(self.tr("For"), size=Type.LEAST, tone="quiet"))
        people = Flow(gap=16)
        children = [self._page.everyone[child] for child in signer.responsible_for if child in self._page.everyone]
        for person in (signer, *children):
            words = self.tr("themselves") if person is signer else person.name
            check = Check(words, checked=True)
            check.toggled.connect(self._say_capacity)
            self.whom[person.id] = check
            people.addWidget(check)
        self._whom.addLayout(people)
        self._say_capacity()

    def _say_capacity(self) -> None:
        signer = self._signer
        whom = tuple(person for person, check in self.whom.items() if check.isChecked())
        self.recipients.offer(signer)
        if signer is not None and whom:
            self.signed_as.input.setText(signer.relation or capacity(signer.id, whom))

    def _show_recipients(self, _value: object = None) -> None:
        self.recipients.setVisible(self.answers[Scope.COPY].value is Answer.YES)
        self.refit()

    def _last_form(self) -> str:
        """The version that was signed last in this family: a service changes its form seldom."""
        newest = max(self._page.consents, key=lambda one: (one.on, one.entered), default=None)
        return "1" if newest is None else newest.form_version

    def _make_answers(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setVerticalSpacing(6)
        grid.setColumnStretch(0, 1)
        for line, scope in enumerate(Scope):
            choices = [
                (None, self.tr("not now")),
                (Answer.YES, self.tr("yes")),
                (Answer.NO, self.tr("no")),
                (Answer.WITHDRAWN, self.tr("withdrawn")),
            ]
            self.answers[scope] = Segments(choices, words=scope_question(scope), height=measures.BUTTON_SMALL)
            grid.addWidget(Words(scope_question(scope), size=Type.DENSE), line, 0)
            grid.addWidget(self.answers[scope], line, 1)
        return grid
