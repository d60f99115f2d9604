"""The organisation's key: shown, put on paper, typed back, kept; or the word that there is to be none."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from vigtool.ui.families.asking import Form
from vigtool.ui.room import Bench
from vigtool.ui.vault.recovery_part import RecoveryPart


class OrganisationSheet(Form):
    """The sheet, as that of one's own recovery key."""

    def __init__(self, bench: Bench, parent: QWidget | None = None) -> None:
        say = QCoreApplication.translate
        super().__init__(
            bench,
            say("OrganisationSheet", "The organisation's key"),
            sentence=say(
                "OrganisationSheet",
                "24 words on paper, kept where the service keeps what must not be lost. Everybody who uses the vault "
                "sees that there is one.",
            ),
            go=say("OrganisationSheet", "It is on paper"),
            width=760,
            parent=parent,
        )
        self.part = RecoveryPart(organisation=True)
        self.part.stepped.connect(self._stepped)
        for field in self.part.fields:
            field.input.returnPressed.connect(self.try_to_accept)
        self.body.addWidget(self.part)

    def try_to_accept(self) -> None:
        """Go on to the three words; when they are right, keep the key."""
        if not self.part.is_asking:
            self.part.ask()
        elif self.part.check():
            desk, key = self.bench.desk, self.part.key
            self.write(lambda: desk.keep_organisation_key(key))

    def done(self, result: int) -> None:
        """Let nothing that was typed stay."""
        self.part.forget()
        super().done(result)

    def _stepped(self) -> None:
        say = QCoreApplication.translate
        asking = self.part.is_asking
        self.go.set_words(say("OrganisationSheet", "Keep it") if asking else say("OrganisationSheet", "It is on paper"))
        self.adjustSize()


class NoOrganisationKey(Form):
    """The word that the organisation holds no key."""

    def __init__(self, bench: Bench, parent: QWidget | None = None) -> None:
        say = QCoreApplication.translate
        super().__init__(
            bench,
            say("OrganisationSheet", "No key for the organisation"),
            sentence=say(
                "OrganisationSheet",
                "If everybody who opens a family is gone, it is lost. A key that was on paper opens nothing any more.",
            ),
            go=say("OrganisationSheet", "Hold none"),
            width=520,
            parent=parent,
        )

    def try_to_accept(self) -> None:
        """Write it down."""
        desk = self.bench.desk
        self.write(desk.refuse_organisation_key)
