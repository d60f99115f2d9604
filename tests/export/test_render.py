"""The copy shows the frames that were chosen, all of them and no other: read from its pixels, reckoned without us."""

from __future__ import annotations

import io
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest

from copies_made import (
    Choice,
    Copy,
    Get,
    copy_of,
    expected_numbers,
    number_in,
    opened,
    placed,
    wrong_frames,
)
from makers import bursts
from vigtool.annotate.reel import Caption
from vigtool.errors import Cancelled, FilmMissing
from vigtool.export import encoder
from vigtool.export.cleanse import check_clean
from vigtool.export.handover import write_out
from vigtool.export.render import Rendered, RenderSettings, Source, expected_size, render

CANARIES = ("Ella Canary", "+51.5007-000.1246/", "PhoneMaker Twelve", "Ella Handler")
ENGLISH = Caption("en", "You waited. She looked up.")
ARABIC = Caption("ar", "انتظرتِ، فرفعت نظرها إليكِ.")


@pytest.fixture(scope="session")
def mixed(film: Get) -> list[Choice]:
    return [
        Choice(film("long groups"), 57, 101, (ENGLISH,)),
        Choice(film("25 a second"), 20, 56),
        Choice(film("uneven"), 25, 75, (ENGLISH, ARABIC)),
        Choice(film("turned"), 35, 67),
        Choice(film("60 a second"), 13, 70),
        Choice(film("stream"), 18, 40),
        Choice(film("hevc"), 7, 40),
        Choice(film("long groups"), 12, 12),
        Choice(film("odd and silent"), 3, 20),
    ]


@pytest.fixture(scope="session")
def mixed_copy(mixed: list[Choice]) -> Copy:
    return copy_of(mixed, title="For you · لكِ")


def test_every_frame_of_a_mixed_reel_is_the_one_that_was_chosen(mixed: list[Choice], mixed_copy: Copy) -> None:
    picture = (288, 192)
    assert mixed_copy.rendered.width == picture[0]
    assert mixed_copy.rendered.height > picture[1] + 40
    assert wrong_frames(mixed_copy, mixed, 30, 90, picture) == 0
    assert len(mixed_copy.pictures) == mixed_copy.rendered.frames > 300


def test_the_check_sees_a_clip_that_is_one_frame_late(mixed: list[Choice]) -> None:
    late = copy_of(mixed[:3], shift=1)
    assert wrong_frames(late, mixed[:3], 30, 0, (192, 128)) > 10
    right = copy_of(mixed[:3])
    assert wrong_frames(right, mixed[:3], 30, 0, (192, 128)) == 0


@pytest.mark.parametrize(("name", "rate"), [("25 a second", 25), ("uneven", 30)])
def test_whole_films(film: Get, name: str, rate: int) -> None:
    choice = Choice(film(name), 0, len(film(name).begins) - 2)
    copy = copy_of([choice])
    assert copy.rendered.rate == rate
    assert wrong_frames(copy, [choice], rate, 0, (192, 128)) == 0


@pytest.mark.parametrize(("name", "rate"), [("television", Fraction(30000, 1001)), ("thousandths", Fraction(30))])
def test_each_frame_once_and_at_its_time(film: Get, name: str, rate: Fraction) -> None:
    copy = copy_of([Choice(film(name), 1, 68)], title="For you")
    title = round(3 * rate)
    assert copy.rendered.rate == rate
    assert [number_in(picture) for picture in copy.pictures] == [None] * title + list(range(1, 69))
    assert copy.rendered.duration == len(copy.pictures) / rate
    with opened(copy.data) as container:
        times = [frame.time for frame in container.decode(video=0)]
        heard = sum(frame.samples for frame in opened(copy.data).decode(audio=0))
    assert times == pytest.approx([float(n / rate) for n in range(len(copy.pictures))], abs=1e-9)
    assert abs(Fraction(heard, 48_000) - copy.rendered.duration) <= Fraction(1024, 48_000)


