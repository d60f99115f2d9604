"""The window: puts the rooms together and knows no rule of any of them.

Before a vault is open it shows the start page alone; after that a rail, a header and one room at a time. Each room
brings its theme, and rail and header wear it too while the room is shown.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QCloseEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QMainWindow, QStackedWidget, QWidget

from vigtool.settings import Settings, load_settings, save_settings
from vigtool.ui import theme, window_state
from vigtool.ui.above import Above
from vigtool.ui.actions import keys_of
from vigtool.ui.cover import Cover
from vigtool.ui.desk import Practice
from vigtool.ui.erased_again import tell_what_is_back
from vigtool.ui.header import Header
from vigtool.ui.jobs import Jobs
from vigtool.ui.key_sheet import KeySheet
from vigtool.ui.notices import words_of
from vigtool.ui.parts.dialog import Dialog
from vigtool.ui.parts.surface import column, row
from vigtool.ui.preferences import PreferencesSheet
from vigtool.ui.rail import Rail
from vigtool.ui.returning import come_back
from vigtool.ui.room import Bench, Holder, Room, RoomKind, Spot
from vigtool.ui.workspace import Workspace

SMALLEST = (1024, 640)
AT_FIRST = (1280, 800)


class MainWindow(QMainWindow):
    """The one window.

    Signals:
        lock_wanted: the person locks; whoever started the program ends it and shows the lock screen.
    """

    lock_wanted = Signal()

    def __init__(
        self,
        practice: Practice,
        kinds: Sequence[RoomKind],
        *,
        start: Callable[[Bench], QWidget],
        jobs: Jobs | None = None,
    ) -> None:
        """Make the window.

        Args:
            practice: what can be done without a vault.
            kinds: the rooms there are, in the order of the rail; the first is shown when a vault is opened.
            start: makes the page shown while no vault is open.
            jobs: where work is done; made here where none is given.
        """
        super().__init__()
        self.setWindowTitle("vigtool")
        self.setMinimumSize(*SMALLEST)
        self.jobs = jobs or Jobs(parent=self)
        self.workspace = Workspace(self)
        self.bench = Bench(self.jobs, self.workspace, practice, self.go_to)
        self.kinds = {kind.id: kind for kind in kinds}
        self._rooms: dict[str, Room] = {}
        self._shown: Room | None = None
        self._pages = QStackedWidget()
        self.setCentralWidget(self._pages)
        self.start = start(self.bench)
        self._pages.addWidget(self.start)
        self._pages.addWidget(self._make_shell())
        self.cover = Cover(self)
        self.cover.covered.connect(self._leave)
        self._make_keys()
        self.workspace.desk_changed.connect(self._desk_changed)
        self.workspace.untold.connect(self.show_error)
        for signal in ("family_changed", "cycle_changed", "film_changed", "reel_changed"):
            getattr(self.workspace, signal).connect(self._refresh_header)
        theme.dress(self, next(iter(self.kinds.values())).colours)
        if not window_state.restore(self):
            self.resize(*AT_FIRST)

    def go_to(self, room_id: str, spot: Spot | None = None) -> None:
        """Show a room, perhaps at a certain spot; it is made when it is first shown."""
        kind = self.kinds[room_id]
        self._leave()
        room = self._rooms.get(room_id)
        if room is None:
            room = kind.make(self.bench)
            theme.dress(room, kind.colours)
            room.header_changed.connect(self._refresh_header)
            self._rooms[room_id] = room
            self._stack.addWidget(room)
        self._dress_shell(kind)
        self._stack.setCurrentWidget(room)
        self._shown = room
        self.rail.set_room(room_id)
        self._refresh_header()
        if spot is not None:
            room.go_back(spot)
        room.entered()

    @property
    def holds_vault(self) -> bool:
        """Whether a vault is open, be it on the start pages still: then there is something to lock."""
        return self.workspace.desk is not None or (isinstance(self.start, Holder) and self.start.holds_vault)

    @property
    def room(self) -> tuple[str, Room] | None:
        """The room that is shown, with its id."""
        return next(((room_id, room) for room_id, room in self._rooms.items() if room is self._shown), None)

    def cover_now(self) -> None:
        """Cover the screen, in the theme of the room it covers, so that nothing flashes."""
        theme.dress(self.cover, theme.of(self._shell))
        self.cover.cover()

    def show_keys(self) -> None:
        """Show all keys on one sheet."""
        if not self._shows(KeySheet):
            _open(KeySheet(self))

    def show_preferences(self) -> None:
        """Show what the person prefers, to be changed."""
        if not self._shows(PreferencesSheet):
            sheet = PreferencesSheet(load_settings(), self)
            sheet.chosen.connect(self._prefer)
            _open(sheet)

    def dress_rooms(self, kinds: Sequence[RoomKind]) -> None:
        """Wear the themes of these kinds of the same rooms from now on."""
        self.kinds = {kind.id: kind for kind in kinds}
        for room_id, room in self._rooms.items():
            theme.dress(room, self.kinds[room_id].colours)
        shown = next((room_id for room_id, room in self._rooms.items() if room is self._shown), next(iter(self.kinds)))
        theme.dress(self, self.kinds[shown].colours)
        self._dress_shell(self.kinds[shown])

    def show_error(self, error: BaseException) -> None:
        """Say what went wrong, above the room, until the person closes it."""
        kept = self.tr("everything that was saved before is kept")
        self._above.say(words_of(error, kept=kept))

    def show_above(self, panel: QWidget) -> None:
        """Show a panel above the room until it is taken away."""
        self._above.add(panel)

    def take_away(self, panel: QWidget) -> None:
        """Take a panel away that stood above the room."""
        self._above.take_away(panel)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Stop and await all work, drop the keys, then close."""
        self._leave()
        window_state.keep(self)
        self.jobs.close()
        if isinstance(self.start, Holder):
            self.start.let_go()
        if self.workspace.desk is not None:
            self.workspace.desk.close()
            self.workspace.desk = None
        super().closeEvent(event)

    def _make_shell(self) -> QWidget:
        self._shell = QWidget()
        self._shell.setObjectName("page")
        self._shell.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.rail = Rail(list(self.kinds.values()))
        self.rail.room_wanted.connect(self.go_to)
        self.rail.preferences_wanted.connect(self.show_preferences)
        self.rail.cover_wanted.connect(self.cover_now)
        self.rail.lock_wanted.connect(self.lock_wanted)
        self.header = Header(self.workspace)
        self._stack = QStackedWidget()
        self._above = Above()
        beside = column(gap=0)
        beside.addWidget(self.header)
        beside.addWidget(self._above)
        beside.addWidget(self._stack, 1)
        line = row(self._shell, gap=0)
        line.addWidget(self.rail)
        line.addLayout(beside, 1)
        return self._shell

    def _make_keys(self) -> None:
        acts: dict[str, Callable[[], None]] = {
            "cover": self.cover_now,
            "keys": self.show_keys,
            "preferences": self.show_preferences,
            "lock": self.lock_wanted.emit,
        }
        for number, room_id in enumerate(self.kinds, start=1):
            acts[f"room-{number}"] = partial(self._go_by_key, room_id)
        for name, act in acts.items():
            for key in keys_of(name):
                self._shortcut(key, act)

    def _shortcut(self, key: QKeySequence, act: Callable[[], None]) -> None:
        shortcut = QShortcut(key, self)
        shortcut.setAutoRepeat(False)
        shortcut.activated.connect(act)

    def _leave(self) -> None:
        if self._shown is not None:
            self._shown.left()

    def _go_by_key(self, room_id: str) -> None:
        if self.workspace.desk is not None:
            self.go_to(room_id)

    def _desk_changed(self) -> None:
        for room in self._rooms.values():
            self._stack.removeWidget(room)
            room.deleteLater()
        self._rooms.clear()
        self._shown = None
        is_open = self.workspace.desk is not None
        self._pages.setCurrentWidget(self._shell if is_open else self.start)
        if is_open:
            come_back(self, next(iter(self.kinds)))
            tell_what_is_back(self)

    def _refresh_header(self) -> None:
        if self._shown is not None:
            self.header.show_room(self._shown)

    def _dress_shell(self, kind: RoomKind) -> None:
        for part in (self._shell, self.rail, self.header):
            theme.dress(part, kind.colours)
            part.update()

    def _prefer(self, settings: Settings) -> None:
        save_settings(settings)
        self.workspace.preferences_changed.emit(settings)

    def _shows(self, kind: type[Dialog]) -> bool:
        return any(sheet.isVisible() for sheet in self.findChildren(kind))


def _open(sheet: Dialog) -> None:
    sheet.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    sheet.open()
