"""Marks: one author's layer on a film, written one step at a time."""

from __future__ import annotations

from collections.abc import Sequence

from vigtool.annotate.layer import Layer
from vigtool.annotate.mark import Mark
from vigtool.annotate.scheme_file import built_in
from vigtool.errors import InvalidRecord
from vigtool.ids import Id, new_id
from vigtool.practice.records import plain, swap_all, values
from vigtool.vault.vault import Vault

LONGEST_NOTE = 4000


def own_layer(vault: Vault, film: Id) -> Layer | None:
    """The layer of whoever opened the vault on this film; none before their first mark."""
    layers = values(vault, Layer, parent=film)
    return next((layer for layer in layers if layer.author == vault.user_id), None)


def begin_layer(vault: Vault, film: Id) -> Layer:
    """The own layer of a film, begun with the built-in scheme where there is none yet."""
    if (layer := own_layer(vault, film)) is not None:
        return layer
    scheme = built_in()
    layer = Layer(id=new_id(), film=film, author=vault.user_id, scheme=scheme.id, scheme_version=scheme.version)
    with vault.transaction("layer begin", [film, layer.id]) as writer:
        writer.add(layer)
    return layer


def marks_of(vault: Vault, film: Id) -> list[Mark]:
    """The own marks of a film, in no promised order."""
    layer = own_layer(vault, film)
    return [] if layer is None else values(vault, Mark, parent=layer.id)


def keep_marks(vault: Vault, film: Id, before: Sequence[Mark], after: Sequence[Mark]) -> None:
    """Write one step: what only `before` has is removed, what only `after` has is added, what both have is changed.

    When it returns, the step is durable; when it raises, nothing of it was written.

    Raises:
        RecordChanged, InvalidRecord, StorageFailed.
    """
    old = {mark.id: mark for mark in before}
    new = {mark.id: mark for mark in after}
    for mark in (*before, *after):
        if mark.film != film:
            message = "that mark belongs to another film"
            raise InvalidRecord(message, "open that film to change it")
        plain(mark.note, what="the note", longest=LONGEST_NOTE)
    touched = list(dict.fromkeys((*old, *new)))
    with vault.transaction("marks change", [film, *touched]) as writer:
        swap_all(writer, [(old.get(mark_id), new.get(mark_id)) for mark_id in touched])
