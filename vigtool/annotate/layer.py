"""One author's marks on one film."""

from __future__ import annotations

from dataclasses import dataclass

from vigtool.ids import Id


@dataclass(frozen=True, slots=True, kw_only=True)
class Layer:
    """A layer belongs to its author, and keeps the scheme it was begun with, in that version.

    Attributes:
        author: the user whose layer it is.
        scheme: identity of the coding scheme, for instance "attuned".
        scheme_version: the version of it that these marks were made with.
    """

    id: Id
    film: Id
    author: Id
    scheme: str
    scheme_version: int
