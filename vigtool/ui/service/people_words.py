"""How the page of people says who they are, what they may do, and how their card is known."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QCoreApplication

from vigtool.casework.member import PERSONS_ROLES, CardCheck, StaffRole
from vigtool.practice.colleagues import Colleague, OrganisationKey
from vigtool.practice.sharing import FamilyInCare
from vigtool.ui.parts.chip import State
from vigtool.ui.parts.words import isolated
from vigtool.ui.service.rows import Row


def _say(text: str) -> str:
    return QCoreApplication.translate("PeoplePage", text)


def role_name(role: StaffRole) -> str:
    """One role."""
    return {
        StaffRole.PRACTITIONER: _say("practitioner"),
        StaffRole.SUPERVISOR: _say("supervisor"),
        StaffRole.LEAD: _say("lead"),
        StaffRole.ADMINISTRATOR: _say("administrator"),
        StaffRole.ORGANISATION: _say("the organisation"),
    }[role]


def role_meaning(role: StaffRole) -> str:
    """What one role may do, for a form."""
    return {
        StaffRole.PRACTITIONER: _say("works with families"),
        StaffRole.SUPERVISOR: _say("sees what families agreed to show a supervisor"),
        StaffRole.LEAD: _say("gives families to colleagues, decides, discloses"),
        StaffRole.ADMINISTRATOR: _say("keys, colleagues and retention; no film"),
        StaffRole.ORGANISATION: "",
    }[role]


def roles_words(roles: Iterable[StaffRole]) -> str:
    """Several roles in one line, always in the same order."""
    known = frozenset(roles)
    return ", ".join(role_name(role) for role in (*PERSONS_ROLES, StaffRole.ORGANISATION) if role in known)


def colleague_row(colleague: Colleague) -> Row:
    """One who has a key, or had one."""
    name = colleague.name
    if colleague.is_self:
        name = _say("{0} (you)").format(name) if name else _say("you")
    below = _say("a key on paper, kept for everybody") if colleague.is_organisation else roles_words(colleague.roles)
    if colleague.entered_as:
        below = _say("{0} · entered as {1}").format(below, isolated(colleague.entered_as))
    icon = "key" if colleague.is_organisation else "person"
    return Row(value=colleague, title=name or colleague.user[:8], below=below, icon=icon, chip=_card_chip(colleague))


def _card_chip(colleague: Colleague) -> tuple[State, str] | None:
    if colleague.left is not None:
        return State.NO, _say("left")
    if colleague.is_self:
        return None
    if colleague.card_changed:
        return State.WITHDRAWN, _say("another card")
    checked = colleague.checked
    if checked is None or checked is CardCheck.NONE:
        return State.UNASKED, _say("card not compared")
    if checked is CardCheck.VOUCHED:
        return State.AGREED, _say("vouched for")
    return State.YES, _say("card known")


def card_words_of(colleague: Colleague) -> str:
    """How it is known that a card is theirs, and what that means."""
    if colleague.card_changed:
        return _say(
            "Their card is another than the one that was compared. Somebody may have changed the vault: speak with "
            "them before you compare it again."
        )
    if colleague.is_organisation:
        return _say("The organisation's key lies on paper. With it families can be given to a colleague.")
    return {
        None: "",
        CardCheck.NONE: _say("Have them read you the six words of their card. No family can be shared before."),
        CardCheck.VOUCHED: _say(
            "Somebody whose card you know has entered them. Before a family is shared, compare the six words yourself."
        ),
        CardCheck.ADDED_HERE: _say("You were both here when their keys were made."),
        CardCheck.WORDS: _say("You compared the six words with them."),
        CardCheck.QR: _say("You compared the code on their screen."),
    }[colleague.checked]


def care_row(care: FamilyInCare) -> Row:
    """One family whose key is kept for somebody else."""
    holders = ", ".join(sorted(care.holders.values(), key=str.casefold))
    chip = None if holders else (State.DUE, _say("nobody opens it"))
    below = _say("opened by {0}").format(holders) if holders else _say("whoever worked with it has left")
    return Row(value=care, title=care.code or care.family[:8], below=below, icon="families", chip=chip)


def organisation_words(state: OrganisationKey) -> tuple[str, str, str]:
    """What was decided about the organisation's key: a tone, a sentence, and what the button says."""
    return {
        OrganisationKey.UNASKED: (
            "caution",
            _say("It is not decided yet whether the organisation holds a key. Without one, a family is lost when "
                 "everybody who opens it is gone."),
            _say("Make it"),
        ),
        OrganisationKey.REFUSED: (
            "quiet", _say("It was decided that the organisation holds no key."), _say("Make one after all"),
        ),
        OrganisationKey.HELD: (
            "quiet",
            _say("The organisation holds a key on paper, and everybody sees it. It gives families to colleagues, and "
                 "opens nothing else of them."),
            _say("Make another"),
        ),
    }[state]  # fmt: skip
