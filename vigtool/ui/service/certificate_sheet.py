"""Erasing again what a certificate names: its text is pasted or its file chosen, looked into, and only then erased."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QHBoxLayout, QWidget

from vigtool.casework.erasure import Erasure
from vigtool.errors import Cancelled
from vigtool.practice.certificates import text_of_file
from vigtool.practice.certified_erasing import Certified
from vigtool.ui import choosing, measures
from vigtool.ui.desk_service import KnownNames
from vigtool.ui.families.working import WorkingForm
from vigtool.ui.jobs import Where
from vigtool.ui.measures import Type
from vigtool.ui.notices import words_of
from vigtool.ui.parts.button import Button, Kind
from vigtool.ui.parts.error_panel import Sign
from vigtool.ui.parts.field import Field, Line, Paper
from vigtool.ui.parts.surface import column, empty, row
from vigtool.ui.parts.words import Words, isolated
from vigtool.ui.room import Bench
from vigtool.ui.service.retention_words import outlook_sentences, thing_words
from vigtool.ui.service.said import day_words


class CertificateSheet(WorkingForm):
    """The sheet. Another text takes back what was looked into, so that nothing goes but what stands there."""

    def __init__(self, bench: Bench, names: KnownNames, parent: QWidget | None = None) -> None:
        say = QCoreApplication.translate
        super().__init__(
            bench,
            say("CertificateSheet", "Erase again by certificate"),
            sentence=say(
                "CertificateSheet",
                "After a backup was got back, something may be here that had been erased. Its certificate tells what.",
            ),
            go=say("CertificateSheet", "Look what it names"),
            width=640,
            parent=parent,
        )
        self._names = names
        self._found: tuple[Certified, ...] = ()
        self.words: dict[str, Field[Line]] = {}
        hint = self.tr("All of it, from the line “Certificate of erasure” on. Several may follow one another.")
        self.text = Field(self.tr("The text of the certificate"), Paper(lines=7), hint=hint)
        self.text.input.textChanged.connect(self._forget)
        self.file = Button(self.tr("Choose its file…"), icon="folder", height=measures.BUTTON_SMALL)
        self.file.clicked.connect(self._choose_file)
        self.asked.addWidget(self.text)
        self.asked.addWidget(self.file, 0, Qt.AlignmentFlag.AlignLeading)
        self._shown = column(gap=12)
        self.asked.addLayout(self._shown)
        self.refresh()

    def may_go(self) -> bool:
        """Whether there is a text; and, once it was looked into, every word was typed."""
        if not self._found:
            return bool(self.text.input.toPlainText().strip())
        return all(
            field.input.text().strip().casefold() == word.casefold() for word, field in self.words.items()
        ) and bool(self.words)

    def answer(self) -> None:
        """Look into it; erase it, once that was done."""
        desk = self.bench.desk
        if not self._found:
            text = self.text.input.toPlainText()
            self.work(
                self.tr("Looking what it names"),
                lambda _report, _cancelled: tuple(desk.look_into_certificates(text)),
                lambda found: self._show(text, found),
                lambda error: self.show_error(words_of(error)),
            )
            return
        # What is open of it would be read while it goes.
        self.bench.workspace.open_family(None)
        found, words = self._found, tuple(self.words)
        self.work(
            self.tr("Erasing"),
            lambda report, cancelled: desk.erase_certified(found, words, report, cancelled),
            self._erased,
            self._not_erased,
            promise=self.tr("What was erased until you cancel stays erased."),
            where=Where.POOL,
        )

    def _choose_file(self) -> None:
        path = choosing.choose_text(self, self.tr("Which certificate?"))
        if path is not None:
            self.bench.jobs.call(
                lambda: text_of_file(path),
                owner=self,
                done=self.text.input.setPlainText,
                failed=lambda error: self.show_error(words_of(error)),
            )

    def _forget(self) -> None:
        """Nothing was looked into any more."""
        self._found = ()
        self.words.clear()
        empty(self._shown)
        self.go.kind = Kind.PRIMARY
        self.go.set_words(self.tr("Look what it names"))
        self.show_error(None)
        self.refresh()

    def _show(self, text: str, found: tuple[Certified, ...]) -> None:
        if text != self.text.input.toPlainText():  # a file was read meanwhile: what is shown is what stands there
            return
        self._forget()
        for each in found:
            self._shown.addLayout(self._thing(each))
        to_do = [each for each in found if each.is_to_do]
        if not to_do:
            nothing = self.tr("There is nothing to do here: nothing of it stands in this vault within your reach.")
            self._shown.addWidget(Words(nothing, weight=measures.MEDIUM, wrap=True))
            return
        self._found = found
        for word in dict.fromkeys(each.word for each in to_do):
            field = Field(self.tr("Type {0} to go on").format(word), Line())
            field.input.textChanged.connect(lambda _text: self.refresh())
            self.words[word] = field
            self._shown.addWidget(field)
        self.go.kind = Kind.DANGER
        self.go.set_words(self.tr("Erase for good"))
        self.refresh()
        next(iter(self.words.values())).input.setFocus(Qt.FocusReason.OtherFocusReason)

    def _thing(self, each: Certified) -> QHBoxLayout:
        """One thing that is named: what it is called here, how it stands, and what would go."""
        named = each.certificate
        line, text = row(gap=10), column(gap=2)
        icon, tone = ("trash", "caution") if each.is_to_do else ("info", "quiet")
        line.addWidget(Sign(icon, tone, size=18), 0, Qt.AlignmentFlag.AlignTop)
        title = thing_words(named.family, None if named.of_family else named.what, self._names)
        if each.stands:
            text.addWidget(Words(isolated(title), weight=measures.MEDIUM, wrap=True))
        else:
            kind = self.tr("A family ({0})") if named.of_family else self.tr("A film ({0})")
            text.addWidget(Words(kind.format(named.what[:8]), weight=measures.MEDIUM, wrap=True))
        said = [self.tr("Erased on {0}: {1}").format(day_words(named.on), isolated(named.reason))]
        if not each.stands:
            said.append(self.tr("It is not here: nothing has to be done about it."))
        elif not each.within_reach:
            said.append(self.tr("It stays: whoever has the key of its family can erase it."))
        elif each.is_held:
            said.append(self.tr("It stays: a legal hold covers it until somebody lifts the hold."))
        elif each.outlook is not None:
            said += outlook_sentences(each.outlook)
        for sentence in said:
            text.addWidget(Words(sentence, size=Type.DENSE, wrap=True))
        line.addLayout(text, 1)
        return line

    def _erased(self, done: Sequence[Erasure]) -> None:
        self.finish()
        said = self.tr("%n were erased. Their new certificates stand on this page.", "", len(done))
        if len(done) == 1:
            said = self.tr("It is erased. Its new certificate stands on this page.")
        self.told.addWidget(Words(said, weight=measures.MEDIUM, wrap=True))
        self.bench.workspace.records_changed.emit()

    def _not_erased(self, error: BaseException) -> None:
        kept = self.tr("What was not erased yet is as it was.") if isinstance(error, Cancelled) else ""
        self.show_error(words_of(error, kept=kept))
        self.bench.workspace.records_changed.emit()
