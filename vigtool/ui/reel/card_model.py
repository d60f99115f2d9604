"""The reel as a row of cards: one for each clip, and a place at the end for the next."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractListModel, QByteArray, QMimeData, QModelIndex, QPersistentModelIndex, Qt

from vigtool.annotate.reel import Caption, Clip
from vigtool.timebase import to_seconds
from vigtool.ui.reel.said import whole_seconds
from vigtool.ui.reel.work import ReelWork

CLIP_MIME = "application/x-vigtool-clip"
CARD_ROLE = Qt.ItemDataRole.UserRole

Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class Card:
    """What one card says. The place at the end has no clip."""

    clip: Clip | None
    number: int
    seconds: str
    caption: Caption | None

    @property
    def words(self) -> str:
        """The caption on the card; empty where none was written."""
        return self.caption.text if self.caption else ""


class CardModel(QAbstractListModel):
    """The cards."""

    def __init__(self, work: ReelWork) -> None:
        super().__init__(work)
        self._work = work
        self._cards: list[Card] = [Card(None, 1, "", None)]
        work.reel_changed.connect(self.refresh)
        work.records_changed.connect(self.refresh)

    def card(self, index: Index) -> Card | None:
        """What is said on a card."""
        return self._cards[index.row()] if index.isValid() else None

    def place_of(self, clip: str | None) -> int:
        """The row of a clip; -1 where it has none."""
        return next((row for row, card in enumerate(self._cards) if card.clip and card.clip.id == clip), -1)

    def refresh(self) -> None:
        """Read the reel anew; where the same clips stand in the same order only what they say is new."""
        cards = [self._say(number, clip) for number, clip in enumerate(self._work.clips, start=1)]
        cards.append(Card(None, len(cards) + 1, "", None))
        same = [card.clip and card.clip.id for card in cards] == [card.clip and card.clip.id for card in self._cards]
        if same:
            self._cards = cards
            self.dataChanged.emit(self.index(0), self.index(len(cards) - 1))
            return
        self.beginResetModel()
        self._cards = cards
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  # Qt's own signature
        """The clips and the place after them."""
        return 0 if parent.isValid() else len(self._cards)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """What a card says, for the eye (the card itself) and for a screen reader."""
        card = self.card(index)
        if card is None:
            return None
        if role == CARD_ROLE:
            return card
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return self._spoken(card)
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """A clip can be chosen and dragged; the place at the end takes what is dropped."""
        card = self.card(index)
        if card is None or card.clip is None:
            return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsDropEnabled
        return super().flags(index) | Qt.ItemFlag.ItemIsDragEnabled

    def mimeTypes(self) -> list[str]:
        """One kind of our own."""
        return [CLIP_MIME]

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:
        """The clip's id; nothing that another program could read as words."""
        data = QMimeData()
        card = self.card(indexes[0]) if indexes else None
        if card is not None and card.clip is not None:
            data.setData(CLIP_MIME, QByteArray(card.clip.id.encode()))
        return data

    def supportedDragActions(self) -> Qt.DropAction:  # noqa: N802  # the name is Qt's
        """The room moves the clip itself; Qt is to remove nothing."""
        return Qt.DropAction.CopyAction

    def _say(self, number: int, clip: Clip) -> Card:
        film = self._work.records.film(clip.film)
        seconds = whole_seconds(to_seconds(clip.span.length, film.time_base)) if film else ""
        return Card(clip, number, seconds, clip.captions[0] if clip.captions else None)

    def _spoken(self, card: Card) -> str:
        if card.clip is None:
            return self.tr("Place for the next clip: press Enter on a starred mark")
        serves = self.tr("answers the question") if card.clip.answers_question else self.tr("serves no goal yet")
        words = card.words or self.tr("no caption yet")
        of = len(self._cards) - 1
        return self.tr("Clip {0} of {1}, {2}, {3}, {4}").format(card.number, of, card.seconds, words, serves)
