"""Choosing a file or a folder, without leaving a trace of it outside the vault.

The system's own dialogs remember what was chosen, and Qt's own writes the last folders into a settings file of its
own. So Qt's is used on every system, and what it wrote is taken away again as soon as it closes.
"""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QFileDialog, QWidget
from shiboken6 import delete

FILMS = ("mp4", "mov", "m4v", "3gp", "mts", "m2ts", "avi", "mkv", "webm", "mpg", "mpeg", "wmv", "ts", "vob", "dv")


def _ask(dialog: QFileDialog) -> Path | None:
    dialog.setOption(QFileDialog.Option.DontUseNativeDialog)
    chosen = dialog.selectedFiles() if dialog.exec() else []
    delete(dialog)  # it writes its history while it dies
    forget()
    return Path(chosen[0]) if chosen else None


def forget() -> None:
    """Take away what Qt's file dialog remembers on disk."""
    kept = QSettings(QSettings.Scope.UserScope, "QtProject")
    kept.remove("FileDialog")
    kept.remove("Qt/filedialog")
    kept.sync()


def choose_folder(parent: QWidget, title: str) -> Path | None:
    """Ask for a folder that is there; none where the person changed their mind."""
    dialog = QFileDialog(parent, title)
    dialog.setFileMode(QFileDialog.FileMode.Directory)
    dialog.setOption(QFileDialog.Option.ShowDirsOnly)
    return _ask(dialog)


def choose_film(parent: QWidget, title: str) -> Path | None:
    """Ask for a film file; none where the person changed their mind."""
    dialog = QFileDialog(parent, title)
    dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
    endings = " ".join(f"*.{ending} *.{ending.upper()}" for ending in FILMS)
    films = dialog.tr("Films ({0})").format(endings)
    dialog.setNameFilters([films, dialog.tr("All files (*)")])
    return _ask(dialog)


def choose_text(parent: QWidget, title: str) -> Path | None:
    """Ask for a file of plain text; none where the person changed their mind."""
    dialog = QFileDialog(parent, title)
    dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
    dialog.setNameFilters([dialog.tr("Text (*.txt)"), dialog.tr("All files (*)")])
    return _ask(dialog)


def choose_target(parent: QWidget, title: str, name: str) -> Path | None:
    """Ask where a new file shall be written, `name` being offered; none where the person changed their mind.

    What is there already is refused by whoever writes, beside the thing it is about: it is not asked about here.
    """
    dialog = QFileDialog(parent, title)
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setFileMode(QFileDialog.FileMode.AnyFile)
    dialog.setOption(QFileDialog.Option.DontConfirmOverwrite)
    dialog.selectFile(name)
    return _ask(dialog)