def test_an_upright_film_stays_upright(film: Get) -> None:
    choice = Choice(film("turned"), 3, 40)
    copy = copy_of([choice])
    assert (copy.rendered.width, copy.rendered.height) == (128, 192)
    assert wrong_frames(copy, [choice], 30, 0, (128, 192)) == 0


def test_what_is_said_of_the_copy(mixed: list[Choice], mixed_copy: Copy) -> None:
    rendered = mixed_copy.rendered
    lengths = [len(numbers) for numbers in expected_numbers(mixed, 30)]
    starts = [90 + sum(lengths[:n]) for n in range(len(lengths))]
    assert [(clip.first, clip.last) for clip in rendered.clips] == [
        (start, start + length - 1) for start, length in zip(starts, lengths, strict=True)
    ]
    assert [(clip.start_frame, clip.end_frame) for clip in rendered.clips] == [
        (choice.first, choice.last + 1) for choice in mixed
    ]
    assert rendered.duration == Fraction(rendered.frames, 30)


def test_it_plays_anywhere_and_says_nothing(mixed_copy: Copy) -> None:
    assert mixed_copy.data.index(b"moov") < mixed_copy.data.index(b"mdat")
    with opened(mixed_copy.data) as container:
        video, audio = container.streams.video[0], container.streams.audio[0]
        assert (video.profile, video.pix_fmt, audio.profile) == ("High", "yuv420p", "LC")
        assert video.duration is not None
        assert video.time_base is not None
        assert audio.duration is not None
        assert audio.time_base is not None
        seconds = video.duration * video.time_base
        assert seconds == mixed_copy.rendered.duration
        assert abs(audio.duration * audio.time_base - seconds) <= Fraction(1024, 48000)
        assert container.metadata.keys() <= {"major_brand", "minor_version", "compatible_brands"}
    assert check_clean(mixed_copy.data, CANARIES) == []


def test_the_canaries_are_in_the_films_and_would_be_found(mixed: list[Choice]) -> None:
    for choice in mixed[:4]:
        assert sum(word.encode() in choice.film.data for word in CANARIES) >= 3
        assert "it holds words that must not leave" in check_clean(choice.film.data, CANARIES)


def sound_of(data: bytes) -> np.ndarray:
    """The copy's sound as a player hears it, one channel."""
    with opened(data) as container:
        return np.concatenate([frame.to_ndarray()[0] for frame in container.decode(audio=0)])


def test_beeps_are_where_they_were_filmed(mixed: list[Choice], mixed_copy: Copy) -> None:
    sound = sound_of(mixed_copy.data)
    wanted = []
    position = Fraction(90, 30)
    for choice, numbers in zip(mixed, expected_numbers(mixed, 30), strict=True):
        start, end = choice.film.begins[choice.first], choice.film.begins[choice.last + 1]
        seconds = [] if choice is mixed[-1] else range(int(start) + 1, int(end) + 1)
        inside_whole = [second for second in seconds if second + Fraction(1, 10) < end]
        # none is cut by a clip's edge, so that each is found where it begins
        assert all(start % 1 > Fraction(1, 10) and end % 1 > Fraction(1, 10) for _ in inside_whole)
        wanted += [position + second - start for second in inside_whole]
        position += Fraction(len(numbers), 30)
    found = bursts(sound)
    assert len(wanted) >= 9
    assert len(found) == len(wanted)
    assert all(abs(place - want) <= 0.001 for place, want in zip(found, wanted, strict=True))


def test_silence_under_the_title_and_for_films_without_sound(mixed_copy: Copy) -> None:
    sound = sound_of(mixed_copy.data)
    assert np.abs(sound[: 3 * 48000 - 1100]).max() < 0.001
    silent = mixed_copy.rendered.clips[-1]
    assert np.abs(sound[silent.first * 1600 + 1100 : (silent.last + 1) * 1600]).max() < 0.001


