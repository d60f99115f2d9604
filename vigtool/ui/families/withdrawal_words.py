"""What taking back means, in words."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from vigtool.casework.consent_answers import Scope


def effect_words(scope: Scope) -> str:
    """What stops at once when one thing is taken back."""
    say = QCoreApplication.translate
    return {
        Scope.FILM: say("Withdrawal", "No new film; the films there are may not be shown, shared or copied any more."),
        Scope.THERAPY: say("Withdrawal", "The films are not looked at together any more."),
        Scope.SUPERVISION: say("Withdrawal", "The supervisor sees nothing more of them."),
        Scope.INTERVISION: say("Withdrawal", "Colleagues of the service see nothing more of them."),
        Scope.TRAINING: say("Withdrawal", "Nothing of them is shown in training any more."),
        Scope.RESEARCH: say("Withdrawal", "Nothing of them goes into research any more."),
        Scope.COPY: say("Withdrawal", "No more copies are made. Copies that were given are asked back."),
        Scope.PHOTOGRAPHS: say("Withdrawal", "No more photographs leave the vault."),
    }[scope]
