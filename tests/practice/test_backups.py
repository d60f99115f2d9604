"""Backups as a person meets them: listed, expired, tried, restored with what was erased since."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, tzinfo
from pathlib import Path

import pytest

from vault_case import Stop
from vigtool.casework.backup import Backup
from vigtool.casework.film import Film
from vigtool.errors import Cancelled, InvalidRecord, StorageFailed, UnfitPlace
from vigtool.practice import backups as acts
from vigtool.practice.auditing import check_log, log_entries
from vigtool.practice.backups import back_up, backups, last_day_of_backups, say_backup_gone, unfinished_backups
from vigtool.practice.erasing import erase_family, erasures
from vigtool.practice.families import NewFamily
from vigtool.practice.films import open_film
from vigtool.practice.records import values
from vigtool.practice.reminders import Intervals, ReminderKind, reminders, set_intervals
from vigtool.practice.restoring import check_backup, generations, restore
from vigtool.vault.vault import Vault

WORDS = "six words that nobody would guess here"


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    folder = tmp_path / "stick"
    folder.mkdir()
    return folder


def today() -> date:
    return datetime.now(UTC).astimezone().date()


def last_tried(vault: Vault, backup: Backup, on: datetime) -> None:
    """As if a backup had been tried out on another day."""
    with vault.transaction("backup check") as writer:
        stored = vault.get(Backup, backup.id)
        writer.change(stored, replace(stored.value, checked=on))


def test_a_backup_is_listed_and_entered(vault: Vault, film: Film, stick: Path) -> None:
    made = back_up(vault, stick, keep_days=30)
    assert backups(vault) == [made]
    assert made.films == 1
    assert made.whole
    assert made.keep_until == today() + timedelta(days=30)
    assert made.checkpoint.startswith(f"vigtool/{vault.vault_id}/")
    assert {entry.act for entry in log_entries(vault)} >= {"backup begin", "backup"}
    assert check_log(vault) == []
    assert [each.backup for each in generations(stick)] == [made.id]


def test_one_that_did_not_come_to_be_is_struck_off(vault: Vault, film: Film, stick: Path) -> None:
    with pytest.raises(Cancelled):
        back_up(vault, stick, cancelled=Stop(1))
    assert backups(vault) == unfinished_backups(vault) == []
    assert last_day_of_backups(vault) is None


def test_of_one_whose_stick_is_gone_nobody_knows_until_it_is_back(
    vault: Vault, film: Film, stick: Path, tmp_path: Path
) -> None:
    asked = 0

    def pull_out() -> bool:
        nonlocal asked
        asked += 1
        if asked == 2:
            stick.rename(tmp_path / "away")
        return False

    with pytest.raises(StorageFailed):
        back_up(vault, stick, cancelled=pull_out)
    (unknown,) = unfinished_backups(vault)
    assert last_day_of_backups(vault) == unknown.keep_until
    (tmp_path / "away").rename(stick)
    made = back_up(vault, stick)
    assert unfinished_backups(vault) == []
    assert backups(vault) == [made]


def test_one_that_was_whole_but_not_yet_entered_is_found(
    vault: Vault, film: Film, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(acts, "_enter", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt))
        with pytest.raises(KeyboardInterrupt):
            back_up(vault, stick)
    (first,) = unfinished_backups(vault)
    second = back_up(vault, stick)
    assert [each.id for each in backups(vault)] == [first.id, second.id]
    assert backups(vault)[0].films == 1


def test_what_is_over_goes_with_the_next_backup_there(vault: Vault, film: Film, stick: Path, tmp_path: Path) -> None:
    class LongAgo(datetime):
        @classmethod
        def now(cls, tz: tzinfo | None = None) -> datetime:  # type: ignore[override]  # no subclass is needed of it
            return datetime(2026, 1, 1, tzinfo=tz)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(acts, "datetime", LongAgo)
        old = back_up(vault, stick, keep_days=20)
    assert ReminderKind.BACKUP_OVER in {each.what for each in reminders(vault, today())}
    assert last_day_of_backups(vault) == today(), "it is still there"
    elsewhere = back_up(vault, tmp_path / "other")
    new = back_up(vault, stick)
    assert {each.id for each in backups(vault)} == {elsewhere.id, new.id}
    assert [each.backup for each in generations(stick)] == [new.id]
    assert vault.get(Backup, old.id).value.gone == new.made.astimezone().date()
    assert last_day_of_backups(vault) == new.keep_until


def test_one_made_while_the_clock_ran_ahead_counts(vault: Vault, film: Film, stick: Path) -> None:
    class Ahead(datetime):
        @classmethod
        def now(cls, tz: tzinfo | None = None) -> datetime:  # type: ignore[override]  # no subclass is needed of it
            return datetime.now(tz) + timedelta(days=400)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(acts, "datetime", Ahead)
        made = back_up(vault, stick, keep_days=20)
    assert last_day_of_backups(vault) == made.keep_until > today() + timedelta(days=400)


def test_a_person_says_that_one_is_gone(vault: Vault, film: Film, stick: Path) -> None:
    made = back_up(vault, stick)
    say_backup_gone(vault, made.id, today())
    assert backups(vault) == []
    assert last_day_of_backups(vault) is None
    with pytest.raises(InvalidRecord):
        say_backup_gone(vault, made.id, today())


def test_places_where_a_backup_does_not_belong(vault: Vault, stick: Path) -> None:
    for within in (vault.folder, vault.folder / "footage", vault.folder / "new"):
        with pytest.raises(UnfitPlace, match="within"):
            back_up(vault, within)
    with pytest.raises(InvalidRecord):
        back_up(vault, stick, keep_days=0)
    cloud = stick / "Dropbox" / "backups"
    cloud.mkdir(parents=True)
    assert acts.look_at_place(vault, cloud, on=today()).warning
    with pytest.raises(UnfitPlace, match="copies"):
        back_up(vault, cloud)
    assert backups(vault) == []
    assert back_up(vault, cloud, into_cloud=True).whole
    seen = acts.look_at_place(vault, cloud, on=today())
    assert (seen.there, seen.same_disk) == (1, True)
    assert not acts.look_at_place(vault, stick / "new", on=today()).warning


def test_reminders(vault: Vault, film: Film, stick: Path) -> None:
    now = datetime.now(UTC)
    assert [each.what for each in reminders(vault, today())] == [ReminderKind.NO_BACKUP]
    made = back_up(vault, stick)
    assert reminders(vault, today()) == []
    assert {each.what for each in reminders(vault, today() + timedelta(days=8))} == {
        ReminderKind.BACKUP_OLD, ReminderKind.NEVER_TRIED,
    }  # fmt: skip
    assert ReminderKind.NEVER_SCRUBBED in {each.what for each in reminders(vault, today() + timedelta(days=31))}
    check_backup(stick, WORDS, vault=vault)
    assert {each.what for each in reminders(vault, today() + timedelta(days=8))} == {ReminderKind.BACKUP_OLD}
    last_tried(vault, made, now - timedelta(days=95))
    assert [each.what for each in reminders(vault, today())] == [ReminderKind.TRIAL_OLD]
    set_intervals(vault, Intervals(backup=20, trial=100, scrub=60))
    assert reminders(vault, today()) == []
    set_intervals(vault, Intervals(backup=20, trial=90, scrub=60))
    assert [each.what for each in reminders(vault, today())] == [ReminderKind.TRIAL_OLD]
    with pytest.raises(InvalidRecord):
        set_intervals(vault, Intervals(backup=0))


def test_what_was_erased_since_is_erased_again_and_told(
    vault: Vault, family: NewFamily, film: Film, stick: Path, tmp_path: Path
) -> None:
    back_up(vault, stick)
    old = generations(stick)[0].folder
    erased = erase_family(vault, family.family.id, reason="asked for it", on=today())
    assert erased.recoverable_until == today() + timedelta(days=90)
    folder = vault.folder
    vault.close()
    for number, instead in enumerate((folder, None)):
        done = restore(stick, tmp_path / f"again {number}", WORDS, instead_of=instead)
        assert done.rolled_back is (instead is not None)
        assert [each.id for each in done.erased_again] == [erased.id], "the list beside the backups tells it as well"
    with Vault.open(folder, WORDS) as again:
        back_up(again, stick)
    done = restore(old, tmp_path / "later", WORDS)
    assert done.rolled_back
    assert done.newer_entries > 0
    assert [each.id for each in done.erased_again] == [erased.id]
    assert done.findings == ()
    with Vault.open(tmp_path / "later", WORDS) as later:
        assert values(later, Film) == []
        assert [each.id for each in erasures(later)] == [erased.id]
        assert check_log(later) == []
        assert "restore" in {entry.act for entry in log_entries(later)}


def test_the_restored_vault_knows_the_backup_it_came_from(
    vault: Vault, film: Film, stick: Path, tmp_path: Path
) -> None:
    made = back_up(vault, stick)
    vault.close()
    done = restore(stick, tmp_path / "again", WORDS)
    assert done.findings == ()
    assert done.lost == ()
    with Vault.open(tmp_path / "again", WORDS) as again:
        (known,) = backups(again)
        assert (known.id, known.films, known.whole) == (made.id, made.films, True)
        opened = open_film(again, film.id)
        assert opened.film == film
        more = back_up(again, stick)
        assert generations(stick)[0].backup == more.id


def test_a_trial_that_went_badly_is_entered_as_nothing_but_an_attempt(vault: Vault, film: Film, stick: Path) -> None:
    made = back_up(vault, stick)
    (file,) = stick.rglob("*.age")
    data = file.read_bytes()
    file.write_bytes(data[:-1] + bytes([data[-1] ^ 1]))
    tried = check_backup(stick, WORDS, vault=vault)
    assert not tried.good
    assert [each.object for each in tried.findings] == [film.id]
    assert vault.get(Backup, made.id).value.checked is None
    file.write_bytes(data)
    assert check_backup(stick, WORDS, vault=vault, whole=True).good
    assert vault.get(Backup, made.id).value.checked is not None


def test_it_reports_how_far_it_is(vault: Vault, film: Film, stick: Path, tmp_path: Path) -> None:
    acted: list[list[tuple[int, int]]] = [[], [], []]
    told = [lambda done, total, said=said: said.append((done, total)) for said in acted]
    back_up(vault, stick, report=told[0])
    check_backup(stick, WORDS, whole=True, report=told[1])
    restore(stick, tmp_path / "again", WORDS, report=told[2])
    for said in acted:
        assert said == sorted(said)
        assert said[-1][0] == said[-1][1]
        assert all(0 <= done <= total for done, total in said)
