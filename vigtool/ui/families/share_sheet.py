"""Letting a colleague open a family: whom, their card compared by six words, then the key."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from vigtool.ui import measures
from vigtool.ui.desk_keeping import Sharer
from vigtool.ui.families.asking import TallForm
from vigtool.ui.families.reading import FamilyPage
from vigtool.ui.families.staff_words import roles_words
from vigtool.ui.measures import Type
from vigtool.ui.notices import words_of
from vigtool.ui.parts.button import Button
from vigtool.ui.parts.error_panel import ErrorPanel, Sign
from vigtool.ui.parts.field import Choice, Field
from vigtool.ui.parts.surface import Panel, column, empty, row
from vigtool.ui.parts.toggles import Check
from vigtool.ui.parts.words import Words, isolated
from vigtool.ui.room import Bench


class CardPart(Panel):
    """The six words of a colleague's card as this vault has it, and the question whether theirs are the same."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(kind="sunken", padding=16, gap=10, parent=parent)
        self._told = Words("", size=Type.DENSE, wrap=True)
        self.body.addWidget(self._told)
        self._words = QGridLayout()
        self._words.setHorizontalSpacing(12)
        self._words.setVerticalSpacing(8)
        self.body.addLayout(self._words)
        self.heard = Check("")
        self.body.addWidget(self.heard)
        self.differ = Button(self.tr("They are not the same"), height=measures.BUTTON_SMALL)
        self.body.addWidget(self.differ, 0, Qt.AlignmentFlag.AlignLeading)

    def show_words(self, name: str, words: tuple[str, ...]) -> None:
        """Show the words of one colleague's card."""
        self._told.setText(
            self.tr(
                "Have {0} read out the six words of their own card, face to face or on the telephone. Only where all "
                "of them are these, in this order, is the key going to {0} and to nobody else."
            ).format(isolated(name))
        )
        empty(self._words)
        for place, word in enumerate(words):
            label = Words(f"{place + 1}  {word}", size=Type.LARGE, weight=measures.SEMIBOLD)
            self._words.addWidget(label, place // 3, place % 3)
        self.heard.setText(isolated(self.tr("{0} read out exactly these six words").format(isolated(name))))
        self.heard.setAccessibleName(self.tr("{0} read out exactly these six words").format(name))
        self.heard.setChecked(False)
        self.heard.updateGeometry()


class ShareSheet(TallForm):
    """The sheet. A colleague whose card was compared before is not asked for it again."""

    def __init__(self, bench: Bench, page: FamilyPage, others: list[Sharer], parent: QWidget | None = None) -> None:
        say = QCoreApplication.translate
        super().__init__(
            bench,
            say("ShareSheet", "Share {0}").format(page.family.code),
            sentence=say("ShareSheet", "They see and do in it whatever you do. Everything they do stands in the log."),
            go=say("ShareSheet", "Share"),
            width=560,
            parent=parent,
        )
        self._page, self._others = page, others
        self._words: tuple[str, ...] = ()
        self.whom = Field(self.tr("With whom"), Choice())
        for one in others:
            words = self.tr("{0}, {1}").format(one.name, roles_words(one.roles)) if one.roles else one.name
            self.whom.input.addItem(words, one.user)
        self.inner.addWidget(self.whom)
        self.whom.setVisible(bool(others))
        if not others:
            nobody = self.tr("Every colleague of this vault can open it already, or there is none yet.")
            self.inner.addWidget(Words(nobody, tone="quiet", wrap=True))
        self.card = CardPart()
        self.card.heard.toggled.connect(self._refresh)
        self.card.differ.clicked.connect(self._differ)
        self.inner.addWidget(self.card)
        self._checked = row(gap=8)
        self._checked_words = Words("", size=Type.DENSE, tone="quiet", wrap=True)
        self._sign = Sign("check", "accent", size=18)
        self._checked.addWidget(self._sign)
        self._checked.addWidget(self._checked_words, 1)
        self.inner.addLayout(self._checked)
        self._trouble = column()
        self.inner.addLayout(self._trouble)
        self.whom.input.currentIndexChanged.connect(self._choose)
        self._choose()

    @property
    def chosen(self) -> Sharer | None:
        """With whom."""
        return next((one for one in self._others if one.user == self.whom.input.currentData()), None)

    def try_to_accept(self) -> None:
        """Write down that the card was compared, and give the key."""
        one = self.chosen
        if one is None or not self.go.isEnabled():
            return
        desk, family, words = self.bench.desk, self._page.family.id, " ".join(self._words)

        def share() -> None:
            if not one.is_checked:
                desk.compare_card(one.user, words)
            desk.share_with(family, one.user)

        self.write(share)

    def _choose(self) -> None:
        empty(self._trouble)
        one = self.chosen
        if one is None:
            self.card.hide()
            self._refresh()
            return
        self.card.setVisible(not one.is_checked)
        self._sign.setVisible(one.is_checked)
        self._checked_words.setVisible(one.is_checked)
        self._checked_words.setText(
            self.tr("That the card of {0} is their own was made sure of before.").format(isolated(one.name))
        )
        if not one.is_checked:
            desk = self.bench.desk
            self._words = ()
            self.bench.jobs.call(
                lambda: desk.words_of_card(one.user), owner=self, done=self._show_words, failed=self._no_words
            )
        self._refresh()

    def _show_words(self, words: tuple[str, ...]) -> None:
        self._words = words
        if self.chosen is not None:
            self.card.show_words(self.chosen.name, words)
        self._refresh()

    def _no_words(self, error: BaseException) -> None:
        self._trouble.addWidget(ErrorPanel(words_of(error, kept=self.tr("Nothing was shared."))))
        self.refit()

    def _differ(self) -> None:
        empty(self._trouble)
        self.card.heard.setChecked(False)
        said = Panel(kind="caution", padding=12)
        words = self.tr(
            "Then do not share. Somebody may have changed the vault, or you looked at another colleague. Tell whoever "
            "keeps the keys of your service, before anything else is shared."
        )
        said.body.addWidget(Words(words, tone="caution", wrap=True))
        self._trouble.addWidget(said)
        self.refit()

    def _refresh(self) -> None:
        one = self.chosen
        may = one is not None and (one.is_checked or (bool(self._words) and self.card.heard.isChecked()))
        self.go.setEnabled(may)
        self.refit()
