"""Erasing again what a certificate names, on the word of whoever holds it: after a restore that knew nothing of it.

Nobody has signed a certificate, so it opens nothing that its holder could not open without it: each thing is erased as
if that person erased it today, by the same doors. Role and legal holds are asked, a new entry and a new certificate
come of it, and nothing is touched but what is named and stands in the vault as what it is called there.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from vigtool.casework.erasure import Erasure
from vigtool.casework.family import Family
from vigtool.casework.film import Film
from vigtool.errors import InvalidRecord, UsageError, VaultDamaged
from vigtool.ids import Id
from vigtool.practice.certificates import Certificate, read_certificates
from vigtool.practice.erasing import Outlook, erase_family, erase_film, outlook
from vigtool.practice.erasing_checks import kept_reason, require_may_erase
from vigtool.practice.progress import Cancelled, Report, never, silent
from vigtool.practice.records import value
from vigtool.vault import erasable
from vigtool.vault.vault import Vault

_REASON = "as it had been erased before"
"""The reason where the one on the certificate may not be kept, since it names somebody or nobody can tell."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Certified:
    """What one certificate names, and how it stands in the vault.

    Attributes:
        certificate: as it was read.
        stands: whether anything of it is here; where not, there is nothing to do.
        within_reach: whether this user can erase it: a film takes the key of its family.
        word: what has to be typed before it is erased: the family's code, or its id where the code cannot be read.
        outlook: what would go, and what would not be reached; none where there is nothing to do, or no key.
    """

    certificate: Certificate
    stands: bool
    within_reach: bool
    word: str
    outlook: Outlook | None

    @property
    def is_held(self) -> bool:
        """Whether a legal hold is known to cover it."""
        return self.outlook is not None and self.outlook.held is not None

    @property
    def is_to_do(self) -> bool:
        """Whether it can be erased here."""
        return self.stands and self.within_reach and not self.is_held


def look_into(vault: Vault, text: str) -> tuple[Certified, ...]:
    """What certificates name, as it stands in the vault now. Nothing is written.

    Raises:
        InvalidRecord: one of them is none, is of another vault, or calls a thing what it is not here. Then none of
            them is believed.
        NotAllowed: this user may erase nothing of it.
    """
    read = {each.what: each for each in read_certificates(text)}
    return tuple(_looked(vault, each) for each in read.values())


def erase_certified(
    vault: Vault,
    given: Iterable[Certified],
    *,
    words: Collection[str],
    on: date,
    report: Report = silent,
    cancelled: Cancelled = never,
) -> tuple[Erasure, ...]:
    """Erase what was looked into and can be erased; what is gone by now is passed over.

    Args:
        vault: open.
        given: as `look_into` found them.
        words: what the person typed: the `word` of each that is to be erased.
        on: the day.
        report: told bytes done of all that have to be sealed again, for each film anew.
        cancelled: asked between pieces.

    Raises:
        UsageError: a word was not typed; nothing was erased. UnderHold, NotAllowed, Cancelled, and what else
            `erase_film` and `erase_family` raise: what came before it is erased, each with its entry.
    """
    to_do = sorted((each for each in given if each.is_to_do), key=lambda each: not each.certificate.of_family)
    typed = {word.strip().casefold() for word in words}
    if any(each.word.casefold() not in typed for each in to_do):
        message = "the family's code was not typed, so nothing was erased"
        raise UsageError(message, "type the code of each family that is named")
    return tuple(
        _erased(vault, each, on, report, cancelled)
        for each in to_do
        if erasable.stands(vault.core, each.certificate.what)
    )


def _looked(vault: Vault, certificate: Certificate) -> Certified:
    if certificate.vault != vault.vault_id:
        message = "this certificate is another vault's"
        raise InvalidRecord(message, "open the vault that it names; nothing was erased")
    stands = erasable.stands(vault.core, certificate.what)
    if not stands:
        return Certified(certificate=certificate, stands=False, within_reach=False, word="", outlook=None)
    _require_as_called(vault, certificate)
    require_may_erase(vault, certificate.family)
    has_key = vault.has_key(certificate.family)
    return Certified(
        certificate=certificate,
        stands=True,
        within_reach=has_key or certificate.of_family,
        word=_word(vault, certificate.family) if has_key else certificate.family,
        outlook=outlook(vault, certificate.what) if has_key else None,
    )


def _word(vault: Vault, family: Id) -> str:
    """The family's code; its id where its record is damaged, which keeps nothing that is named from being erased."""
    try:
        return value(vault, Family, family).code
    except VaultDamaged:
        return family


def _require_as_called(vault: Vault, certificate: Certificate) -> None:
    """Go on only where it is a film of that family, or that family itself."""
    kind = Family if certificate.of_family else Film
    is_it = erasable.is_of_kind(vault.core, certificate.what, kind)
    if not is_it or vault.domain_of(certificate.what) != certificate.family:
        message = "the certificate calls something a film or a family that is none here"
        raise InvalidRecord(message, "compare its ids with the paper; nothing was erased")


def _reason(vault: Vault, certificate: Certificate) -> str:
    """The certificate's, where it can be asked whether it names somebody and it does not: nobody vouches for it."""
    if not vault.has_key(certificate.family):
        return _REASON
    try:
        return kept_reason(vault, certificate.family, certificate.reason)
    except InvalidRecord:
        return _REASON


def _erased(vault: Vault, each: Certified, on: date, report: Report, cancelled: Cancelled) -> Erasure:
    certificate = each.certificate
    reason = _reason(vault, certificate)
    if certificate.of_family:
        made = erase_family(vault, certificate.what, reason=reason, on=on, report=report, cancelled=cancelled)
    else:
        lost = each.outlook.lost if each.outlook is not None else ()  # it was told of them before the word was typed
        made = erase_film(
            vault, certificate.what, reason=reason, on=on, giving_up=lost, report=report, cancelled=cancelled
        )
    with vault.transaction("certificate apply", [certificate.id, made.id]):
        pass
    return made
