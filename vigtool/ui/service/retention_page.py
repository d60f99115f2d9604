"""The page "Retention": the service's own rules, what is due, legal holds, erasing, and what was erased."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from PySide6.QtWidgets import QWidget

from vigtool.casework.legal_hold import HoldStory
from vigtool.casework.member import StaffRole
from vigtool.casework.retention import Due, RetentionRule, Undated
from vigtool.ui import measures
from vigtool.ui.desk_service import Keeping, KnownNames
from vigtool.ui.measures import Type
from vigtool.ui.parts.button import Button, Kind
from vigtool.ui.parts.surface import Heading, Panel, Scroll, column, row
from vigtool.ui.parts.words import Words
from vigtool.ui.room import Bench
from vigtool.ui.service.erasing_part import ErasingPart
from vigtool.ui.service.paging import Place, ServicePage
from vigtool.ui.service.retention_forms import ReasonForm, RuleForm
from vigtool.ui.service.retention_words import due_row, hold_row, rule_row, thing_words, undated_row
from vigtool.ui.service.rows import Row, RowList

_MAY_SET = frozenset({StaffRole.LEAD, StaffRole.ADMINISTRATOR})


class RetentionPage(ServicePage):
    """The page."""

    def __init__(self, bench: Bench, *, today: Callable[[], date] = date.today, parent: QWidget | None = None) -> None:
        super().__init__(bench, parent)
        self._names, self._may_set = KnownNames(), False
        self.doing = Place(bench)
        self.due, self.rules = RowList(self.tr("What is due")), RowList(self.tr("Rules"))
        self.undated, self.holds = RowList(self.tr("Without a day")), RowList(self.tr("Legal holds"))
        self.erasing = ErasingPart(bench, today, self)
        small = measures.BUTTON_SMALL
        self.add_rule = Button(self.tr("Rule"), Kind.LINK, icon="plus", height=measures.BUTTON_TOOL)
        self.change_rule = Button(self.tr("Change"), height=small)
        self.remove_rule = Button(self.tr("Take away"), Kind.QUIET, height=small)
        self.erase = Button(self.tr("Erase…"), Kind.DANGER, height=small)
        self.hold = Button(self.tr("Place a legal hold"), Kind.QUIET, height=small)
        self.film = Button(self.tr("Where this film has been"), Kind.QUIET, height=small)
        self.hold_undated = Button(self.tr("Place a legal hold"), Kind.QUIET, height=small)
        self.lift = Button(self.tr("Lift the hold"), height=small)
        self._lay_out()
        self._connect()

    def read(self) -> None:
        """Read the rules, and what follows from them."""
        desk = self.bench.desk
        self.bench.jobs.call(
            lambda: (desk.keeping(), desk.known_names(), desk.own_roles()),
            owner=self,
            done=lambda found: self._show(*found),
            failed=self.doing.show_error,
        )

    def _lay_out(self) -> None:
        paper = Scroll(gap=measures.GAP, margins=(16, 16, 16, 16))
        column(self).addWidget(paper)
        body = paper.body
        body.addWidget(Words(self.tr("Retention"), size=Type.LARGE, weight=measures.SEMIBOLD))
        body.addWidget(self.doing)
        body.addWidget(self.erasing.doing)
        self._no_due, self._no_rules = _quiet(""), _quiet(
            self.tr("No rule is set: everything is kept, and nothing is ever due. Which rules hold here is for whoever "
                    "answers for your records to say.")
        )  # fmt: skip
        self._no_holds = _quiet(self.tr("No legal hold was ever placed."))
        self._due_acts = _acts(self.erase, self.hold, self.film)
        self._rule_acts = _acts(self.change_rule, self.remove_rule)
        self._hold_acts, self._undated_acts = _acts(self.lift), _acts(self.hold_undated)
        rules = Heading(self.tr("Rules of this service"))
        rules.add(self.add_rule)
        due = Heading(self.tr("What is due"), self.tr("nothing goes by itself: somebody decides on each"))
        self._undated_panel = _panel(
            Heading(self.tr("Without a day"), self.tr("the rules name none")), self.undated, self._undated_acts
        )
        for panel in (
            _panel(due, self._no_due, self.due, self._due_acts),
            _panel(rules, self._no_rules, self.rules, self._rule_acts),
            self._undated_panel,
            _panel(Heading(self.tr("Legal holds"), self.tr("a hold wins over every rule")),
                   self._no_holds, self.holds, self._hold_acts),
            self.erasing.erased,
        ):  # fmt: skip
            body.addWidget(panel)
        body.addStretch(1)

    def _connect(self) -> None:
        self.due.chosen.connect(self._due_chosen)
        self.rules.chosen.connect(self._rule_chosen)
        self.undated.chosen.connect(lambda one: self._undated_acts.setVisible(one is not None))
        self.holds.chosen.connect(self._hold_chosen)
        self.add_rule.clicked.connect(lambda: RuleForm(self.bench, None, self).open())
        self.change_rule.clicked.connect(lambda: RuleForm(self.bench, self.rules.value, self).open())
        self.remove_rule.clicked.connect(self._remove_rule)
        self.erase.clicked.connect(self._erase)
        self.hold.clicked.connect(lambda: self._place_hold(self.due.value))
        self.hold_undated.clicked.connect(lambda: self._place_hold(self.undated.value))
        self.lift.clicked.connect(self._lift)
        self.film.clicked.connect(self._show_film)
        for acts in (self._due_acts, self._rule_acts, self._hold_acts, self._undated_acts):
            acts.hide()

    def _show(self, keeping: Keeping, names: KnownNames, roles: frozenset[StaffRole]) -> None:
        self._names, self._may_set = names, not roles.isdisjoint(_MAY_SET)
        self.add_rule.setVisible(self._may_set)
        self.due.set_rows([due_row(due, names) for due in keeping.due])
        nothing = self.tr("Nothing is due today.") if keeping.rules else self.tr("Nothing is due: no rule is set.")
        self._no_due.setText(nothing)
        self._no_due.setVisible(not keeping.due)
        self.rules.set_rows([rule_row(rule) for rule in keeping.rules])
        self._no_rules.setVisible(not keeping.rules)
        undated: Sequence[Row] = [undated_row(one, names) for one in keeping.undated] if keeping.rules else []
        self.undated.set_rows(undated)
        self._undated_panel.setVisible(bool(undated))
        self.holds.set_rows([hold_row(story, names) for story in keeping.holds])
        self._no_holds.setVisible(not keeping.holds)
        self.erasing.show_erasures(keeping.erasures, names)

    # What can be done with a row

    def _due_chosen(self, due: Due | None) -> None:
        self._due_acts.setVisible(due is not None)
        if due is not None:
            self.erase.setVisible(due.held is None)
            self.hold.setVisible(due.held is None)
            self.film.setVisible(due.film is not None)

    def _rule_chosen(self, rule: RetentionRule | None) -> None:
        self._rule_acts.setVisible(rule is not None and self._may_set)

    def _hold_chosen(self, story: HoldStory | None) -> None:
        self._hold_acts.setVisible(story is not None and story.lifted is None and self._may_set)

    def _remove_rule(self) -> None:
        rule: RetentionRule | None = self.rules.value
        if rule is not None:
            desk = self.bench.desk
            self.doing.write(lambda: desk.remove_rule(rule.id), lambda _nothing: None)

    def _erase(self) -> None:
        due: Due | None = self.due.value
        if due is not None:
            self.erasing.ask(due.family, due.film, self._names)

    def _place_hold(self, thing: Due | Undated | None) -> None:
        if thing is None:
            return
        desk = self.bench.desk
        ReasonForm(
            self.bench,
            self.tr("Place a legal hold"),
            self.tr("{0} is then kept, whatever the rules say, until somebody lifts the hold.").format(
                thing_words(thing.family, thing.film, self._names)
            ),
            self.tr("Place the hold"),
            lambda reason: desk.place_hold(thing.family, film=thing.film, reason=reason),
            self,
        ).open()

    def _lift(self) -> None:
        story: HoldStory | None = self.holds.value
        if story is None:
            return
        desk = self.bench.desk
        ReasonForm(
            self.bench,
            self.tr("Lift the hold"),
            self.tr("The rules hold again from then on. Both entries stay."),
            self.tr("Lift it"),
            lambda reason: desk.lift_hold(story.hold.id, reason=reason),
            self,
        ).open()

    def _show_film(self) -> None:
        due: Due | None = self.due.value
        if due is not None and due.film is not None:
            self.film_wanted.emit(due.film)


def _quiet(text: str) -> Words:
    return Words(text, size=Type.DENSE, tone="quiet", wrap=True)


def _acts(*buttons: Button) -> QWidget:
    made = QWidget()
    line = row(made, gap=8, margins=(10, 4, 0, 0))
    for button in buttons:
        line.addWidget(button)
    line.addStretch(1)
    return made


def _panel(*widgets: QWidget) -> Panel:
    made = Panel(padding=16, gap=8)
    for widget in widgets:
        made.body.addWidget(widget)
    return made
