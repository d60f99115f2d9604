"""Letting a colleague open a family: whom, their card compared by what they say or show of it, then the key."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from vigtool.ui.desk_keeping import Sharer
from vigtool.ui.families.asking import TallForm
from vigtool.ui.families.reading import FamilyPage
from vigtool.ui.families.staff_words import roles_words
from vigtool.ui.measures import Type
from vigtool.ui.parts.error_panel import Sign
from vigtool.ui.parts.field import Choice, Field
from vigtool.ui.parts.surface import row
from vigtool.ui.parts.words import Words, isolated
from vigtool.ui.room import Bench
from vigtool.ui.service.card_heard import CardHeard


class ShareSheet(TallForm):
    """The sheet. A colleague whose card was compared before is not asked for it again."""

    def __init__(self, bench: Bench, page: FamilyPage, others: list[Sharer], parent: QWidget | None = None) -> None:
        say = QCoreApplication.translate
        super().__init__(
            bench,
            say("ShareSheet", "Share {0}").format(page.family.code),
            sentence=say(
                "ShareSheet",
                "They see it all and work in it. Sharing it on and erasing stay yours. All they do stands in the log.",
            ),
            go=say("ShareSheet", "Share"),
            width=560,
            parent=parent,
        )
        self._page, self._others = page, others
        self.whom = Field(self.tr("With whom"), Choice())
        for one in others:
            words = self.tr("{0}, {1}").format(one.name, roles_words(one.roles)) if one.roles else one.name
            self.whom.input.addItem(words, one.user)
        self.inner.addWidget(self.whom)
        self.whom.setVisible(bool(others))
        if not others:
            nobody = self.tr("Every colleague of this vault can open it already, or there is none yet.")
            self.inner.addWidget(Words(nobody, tone="quiet", wrap=True))
        self.card = CardHeard(bench)
        self.card.changed.connect(self._refresh)
        self.card.go_on.connect(self.try_to_accept)
        self.inner.addWidget(self.card)
        self._checked = row(gap=8)
        self._checked_words = Words("", size=Type.DENSE, tone="quiet", wrap=True)
        self._sign = Sign("check", "accent", size=18)
        self._checked.addWidget(self._sign)
        self._checked.addWidget(self._checked_words, 1)
        self.inner.addLayout(self._checked)
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
        desk, family, said = self.bench.desk, self._page.family.id, self.card.text

        def share() -> None:
            if not one.is_checked:
                desk.compare_card(one.user, said)
            desk.share_with(family, one.user)

        self.write(share)

    def _choose(self) -> None:
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
            self.card.ask_for(one.user, one.name)
        self._refresh()

    def _refresh(self) -> None:
        one = self.chosen
        may = one is not None and (one.is_checked or self.card.agrees)
        self.go.setEnabled(may)
        self.refit()
