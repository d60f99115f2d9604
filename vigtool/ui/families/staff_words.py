"""How the roles of those who work with the vault are said."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QCoreApplication

from vigtool.casework.member import StaffRole


def role_name(role: StaffRole) -> str:
    """One role."""
    say = QCoreApplication.translate
    return {
        StaffRole.PRACTITIONER: say("StaffWords", "practitioner"),
        StaffRole.SUPERVISOR: say("StaffWords", "supervisor"),
        StaffRole.LEAD: say("StaffWords", "lead"),
        StaffRole.ADMINISTRATOR: say("StaffWords", "administrator"),
        StaffRole.ORGANISATION: say("StaffWords", "the organisation"),
    }[role]


def roles_words(roles: Iterable[StaffRole]) -> str:
    """Several roles in one line."""
    return ", ".join(role_name(role) for role in roles)
