"""The keys and the ways in that stand in the tables, against what the audit log tells of them.

Every act says in its entry whom it gave keys and from whom it took them (`keys_told`). So a key that was taken from
somebody and stands there again is named, and one that somebody was given and that is gone although nobody took it.

Of several acts with the same key the last one counts. Within one copy's log that is the later one; between the logs
of two copies it is known where the session of one of them began with the other's log before it. Where it is not known
which of two was the last, either may have been: nobody is accused by that. What was done before acts told of keys is
known in parts: that a family was taken back from somebody, and that somebody left.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from typing import TypeAlias

from sqlalchemy import Connection, select

from vigtool.ids import Id
from vigtool.vault.audit import Entry
from vigtool.vault.grants import EVERYTHING
from vigtool.vault.keys_told import EVERYBODY, KEYS, Given, Way, epochs_told, keys_told, others_told, ways_told
from vigtool.vault.schema import domain_grant, keyslot
from vigtool.vault.shapes import Finding

_TELL = "somebody may have changed the vault: keep a copy of it as it is, and tell whoever answers for it"
_FETCH = "look whether somebody changed the vault; what is gone can be had from a backup, or be given again"

_ERASED = "family erase"

_Key: TypeAlias = tuple[Id, Id, int]
"""A domain, a user, an epoch."""


@dataclass(frozen=True, slots=True)
class _Act:
    """One thing that was done with a key, and where in the logs it stands.

    Attributes:
        place: within its entry, from 0.
        role: the role in which the key was given; 0 where it was taken.
        slot: the way in that was put; empty where it was taken away.
        before: of keys that were taken: only the epochs before this one; 0 for all.
        weak: whether it was told by an act that said nothing of keys yet: it holds for keys in the role EVERYTHING.
    """

    device: Id
    seq: int
    place: int
    role: int = 0
    slot: str = ""
    before: int = 0
    weak: bool = False


@dataclass(slots=True)
class KeyHistory:
    """What one reading of the log told of keys and ways in."""

    _given: dict[_Key, list[_Act]] = field(default_factory=dict)
    _taken: dict[tuple[Id, str], list[_Act]] = field(default_factory=dict)
    _shared: dict[tuple[Id, Id], list[_Act]] = field(default_factory=dict)
    _ways: dict[tuple[Id, int], list[_Act]] = field(default_factory=dict)
    _gone: dict[Id, list[_Act]] = field(default_factory=dict)
    _begun: set[tuple[Id, int]] = field(default_factory=set)
    _known: dict[Id, list[tuple[int, dict[Id, int]]]] = field(default_factory=dict)

    def note(self, entry: Entry) -> None:
        """Take note of one entry, whose signature was checked. Those of one copy come in their order."""
        if others := others_told(entry.details):
            self._known.setdefault(entry.device, []).append((entry.seq, others))
        if KEYS in entry.details:
            self._begun.update(epochs_told(entry.details))
            for place, did in enumerate(keys_told(entry.details)):
                if isinstance(did, Given):
                    act = _Act(entry.device, entry.seq, place, role=did.role)
                    for epoch in did.epochs:
                        _last(self._given.setdefault((did.domain, did.user, epoch), []), act)
                else:
                    act = _Act(entry.device, entry.seq, place, before=did.before)
                    self._taken.setdefault((did.domain, did.user), []).append(act)
        else:
            self._note_earlier(entry)
        if entry.act == _ERASED:  # nobody has a key of a family that was erased: its name says it
            act = _Act(entry.device, entry.seq, 0)
            self._taken.setdefault((str(entry.details.get("family")), EVERYBODY), []).append(act)
        for place, way in enumerate(ways_told(entry.details)):
            self._note_way(entry, place, way)

    def _note_way(self, entry: Entry, place: int, way: Way) -> None:
        act = _Act(entry.device, entry.seq, place, slot=way.slot)
        if way.slot:
            _last(self._ways.setdefault((way.user, way.kind), []), act)
        else:
            _last(self._gone.setdefault(way.user, []), act)

    def _note_earlier(self, entry: Entry) -> None:
        """Acts of before: their objects begin with the family and the user, or with who left."""
        if entry.act in {"family share", "family reassign", "family unshare"} and len(entry.objects) > 1:
            family, user = entry.objects[:2]
            began = dict(epochs_told(entry.details)).get(family, 0)
            if entry.act != "family unshare":
                act = _Act(entry.device, entry.seq, 0, role=EVERYTHING, weak=True)
                _last(self._shared.setdefault((family, user), []), act)
            elif began:
                act = _Act(entry.device, entry.seq, 0, before=began, weak=True)
                self._taken.setdefault((family, user), []).append(act)
        elif entry.act == "colleague leave" and entry.objects:
            _last(self._gone.setdefault(entry.objects[0], []), _Act(entry.device, entry.seq, 0))

    def findings(self, connection: Connection, named: Collection[Id] = ()) -> Iterator[Finding]:
        """What stands in the tables and was taken, or was given and stands there no more; by whose key it is.

        Of the domains in `named` it is known already that their keys are not what they should be.
        """
        rows = connection.execute(
            select(domain_grant.c.domain, domain_grant.c.user_id, domain_grant.c.epoch, domain_grant.c.role)
        )
        standing: dict[_Key, int] = {(row.domain.hex(), row.user_id.hex(), row.epoch): row.role for row in rows}
        wrong = [key for key, role in standing.items() if key[0] not in named and self._is_wrong(key, role)]
        again = Counter(user for _, user, _ in wrong)
        for user, count in sorted(again.items()):
            what = f"keys that nobody gave this colleague, or that were taken from them, stand in the vault: {count}"
            yield Finding(object=user, what=what, hint=_TELL)
        gone = [key for key in self._given if key not in standing and key[0] not in named]
        lost = Counter(key[1] for key in gone if not self._may_be_gone(key))
        for user, count in sorted(lost.items()):
            what = f"keys that this colleague was given are gone, and nobody took them: {count}"
            yield Finding(object=user, what=what, hint=_FETCH)
        yield from self._way_findings(connection)

    def _is_wrong(self, key: _Key, role: int) -> bool:
        """Whether a key that stands there cannot be one that was given last."""
        acts = self._acts(key, role)
        if not acts:
            return (key[0], key[2]) in self._begun
        return not any(act.role == role for act in self._latest(acts))

    def _may_be_gone(self, key: _Key) -> bool:
        """Whether it may have been taken last."""
        return any(not act.role for act in self._latest(self._acts(key, EVERYTHING)))

    def _acts(self, key: _Key, role: int) -> list[_Act]:
        """All that was done with one key; what earlier acts told only where it stands in the role EVERYTHING."""
        domain, user, epoch = key
        taken = (*self._taken.get((domain, user), ()), *self._taken.get((domain, EVERYBODY), ()))
        found = [*self._given.get(key, ()), *(act for act in taken if not act.before or epoch < act.before)]
        found += [*self._shared.get((domain, user), ()), *self._gone.get(user, ())]
        return [act for act in found if not act.weak or role == EVERYTHING]

    def _way_findings(self, connection: Connection) -> Iterator[Finding]:
        rows = connection.execute(select(keyslot.c.slot, keyslot.c.user_id, keyslot.c.kind)).all()
        standing: dict[tuple[Id, int], set[str]] = {}
        for row in rows:
            standing.setdefault((row.user_id.hex(), row.kind), set()).add(row.slot.hex())
        for (user, kind), slots in sorted(standing.items()):
            latest = self._latest([*self._ways.get((user, kind), ()), *self._gone.get(user, ())])
            if latest and not slots <= {act.slot for act in latest}:
                what = (
                    "a way in that was taken from this colleague, or that they had replaced, stands in the vault again"
                )
                yield Finding(object=user, what=what, hint=_TELL)
        for (user, kind), acts in sorted(self._ways.items()):
            latest = self._latest([*acts, *self._gone.get(user, ())])
            if (user, kind) not in standing and all(act.slot for act in latest):
                what = "a way in of this colleague is gone, and nobody took it"
                yield Finding(object=user, what=what, hint=_FETCH)

    def _latest(self, acts: list[_Act]) -> list[_Act]:
        """Those after which none of the others is known to have come."""
        late = acts[::-1]  # what came after the others stands behind them: it is soon found
        return [act for act in acts if not any(self._is_after(other, act) for other in late if other is not act)]

    def _is_after(self, later: _Act, earlier: _Act) -> bool:
        if later.device == earlier.device:
            return (later.seq, later.place) > (earlier.seq, earlier.place)
        sessions = self._known.get(later.device, [])
        began = bisect_right(sessions, later.seq, key=_seq) - 1
        return began >= 0 and sessions[began][1].get(earlier.device, 0) >= earlier.seq


def _seq(session: tuple[int, dict[Id, int]]) -> int:
    return session[0]


def _last(acts: list[_Act], act: _Act) -> None:
    """Keep of each copy the last."""
    acts[:] = [other for other in acts if other.device != act.device]
    acts.append(act)
