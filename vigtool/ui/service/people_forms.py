"""What is asked on the page of people: a new colleague, other roles, the words of a card, who gets a family."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from vigtool.casework.member import PERSONS_ROLES, StaffRole
from vigtool.ids import Id
from vigtool.practice.colleagues import Colleague
from vigtool.practice.sharing import FamilyInCare
from vigtool.ui.families.asking import Form, TallForm
from vigtool.ui.measures import Type
from vigtool.ui.parts.field import Choice, Field, Line, Paper
from vigtool.ui.parts.surface import column
from vigtool.ui.parts.toggles import Check
from vigtool.ui.parts.words import Words, isolated
from vigtool.ui.room import Bench
from vigtool.ui.service.card_heard import CardHeard
from vigtool.ui.service.people_words import role_meaning, role_name
from vigtool.ui.vault.new_passphrase import NewPassphrase


class RoleChecks(QWidget):
    """A box for each role that a person can have."""

    def __init__(self, chosen: Collection[StaffRole], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        body = column(self, gap=4)
        body.addWidget(Words(self.tr("What they may do"), size=Type.LEAST, tone="quiet"))
        self.boxes: dict[StaffRole, Check] = {}
        for role in PERSONS_ROLES:
            name = role_name(role)
            said = self.tr("{0}: {1}").format(name[:1].upper() + name[1:], role_meaning(role))
            self.boxes[role] = Check(said, checked=role in chosen)
            body.addWidget(self.boxes[role])
        self._error = Words("", size=Type.LEAST, tone="error", wrap=True)
        body.addWidget(self._error)
        self._error.hide()

    @property
    def chosen(self) -> tuple[StaffRole, ...]:
        """Those that are ticked."""
        return tuple(role for role, box in self.boxes.items() if box.isChecked())

    def check(self) -> bool:
        """Whether at least one is; else it is said."""
        self._error.setText("" if self.chosen else self.tr("Choose at least one."))
        self._error.setVisible(not self.chosen)
        return bool(self.chosen)


class AddColleagueForm(TallForm):
    """A colleague who sits here now, and chooses a passphrase."""

    def __init__(self, bench: Bench, parent: QWidget | None = None) -> None:
        say = QCoreApplication.translate
        super().__init__(
            bench,
            say("AddColleague", "Add a colleague"),
            sentence=say(
                "AddColleague", "They sit here now, and choose their own passphrase. No family is shared yet."
            ),
            go=say("AddColleague", "Add them"),
            width=600,
            parent=parent,
        )
        self.name = Field(self.tr("Name"), Line(), hint=self.tr("Sealed: only colleagues read it."))
        self.label = Field(
            self.tr("Label before unlocking"),
            Line(),
            hint=self.tr("Anybody at this computer can read it: initials are enough. It may stay empty."),
        )
        self.own = Field(self.tr("Your own name"), Line(), hint=self.tr("So that they know whose vault it is. Sealed."))
        self.own.hide()
        self.roles = RoleChecks((StaffRole.PRACTITIONER,))
        self.passphrase = NewPassphrase(bench.practice, bench.jobs)
        self.passphrase.entered.connect(self.try_to_accept)
        for widget in (self.own, self.name, self.label, self.roles, self.passphrase):
            self.inner.addWidget(widget)
        desk = bench.desk
        bench.jobs.call(desk.colleagues, owner=self, done=self._known)

    def try_to_accept(self) -> None:
        """Add them once a name, a role and a passphrase are there."""
        name = self.name.input.text().strip()
        self.name.set_error("" if name else self.tr("Write their name."))
        own = self.own.input.text().strip()
        self.own.set_error("" if own or self.own.isHidden() else self.tr("Write your name."))
        ready = self.roles.check() and bool(name) and not self.own.error
        if not (self.passphrase.check() and ready):
            self.refit()
            return
        desk, label = self.bench.desk, self.label.input.text().strip()
        roles, passphrase = self.roles.chosen, self.passphrase.passphrase.strip()

        def add() -> Colleague:
            if own:
                desk.call_oneself(own)
            return desk.add_colleague(name=name, roles=roles, passphrase=passphrase, label=label)

        self.write(add)

    def done(self, result: int) -> None:
        """Let nothing that was typed stay."""
        self.passphrase.forget()
        super().done(result)

    def _known(self, people: Sequence[Colleague]) -> None:
        """Ask for one's own name where it was never needed so far."""
        self.own.setVisible(any(one.is_self and not one.name for one in people))
        self.refit()


