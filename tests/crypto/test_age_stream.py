"""Writing and reading age files: every size, every place, every way the world interrupts."""

from __future__ import annotations

import gc
import io
import os
from typing import cast

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from age_films import BOTH, FILM, MINE, SEALED_FILM, opened, sealed
from vigtool.crypto.age.chunks import CHUNK, SEALED_CHUNK
from vigtool.crypto.age.header import read_header
from vigtool.crypto.age.identity import Identity, Passphrase
from vigtool.crypto.age.stream import AgeReader, AgeWriter, seal_digest
from vigtool.crypto.kem import KemKind
from vigtool.errors import SealBroken, StorageFailed, WrongPassphrase

SIZES = [0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 2 * CHUNK, 300_000]


@pytest.mark.parametrize("kind", BOTH)
@pytest.mark.parametrize("size", SIZES)
def test_round_trip(kind: KemKind, size: int) -> None:
    identity, plain = Identity.generate(kind), os.urandom(size)
    data = sealed(plain, identity)
    header = len(read_header(io.BytesIO(data)).raw)
    assert len(data) == header + 16 + size + 16 * max(1, -(-size // CHUNK))
    with opened(data, identity) as reader:
        assert reader.size == size
        assert reader.digest == seal_digest(io.BytesIO(data))
        assert reader.read() == plain
        assert reader.read() == b""


def test_a_passphrase_in_place_of_a_key() -> None:
    words = Passphrase("six words that do not belong")
    data = sealed(FILM, words)
    assert opened(data, words).read() == FILM
    with pytest.raises(WrongPassphrase):
        opened(data, Passphrase("another"))


@settings(deadline=None, max_examples=60)
@given(st.lists(st.one_of(st.integers(0, 300), st.integers(CHUNK - 2, CHUNK + 2), st.just(3 * CHUNK)), max_size=6))
def test_however_it_is_written_in_parts(sizes: list[int]) -> None:
    out, plain = io.BytesIO(), b""
    with AgeWriter(out, [MINE.recipient()]) as writer:
        for number, size in enumerate(sizes):
            part = bytes([number + 1]) * size
            assert writer.write(memoryview(part)) == size
            plain += part
    assert opened(out.getvalue()).read() == plain


STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("read"), st.integers(-1, 2 * CHUNK + 9), st.just(0)),
        st.tuples(st.just("readinto"), st.integers(0, 2 * CHUNK + 9), st.just(0)),
        st.tuples(st.just("seek"), st.integers(0, len(FILM) + 99), st.just(os.SEEK_SET)),
        st.tuples(
            st.just("seek"), st.sampled_from([0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 3 * CHUNK]), st.just(os.SEEK_SET)
        ),
        st.tuples(st.just("seek"), st.integers(-CHUNK, CHUNK), st.just(os.SEEK_CUR)),
        st.tuples(st.just("seek"), st.integers(-len(FILM) - 9, 9), st.just(os.SEEK_END)),
        st.tuples(st.just("tell"), st.just(0), st.just(0)),
    ),
    max_size=30,
)


@settings(deadline=None, max_examples=150)
@given(STEPS)
def test_it_reads_like_any_file(steps: list[tuple[str, int, int]]) -> None:
    ours, theirs = opened(SEALED_FILM), io.BytesIO(FILM)
    for act, number, whence in steps:
        if act == "read":
            assert ours.read(number) == theirs.read(number)
        elif act == "readinto":
            here, there = bytearray(number), bytearray(number)
            assert ours.readinto(here) == theirs.readinto(there)
            assert here == there
        elif act == "seek":
            assert ours.seek(number, whence) == theirs.seek(number, whence)
        assert ours.tell() == theirs.tell()


def test_it_serves_what_expects_a_file() -> None:
    with io.BufferedReader(opened(SEALED_FILM), 1000) as buffered:
        buffered.seek(CHUNK - 5)
        assert buffered.read(10) == FILM[CHUNK - 5 : CHUNK + 5]
        assert buffered.readall() if hasattr(buffered, "readall") else buffered.read() == FILM[CHUNK + 5 :]
    reader = opened(SEALED_FILM)
    assert (reader.readable(), reader.seekable(), reader.writable()) == (True, True, False)
    assert reader.readall() == FILM
    for offset, whence in ((-1, os.SEEK_SET), (0, 7)):
        with pytest.raises(ValueError, match="no such place"):
            reader.seek(offset, whence)


class Parts(io.BytesIO):
    """A source and target that never takes or gives more than 1000 bytes at once."""

    def read(self, size: int | None = -1, /) -> bytes:
        return super().read(1000 if size is None or size < 0 else min(size, 1000))

    def write(self, data: object, /) -> int:
        return super().write(cast("bytes", data)[:1000])