def test_captions_stand_below_and_never_over_the_picture(film: Get) -> None:
    choices = [Choice(film("long groups"), 10, 14, (ENGLISH, ARABIC)), Choice(film("long groups"), 10, 14)]
    fine = RenderSettings(crf=4)
    with_words, without = copy_of(choices, settings=fine), copy_of(choices[1:], settings=fine)
    band = slice(128, with_words.rendered.height)
    assert with_words.rendered.height > 128 + 28
    for n in range(5):
        captioned, bare, alone = with_words.pictures[n], with_words.pictures[n + 5], without.pictures[n]
        # a row of pixels beside the band takes a little of its black in the chroma
        assert np.abs(captioned[:126].astype(int) - alone[:126]).mean() < 2
        assert np.abs(captioned[:126].astype(int) - alone[:126]).max() < 60
        assert (captioned[band] > 180).sum() > 100
        assert captioned[band][1].max() <= 20
        assert captioned[band][-1].max() <= 20
        assert bare[band][1:].max() <= 20


def test_a_title_is_cream_on_dark_and_fills_no_clip(film: Get) -> None:
    copy = copy_of([Choice(film("long groups"), 0, 4)], title="Calm moments", settings=RenderSettings(crf=4))
    with opened(copy.data) as container:
        frame = next(container.decode(video=0))
        rgb = frame.to_ndarray(format="rgb24")
    assert np.abs(rgb[2, 2].astype(int) - (0x0D, 0x0E, 0x11)).max() <= 3
    red, _, blue = rgb[rgb.min(axis=2) > 150].mean(axis=0)
    assert red > blue + 8
    assert len(copy.pictures) == 95


def test_stopping_leaves_nothing_behind(film: Get, tmp_path: Path) -> None:
    cuts, sources = placed([Choice(film("long groups"), 0, 60)], title="x")
    asked = iter(range(1000))
    told: list[tuple[int, int]] = []

    def make(out: io.BytesIO) -> Rendered:
        return render(cuts, sources, out, report=lambda *step: told.append(step), cancelled=lambda: next(asked) > 120)

    with pytest.raises(Cancelled):
        write_out(tmp_path / "copy.mp4", make, expected=expected_size(cuts))  # type: ignore[arg-type]  # a real file
    assert list(tmp_path.iterdir()) == []
    assert told[:3] == [(0, 151), (5, 151), (10, 151)]
    assert told[-1][0] > 100


def test_a_finished_copy_reports_its_end(film: Get, tmp_path: Path) -> None:
    cuts, sources = placed([Choice(film("long groups"), 0, 10)])
    told: list[tuple[int, int]] = []
    rendered, _, size = write_out(
        tmp_path / "copy.mp4", lambda out: render(cuts, sources, out, report=lambda *step: told.append(step))
    )
    assert told[-1] == (rendered.frames, rendered.frames) == (11, 11)
    assert size == (tmp_path / "copy.mp4").stat().st_size < expected_size(cuts)


def test_a_film_that_is_not_there(film: Get) -> None:
    cuts, sources = placed([Choice(film("long groups"), 0, 10)])
    with pytest.raises(FilmMissing):
        render(cuts, {}, io.BytesIO())

    def gone() -> io.BytesIO:
        raise FilmMissing("gone")

    removed = {film: Source(gone, source.index, source.facts) for film, source in sources.items()}
    with pytest.raises(FilmMissing):
        render(cuts, removed, io.BytesIO())


def test_more_room_is_taken_where_the_first_was_too_small(film: Get, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(encoder, "room_for_head", lambda _shape: 300)
    choice = Choice(film("long groups"), 0, 10)
    copy = copy_of([choice])
    assert wrong_frames(copy, [choice], 30, 0, (192, 128)) == 0
    assert check_clean(copy.data) == []


def test_the_same_reel_gives_the_same_pictures(film: Get) -> None:
    """To the last pixel; the encoder's threads may write the same picture in a byte or two more."""
    choices = [Choice(film("long groups"), 0, 10, (ARABIC,))]
    one, other = copy_of(choices, title="x"), copy_of(choices, title="x")
    assert len(one.pictures) == len(other.pictures)
    assert all(np.array_equal(a, b) for a, b in zip(one.pictures, other.pictures, strict=True))
