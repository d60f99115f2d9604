"""Safety at home: who may not receive, be told or be contacted, and what that means for a copy."""

from __future__ import annotations

from dataclasses import replace

from vigtool.casework.safety import SafetyAtHome
from vigtool.errors import UnsafeRecipient
from vigtool.export.handover import tells
from vigtool.ids import Id, new_id
from vigtool.practice.barred import may_mean
from vigtool.practice.records import check_people, people_of, plain, swap, values
from vigtool.vault.vault import Vault


def safety_of(vault: Vault, family: Id) -> SafetyAtHome | None:
    """What holds for a family; none where nobody has said anything yet."""
    found = values(vault, SafetyAtHome, domain=family)
    return found[0] if found else None


def set_safety(
    vault: Vault,
    family: Id,
    *,
    not_to: tuple[Id, ...] = (),
    not_to_words: str = "",
    not_to_be_told: str = "",
    contact: str = "",
    copies_safe: bool | None = None,
) -> SafetyAtHome:
    """Write down what holds for a family from now on, in the place of what was said before.

    Args:
        vault: open.
        family: which.
        not_to: persons of the family who may not receive a copy.
        not_to_words: anybody else who may not.
        not_to_be_told: who may not learn of the work.
        contact: how and when the family may be reached.
        copies_safe: whether a copy is safe to have at home; none where nobody has asked.

    Raises:
        NoSuchRecord, InvalidRecord, RecordChanged.
    """
    check_people(vault, family, not_to)
    before = safety_of(vault, family)
    after = replace(
        before or SafetyAtHome(id=new_id(), family=family),
        not_to=tuple(dict.fromkeys(not_to)),
        not_to_words=plain(not_to_words, what="who may not receive"),
        not_to_be_told=plain(not_to_be_told, what="who may not be told"),
        contact=plain(contact, what="how to reach them"),
        copies_safe=copies_safe,
    )
    with vault.transaction("family safety", [family, after.id]) as writer:
        swap(vault, writer, before, after)
    return after


def check_recipient(
    vault: Vault, family: Id, *, to: Id | None, to_words: str = "", safe: bool | None = None
) -> bool | None:
    """Refuse a copy for somebody who may not have one, or that is not safe to have at home.

    Args:
        vault: open.
        family: whose film or reel it is of.
        to: the person of the family it is for.
        to_words: who it is for, where it is nobody of the family: it does not go to their home.
        safe: what was answered to "is it safe to have at home?"; none where it was not asked anew.

    Returns:
        Whether it is safe to have at home, as the register will say it; none where nobody knows, or it does not matter.

    Raises:
        UnsafeRecipient.
    """
    written = values(vault, SafetyAtHome, domain=family)  # two, where two copies of the vault were both written to
    if to is not None and any(to in known.not_to for known in written):
        message = "it is written down that this person may not receive anything"
        raise UnsafeRecipient(message, "look at what is said of safety at home on the family's page")
    if to is None and any(_may_be_one_of(vault, known, to_words) for known in written):
        message = "somebody may not receive anything of this family, and it is not clear that this is not for them"
        raise UnsafeRecipient(
            message, "say exactly who it is for; who may not is written under safety at home on the family's page"
        )
    if to is None and to_words:
        return None
    answered = _safe_as_written(written) if safe is None else safe
    if answered is False:
        message = "a copy is not safe to have at home"
        raise UnsafeRecipient(message, "watch it together instead; or ask again, and say so if this one is safe")
    return answered


def _safe_as_written(written: list[SafetyAtHome]) -> bool | None:
    """What was answered; where two answers stand, the more careful one."""
    answers = [known.copies_safe for known in written]
    return False if False in answers else None if None in answers or not answers else True


def _may_be_one_of(vault: Vault, known: SafetyAtHome, to_words: str) -> bool:
    """Whether a copy for nobody of the family by name could reach those who may not have one."""
    if not known.not_to and not known.not_to_words:
        return False
    people = people_of(vault, known.family)
    barred = [people[one].name for one in known.not_to if one in people]
    others = [person.name for person in people.values() if person.id not in known.not_to]
    return not to_words or tells(to_words, barred) or may_mean(to_words, known.not_to_words, others=others)