class RolesForm(Form):
    """Other roles for somebody."""

    def __init__(self, bench: Bench, colleague: Colleague, parent: QWidget | None = None) -> None:
        say = QCoreApplication.translate
        title = say("RolesForm", "What {0} may do").format(colleague.name)
        super().__init__(bench, title, go=say("RolesForm", "Change it"), width=600, parent=parent)
        self._user = colleague.user
        self.roles = RoleChecks(colleague.roles)
        self.body.addWidget(self.roles)

    def try_to_accept(self) -> None:
        """Change them."""
        if self.roles.check():
            desk, user, roles = self.bench.desk, self._user, self.roles.chosen
            self.write(lambda: desk.change_roles(user, roles))


class NameForm(Form):
    """What one is called."""

    def __init__(self, bench: Bench, name: str, parent: QWidget | None = None) -> None:
        say = QCoreApplication.translate
        super().__init__(
            bench,
            say("NameForm", "Your name"),
            sentence=say("NameForm", "The name you were entered with stays beside it for your colleagues."),
            go=say("NameForm", "Change it"),
            parent=parent,
        )
        self.name = Field(
            self.tr("Your name, as colleagues see it"), Line(name), hint=self.tr("Sealed: only colleagues read it.")
        )
        self.name.input.returnPressed.connect(self.try_to_accept)
        self.name.input.selectAll()
        self.body.addWidget(self.name)

    def try_to_accept(self) -> None:
        """Change it, once there is one."""
        desk, name = self.bench.desk, self.name.input.text().strip()
        self.name.set_error("" if name else self.tr("Write your name."))
        if name and self.go.isEnabled():
            self.write(lambda: desk.call_oneself(name))


class CompareForm(TallForm):
    """A colleague's card, as they read it out or show it on their own screen."""

    def __init__(self, bench: Bench, colleague: Colleague, parent: QWidget | None = None) -> None:
        say = QCoreApplication.translate
        super().__init__(
            bench,
            say("CompareForm", "Compare the card of {0}").format(isolated(colleague.name)),
            sentence=say("CompareForm", "Then you know that a key you give goes to them and to nobody else."),
            go=say("CompareForm", "Write it down"),
            width=560,
            parent=parent,
        )
        self._user = colleague.user
        self.card = CardHeard(bench)
        self.card.changed.connect(self._refresh)
        self.card.go_on.connect(self.try_to_accept)
        self.inner.addWidget(self.card)
        self.card.ask_for(colleague.user, colleague.name)

    def try_to_accept(self) -> None:
        """Write down that it was compared, once it agrees."""
        if self.card.agrees and self.go.isEnabled():
            desk, user, said = self.bench.desk, self._user, self.card.text
            self.write(lambda: desk.compare_card(user, said))

    def _refresh(self) -> None:
        self.go.setEnabled(self.card.agrees)
        self.refit()


class LeaveForm(Form):
    """The word before somebody's keys are taken away."""

    def __init__(self, bench: Bench, colleague: Colleague, parent: QWidget | None = None) -> None:
        say = QCoreApplication.translate
        super().__init__(
            bench,
            say("LeaveForm", "{0} leaves").format(colleague.name),
            sentence=say(
                "LeaveForm",
                "Every way in and every key is taken from them; what is written from now on has other keys. What they "
                "opened before cannot be taken back.",
            ),
            go=say("LeaveForm", "Take their keys"),
            width=560,
            parent=parent,
        )
        self._user = colleague.user

    def try_to_accept(self) -> None:
        """Take them."""
        desk, user = self.bench.desk, self._user
        self.write(lambda: desk.remove_colleague(user))


class ReassignForm(Form):
    """Who gets a family, and why."""

    def __init__(
        self, bench: Bench, care: FamilyInCare, colleagues: Sequence[Colleague], parent: QWidget | None = None
    ) -> None:
        say = QCoreApplication.translate
        super().__init__(
            bench,
            say("ReassignForm", "Give {0} to a colleague").format(care.code or care.family[:8]),
            sentence=say(
                "ReassignForm", "They open all of it from then on. It is entered with your name and the reason."
            ),
            go=say("ReassignForm", "Give it to them"),
            width=560,
            parent=parent,
        )
        self._family = care.family
        self.to = Choice()
        for colleague in colleagues:
            if colleague.left is None and not colleague.is_organisation and colleague.user not in care.holders:
                self.to.addItem(colleague.name or colleague.user[:8], colleague.user)
        self.why = Field(self.tr("Why"), Paper(lines=3))
        self.body.addWidget(Field(self.tr("To whom"), self.to))
        self.body.addWidget(self.why)

    def try_to_accept(self) -> None:
        """Give it, once it was said why."""
        reason, to = self.why.input.toPlainText().strip(), self.to.currentData()
        self.why.set_error("" if reason else self.tr("Write why."))
        if reason and to is not None:
            desk, family = self.bench.desk, self._family
            chosen: Id = to
            self.write(lambda: desk.reassign_family(family, chosen, reason))
