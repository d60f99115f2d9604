"""A bench for a room or page of the window, at which a desk is open or none."""

from __future__ import annotations

from vigtool.ui.desk import Desk, Practice
from vigtool.ui.jobs import Jobs
from vigtool.ui.room import Bench
from vigtool.ui.workspace import Workspace


def bench_of(jobs: Jobs, practice: Practice, desk: Desk | None = None, went_to: list[str] | None = None) -> Bench:
    """A bench over `desk`; the rooms that somebody asks to go to are written into `went_to`."""
    workspace = Workspace()
    workspace.open_desk(desk)
    heard: list[str] = [] if went_to is None else went_to
    return Bench(jobs, workspace, practice, heard.append)