def test_sources_and_targets_that_work_in_parts() -> None:
    out = Parts()
    with AgeWriter(out, [MINE.recipient()]) as writer:
        writer.write(FILM)
    assert AgeReader(Parts(out.getvalue()), [MINE]).read() == FILM


def test_few_chunks_are_kept() -> None:
    reader = opened(sealed(bytes(20 * CHUNK)))
    reader.read()
    assert len(reader._kept) == 4


def test_a_kept_chunk_is_not_read_again() -> None:
    class Counting(io.BytesIO):
        reads = 0

        def read(self, size: int | None = -1, /) -> bytes:
            self.reads += 1
            return super().read(size)

    source = Counting(SEALED_FILM)
    reader = AgeReader(source, [MINE])
    before = source.reads
    for _ in range(10):
        for at in (10, CHUNK + 10):
            reader.seek(at)
            assert reader.read(50) == FILM[at : at + 50]
    assert source.reads == before + 2


class Failing(io.BytesIO):
    """A disk that is pulled out after so many bytes."""

    left = 1 << 40

    def read(self, size: int | None = -1, /) -> bytes:
        self.left -= size or 0
        if self.left < 0:
            raise OSError(5, "gone")
        return super().read(size)

    def write(self, data: object, /) -> int:
        self.left -= len(cast("bytes", data))
        if self.left < 0:
            raise OSError(28, "full")
        return super().write(cast("bytes", data))


def test_a_disk_that_goes_away_is_not_damage() -> None:
    source = Failing(SEALED_FILM)
    reader = AgeReader(source, [MINE])
    source.left = SEALED_CHUNK
    assert reader.read(10) == FILM[:10]
    reader.seek(CHUNK)
    with pytest.raises(StorageFailed):
        reader.read(10)
    reader.seek(0)
    assert reader.read(10) == FILM[:10]
    source = Failing(SEALED_FILM)
    source.left = 0
    with pytest.raises(StorageFailed):
        AgeReader(source, [MINE])
    assert source.closed
    source = Failing(SEALED_FILM)
    source.left = 0
    with pytest.raises(StorageFailed):
        seal_digest(source)


def test_a_source_that_does_not_open_is_closed() -> None:
    source = io.BytesIO(b"no film")
    with pytest.raises(SealBroken):
        AgeReader(source, [MINE])
    assert source.closed


def test_a_closed_reader_closes_its_source_and_reads_no_more() -> None:
    source = io.BytesIO(SEALED_FILM)
    reader = AgeReader(source, [MINE])
    reader.close()
    reader.close()
    assert source.closed
    for act in (lambda: reader.read(1), lambda: reader.seek(0), reader.tell, lambda: reader.readinto(bytearray(1))):
        with pytest.raises(ValueError, match="closed"):
            act()


def test_a_full_disk_leaves_nothing_that_opens_and_cannot_be_taken_up_again() -> None:
    out = Failing()
    out.left = 2 * SEALED_CHUNK
    writer = AgeWriter(out, [MINE.recipient()])
    with pytest.raises(OSError, match="full"):
        writer.write(FILM)
    out.left = 1 << 40
    with pytest.raises(ValueError, match="closed"):
        writer.write(FILM)
    writer.close()
    with pytest.raises(SealBroken):
        opened(out.getvalue())


def test_a_full_disk_at_the_end_is_told() -> None:
    out = Failing()
    writer = AgeWriter(out, [MINE.recipient()])
    writer.write(b"a film")
    out.left = 0
    with pytest.raises(OSError, match="full"):
        writer.close()
    assert writer.closed
    with pytest.raises(SealBroken):
        opened(out.getvalue())


def test_a_film_that_breaks_off_is_never_finished() -> None:
    out = io.BytesIO()

    def broken_off() -> None:
        with AgeWriter(out, [MINE.recipient()]) as writer:
            writer.write(FILM)
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        broken_off()
    with pytest.raises(SealBroken):
        opened(out.getvalue())


def test_a_writer_that_is_forgotten_is_not_finished() -> None:
    out = io.BytesIO()
    writer = AgeWriter(out, [MINE.recipient()])
    writer.write(b"a film")
    del writer
    gc.collect()
    assert not out.closed
    with pytest.raises(SealBroken):
        opened(out.getvalue())


def test_closing_twice_ends_a_file_once() -> None:
    out = io.BytesIO()
    with AgeWriter(out, [MINE.recipient()]) as writer:
        assert writer.writable()
        writer.write(b"a film")
        writer.close()
    writer.close()
    assert opened(out.getvalue()).read() == b"a film"
    assert not out.closed


def test_no_file_key_comes_twice() -> None:
    """Same plaintext, same recipient: nothing after the stanza's kind may be equal."""
    made = [sealed(b"") for _ in range(200)]
    assert len({data[-32:-16] for data in made}) == 200  # payload nonces
    assert len({data[-16:] for data in made}) == 200  # tags, so keys
