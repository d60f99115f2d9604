"""The table of the audit log on the screen."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QTableView, QWidget

from vigtool.ui import measures
from vigtool.ui.measures import Type
from vigtool.ui.service.log_model import ABOUT, ENTRY, WHAT, WHEN, WHO, LogModel

_WIDTHS = {WHEN: 188, WHO: 124, WHAT: 188}


class LogView(QTableView):
    """Rows of 32, walked by the arrow keys.

    Signals:
        chosen (Entry): another entry is chosen; None where none is.
    """

    chosen = Signal(object)

    def __init__(self, model: LogModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setModel(model)
        self.setAccessibleName(self.tr("Audit log"))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setFont(measures.font(Type.DENSE, tabular=True))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(measures.ROW_MARK)
        head = self.horizontalHeader()
        head.setFont(measures.font(Type.LEAST))
        head.setHighlightSections(False)
        head.setSectionsClickable(False)
        for section, width in _WIDTHS.items():
            self.setColumnWidth(section, width)
        head.setSectionResizeMode(ABOUT, QHeaderView.ResizeMode.Stretch)
        self.selectionModel().currentRowChanged.connect(self._tell)
        model.modelReset.connect(lambda: self.chosen.emit(None))

    def _tell(self, now: QModelIndex, _before: QModelIndex) -> None:
        self.chosen.emit(now.data(ENTRY) if now.isValid() else None)
