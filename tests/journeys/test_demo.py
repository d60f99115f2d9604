"""The whole way on the sample family, checked from outside: ids and paths, the form of the parent's film, every frame.

What each frame of the parent's film must show is computed here by fractions from the film's own timestamps and the
story, without the renderer and without the list of cuts; then it is read from the pixels.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import numpy as np
import pytest
from numpy.typing import NDArray

from vigtool.sample import frame_code
from vigtool.sample.film import SampleFilm, film_truth
from vigtool.sample.story import Event

SECONDS = int(os.environ.get("VIGTOOL_DEMO_SECONDS", "24"))
PICTURE = (1280, 720)


@dataclass(frozen=True)
class Made:
    """What the demo printed, and the reel it left."""

    told: dict[str, Any]
    reel: Path


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Made:
    folder = tmp_path_factory.mktemp("demo") / "here"
    words = ["demo", str(folder), "--headless", "--json", "--seconds", str(SECONDS)]
    done = subprocess.run([sys.executable, "-m", "vigtool", *words], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    return Made(told, Path(told["reel_file"]))


def frames_of(reel: Path) -> list[NDArray[np.uint8]]:
    with av.open(str(reel)) as container:
        return [np.asarray(frame.to_ndarray(format="rgb24"), np.uint8) for frame in container.decode(video=0)]


def read_codes(pictures: Sequence[NDArray[np.uint8]]) -> list[int | None]:
    return [frame_code.read(picture, (0, 0, *PICTURE)) for picture in pictures]


def frames_to_show(truth: SampleFilm, starred: Sequence[Event], rate: Fraction) -> list[int]:
    """Frame numbers of the clips one after the other: at each output time the latest frame that has begun."""
    shown: list[int] = []
    for event in starred:
        first, end = truth.ticks[event.first], (*truth.ticks, truth.end)[event.last + 1]
        length = (end - first) * truth.time_base * rate
        for n in range(int(length + Fraction(1, 2))):
            at = first * truth.time_base + n / rate
            shown.append(max(k for k, tick in enumerate(truth.ticks) if tick * truth.time_base <= at))
    return shown


def check_reel(codes: Sequence[int | None], wanted: Sequence[int]) -> None:
    """The clips stand at the end, after a title in which no frame of the film is seen."""
    title = len(codes) - len(wanted)
    assert title > 0
    assert set(codes[:title]) == {None}
    wrong = [n for n, (seen, want) in enumerate(zip(codes[title:], wanted, strict=True)) if seen != want]
    assert wrong == [], f"{len(wrong)} of {len(wanted)} frames are wrong"


def test_ids_and_paths_are_told(made: Made) -> None:
    for name in ("family", "session", "cycle", "film", "reel"):
        assert len(made.told[name]) == 32
    for name in ("vault", "passphrase_file", "reel_file"):
        assert Path(made.told[name]).exists()
    assert made.told["marks"] == len(film_truth(SECONDS).events)
    assert sorted(path.name for path in made.reel.parent.iterdir()) == ["a-few-moments.mp4", "passphrase.txt", "vault"]


def test_the_film_plays_on_any_phone(made: Made) -> None:
    with av.open(str(made.reel)) as container:
        picture, sound = container.streams.video[0], container.streams.audio[0]
        assert (picture.codec_context.name, picture.codec_context.profile) == ("h264", "High")
        assert picture.codec_context.pix_fmt == "yuv420p"
        assert (sound.codec_context.name, sound.codec_context.profile) == ("aac", "LC")
        assert picture.frames == made.told["reel_frames"]
        seen = Fraction(picture.duration or 0) * (picture.time_base or 0)
        heard = Fraction(sound.duration or 0) * (sound.time_base or 0)
        assert abs(seen - heard) <= Fraction(1024, sound.codec_context.sample_rate)
        assert not container.metadata.keys() - {"major_brand", "minor_version", "compatible_brands"}
    data = made.reel.read_bytes()
    assert 0 < data.index(b"moov") < data.index(b"mdat")


def test_every_frame_is_the_one_that_was_marked(made: Made) -> None:
    truth = film_truth(SECONDS)
    starred = [event for event in truth.events if event.star]
    wanted = frames_to_show(truth, starred, Fraction(30))
    codes = read_codes(frames_of(made.reel))
    check_reel(codes, wanted)
    shifted = [replace(starred[0], first=starred[0].first + 1, last=starred[0].last + 1), *starred[1:]]
    with pytest.raises((AssertionError, ValueError)):
        check_reel(codes, frames_to_show(truth, shifted, Fraction(30)))


def test_the_vault_opens_with_the_passphrase_and_is_whole(made: Made) -> None:
    general = ["--json", "--vault", made.told["vault"], "--passphrase-file", made.told["passphrase_file"]]
    done = subprocess.run(
        [sys.executable, "-m", "vigtool", "vault", "verify", *general], capture_output=True, text=True, check=False
    )
    assert json.loads(done.stdout) == {"findings": []}


def test_making_it_again_in_the_same_place_is_refused(made: Made) -> None:
    folder = made.reel.parent
    done = subprocess.run(
        [sys.executable, "-m", "vigtool", "demo", str(folder), "--headless", "--json"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, json.loads(done.stdout)["error"]) == (1, "VaultExists")
