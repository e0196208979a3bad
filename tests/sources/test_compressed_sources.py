"""gzip and zstd: unpacked on the way, refused when cut short, damaged or a bomb."""

import gzip

import pyarrow as pa
import pytest

from audit.errors import SourceError
from audit.sources import Limits, detect

TEXT = "a,b\n" + "".join(f"{i},word {i}\n" for i in range(40_000))


def zstd(data: bytes) -> bytes:
    return pa.compress(data, codec="zstd", asbytes=True)


PACKERS = {"gzip": gzip.compress, "zstd": zstd}


@pytest.mark.parametrize("packing", PACKERS)
@pytest.mark.parametrize("name", ["t.csv.gz", "t.bin", "t.csv"])
def test_packed_text_loads_whatever_its_name(read, packing, name):
    found = read(PACKERS[packing](TEXT.encode()), name=name)
    assert (found.kind, found.report.loaded) == ("csv", 40_000)
    assert found.rows[-1] == (39_999, "word 39999")


@pytest.mark.parametrize("packing", PACKERS)
def test_packed_parquet_and_json_load(read, packing, tmp_path):
    import pyarrow.parquet as pq

    pq.write_table(pa.table({"x": [1, 2]}), tmp_path / "t.parquet")
    packed = PACKERS[packing]((tmp_path / "t.parquet").read_bytes())
    assert read(packed, name="t.parquet.gz").rows == [(1,), (2,)]
    assert read(PACKERS[packing](b'{"x": 1}\n{"x": 2}\n'), name="t.jsonl.gz").rows == [(1,), (2,)]


@pytest.mark.parametrize("zeros", [1, 1000, 600_000])
def test_zeros_after_gzip_are_padding(read, zeros):
    packed = gzip.compress(b"a,b\n1,2\n") + bytes(zeros)
    assert read(packed, name="table.csv.gz").rows == [(1, 2)]


def test_several_gzip_members_are_one_file(read):
    cut = TEXT.encode()[:5000], TEXT.encode()[5000:]
    assert read(b"".join(map(gzip.compress, cut))).report.loaded == 40_000


@pytest.mark.parametrize("packing", PACKERS)
def test_a_cut_file_says_how_far_it_got_and_loads_nothing(read, packing, tmp_path):
    packed = PACKERS[packing](TEXT.encode())
    with pytest.raises(
        SourceError, match=rf"{packing} file is cut short: it ends after [\d,]+ bytes"
    ):
        read(packed[: len(packed) // 2])


def test_a_damaged_file_is_an_error(read):
    packed = bytearray(gzip.compress(TEXT.encode()))
    packed[len(packed) // 2] ^= 255
    with pytest.raises(SourceError, match=r"damaged after [\d,]+ unpacked bytes|cut short"):
        read(bytes(packed))


@pytest.mark.parametrize("packing", PACKERS)
def test_a_bomb_is_refused(read, packing):
    bomb = PACKERS[packing](b"a,b\n" + b"1,2\n" * 2_000_000)
    limits = Limits(unpacked_bytes=4 << 20, threads=1)
    with pytest.raises(SourceError, match="unfolds to more than"):
        read(bomb, limits=limits)
    limits = Limits(ratio=100, ratio_from_bytes=1 << 20, threads=1)
    with pytest.raises(SourceError, match="a bomb"):
        read(bomb, limits=limits)


def test_a_small_file_that_packs_well_is_no_bomb(read):
    text = b"a,b\n" + b"1,2\n" * 200_000
    packed = gzip.compress(text)
    assert len(text) > 200 * len(packed)
    assert read(packed).report.loaded == 200_000


@pytest.mark.parametrize("magic", [b"BZh91AY", b"\xfd7zXZ\0\0", b"7z\xbc\xaf\x27\x1c\0\0"])
def test_other_packings_are_named_with_advice(tmp_path, magic):
    path = tmp_path / "t.csv"
    path.write_bytes(magic + b"x" * 50)
    with pytest.raises(SourceError, match="packed with") as raised:
        detect(path)
    assert "gzip or zstd" in raised.value.hint
