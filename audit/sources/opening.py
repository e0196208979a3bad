"""Bytes of a file, unpacked on the way: gzip and zstd, with caps on what comes out."""

import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

from audit.errors import SourceError
from audit.sources.base import Limits

BLOCK = 1 << 20

GZIP, ZSTD = b"\x1f\x8b", b"\x28\xb5\x2f\xfd"
_OTHER = {
    b"BZh": "bzip2",
    b"\xfd7zXZ\x00": "xz",
    b"\x04\x22\x4d\x18": "lz4",
    b"7z\xbc\xaf\x27\x1c": "7-Zip",
    b"Rar!": "RAR",
}


def packing(head: bytes) -> str:
    """'gzip', 'zstd' or '' by the first bytes; other packings are an error with advice."""
    for magic, name in _OTHER.items():
        if head.startswith(magic):
            message = f"The file is packed with {name}, which cannot be read here."
            raise SourceError(message, hint="Unpack it first, or pack it with gzip or zstd.")
    if head.startswith(ZSTD):
        return "zstd"
    return "gzip" if head.startswith(GZIP) else ""


class Opened:
    """The unpacked bytes of a file, block by block, with how far reading is.

    Raises :class:`SourceError` when the file is cut short, damaged or unfolds beyond the
    limits. Never holds more than a few blocks.
    """

    def __init__(self, path: Path, limits: Limits) -> None:
        self.size_bytes = path.stat().st_size
        self.unpacked = 0
        self._limits = limits
        with path.open("rb") as file:
            self.packing = packing(file.read(8))
        self._file: IO[bytes] = path.open("rb", buffering=0)
        self._blocks = self._unpack()

    def __enter__(self) -> "Opened":
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()

    @property
    def share(self) -> float:
        """Share of the packed file that has been read."""
        return self._file.tell() / self.size_bytes if self.size_bytes else 1.0

    def block(self) -> bytes:
        """Fetch the next bytes; empty at the end."""
        block = next(self._blocks, b"")
        self.unpacked += len(block)
        if self.packing:
            self._refuse_bomb()
        return block

    def _refuse_bomb(self) -> None:
        limits = self._limits
        if self.unpacked > limits.unpacked_bytes:
            message = f"The file unfolds to more than {limits.unpacked_bytes / 2**30:.1f} GiB."
            raise SourceError(message, hint="Unpack it yourself if you trust it, and load that.")
        packed = max(self._file.tell(), 1)
        if self.unpacked > limits.ratio_from_bytes and self.unpacked > limits.ratio * packed:
            message = f"Each byte of the file unfolds to more than {limits.ratio:.0f}: a bomb?"
            raise SourceError(message, hint="Unpack it yourself if you trust it, and load that.")

    def _unpack(self) -> Iterator[bytes]:
        if self.packing == "gzip":
            return self._gzip()
        if self.packing == "zstd":
            return self._zstd()
        return iter(lambda: self._file.read(BLOCK), b"")

    def _gzip(self) -> Iterator[bytes]:
        machine, fresh = zlib.decompressobj(wbits=31), True
        try:
            while packed := self._file.read(BLOCK // 4):
                packed = packed.lstrip(b"\0") if fresh else packed  # padding, as tapes have it
                while packed:
                    yield from filter(None, [machine.decompress(packed, BLOCK)])
                    packed = machine.unconsumed_tail
                    fresh = False
                    if machine.eof:
                        packed = machine.unused_data.lstrip(b"\0")
                        machine, fresh = zlib.decompressobj(wbits=31), True
        except zlib.error as error:
            raise self._damaged() from error
        if not fresh:
            raise self._cut()

    def _zstd(self) -> Iterator[bytes]:
        import pyarrow as pa

        # Held, because it closes the file as soon as nobody holds it.
        self._stream: Any = pa.CompressedInputStream(pa.PythonFile(self._file, "r"), "zstd")
        try:
            while block := self._stream.read(BLOCK // 8):
                yield block
        except OSError as error:
            cut = "truncated" in str(error).lower() or "end of" in str(error).lower()
            raise (self._cut() if cut else self._damaged()) from error

    def _cut(self) -> SourceError:
        message = f"The {self.packing} file is cut short: it ends after {self.unpacked:,} bytes."
        return SourceError(message, hint="Fetch or copy it again; nothing was loaded.")

    def _damaged(self) -> SourceError:
        message = f"The {self.packing} file is damaged after {self.unpacked:,} unpacked bytes."
        return SourceError(message, hint="Fetch or copy it again; nothing was loaded.")


def head_of(path: Path, limits: Limits, size: int = 1 << 16) -> bytes:
    """Fetch the first unpacked bytes of a file, ``size`` of them at most."""
    with Opened(path, limits) as opened:
        parts, have = [], 0
        while have < size and (block := opened.block()):
            parts.append(block)
            have += len(block)
    return b"".join(parts)[:size]


def plain_file(path: Path, limits: Limits, scratch: Path) -> Path:
    """``path`` itself, or its unpacked copy in ``scratch`` for readers that need to seek."""
    with Opened(path, limits) as opened:
        if not opened.packing:
            return path
        target = scratch / "unpacked"
        with target.open("wb") as out:
            while block := opened.block():
                out.write(block)
    return target
