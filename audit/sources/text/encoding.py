"""Bytes to UTF-8: which encoding, proven over the whole file, and the stream itself."""

import codecs
import io
import re
from collections.abc import Iterator

from audit.errors import SourceError
from audit.sources.opening import Opened
from audit.sources.text.alphabets import latin

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_LINE_END = re.compile(rb"\r\n|\n|\r")
_EVIDENCE_BYTES = 1 << 18
_ZEROS = (
    ("utf-32-le", 4, (1, 2, 3), (0,)),
    ("utf-32-be", 4, (0, 1, 2), (3,)),
    ("utf-16-le", 2, (1,), (0,)),
    ("utf-16-be", 2, (0,), (1,)),
)
"""Encoding, bytes of a character, which of them are zero in Western text, and which are not."""
_MOSTLY = 0.7
_FEW = 12
"""Bytes above 127 up to which a detector guesses at random and Western European is likelier."""


class Undecodable(Exception):  # noqa: N818 - reads as it is used
    """The bytes are not text in the encoding tried."""


def known(name: str) -> str:
    """Look up the codec's own name for ``name``; an error with advice where there is none."""
    try:
        info = codecs.lookup(name)
        "a".encode(info.name)
    except (LookupError, ValueError, TypeError) as error:
        message = f"There is no encoding {name!r}."
        raise SourceError(message, hint="Try utf-8, cp1252, utf-16 or shift_jis.") from error
    return info.name


def by_sample(sample: bytes) -> tuple[str, str] | None:
    """Unicode encodings, recognised for certain: (name, why), or None."""
    for bom, name in _BOMS:
        if sample.startswith(bom):
            return name, "The file begins with a byte order mark."
    wide = _without_bom(sample[:4096])
    if wide:
        return wide, "Some bytes of every character are zero, as in UTF-16 or UTF-32."
    try:
        codecs.getincrementaldecoder("utf-8")().decode(sample)
    except UnicodeDecodeError:
        return None
    why = "All bytes are ASCII." if sample.isascii() else "The bytes are valid UTF-8."
    return "utf-8", why


def _without_bom(sample: bytes) -> str:
    """UTF-32 or UTF-16 by which bytes of every character are zero in Western text; else ''."""
    if b"\0" not in sample:
        return ""
    for name, width, zeros, others in _ZEROS:
        planes = [sample[i::width] for i in range(width)]
        zero = all(planes[i].count(0) >= _MOSTLY * len(planes[i]) for i in zeros)
        if zero and all(planes[i].count(0) < (1 - _MOSTLY) * len(planes[i]) for i in others):
            return name
    return ""


def by_evidence(evidence: bytes) -> list[str]:
    """List the encodings these lines may be in, the likeliest first."""
    western = ["cp1252", "latin-1"]
    page = latin(evidence[:_EVIDENCE_BYTES])
    if page is not None:
        return [page, *western]
    high = sum(byte > 127 for byte in evidence[: 1 << 16])
    if high <= _FEW and not re.search(rb"[\x80-\xff]{2}", evidence):
        return western
    from charset_normalizer import from_bytes

    best = from_bytes(evidence[:_EVIDENCE_BYTES]).best()
    likely = [] if best is None else [best.encoding]
    return [*(e for e in likely if e not in ("utf_8", "ascii")), *western]


def evidence_of(opened: Opened) -> bytes:
    """Collect the lines that hold bytes above 127, up to 256 KiB of them."""
    parts: list[bytes] = []
    have = 0
    while (block := opened.block()) and have < _EVIDENCE_BYTES:
        if block.isascii():
            continue
        lines = [line for line in block.split(b"\n") if not line.isascii()]
        parts += lines
        have += sum(map(len, lines))
    return b"\n".join(parts)[:_EVIDENCE_BYTES]


class Utf8(io.RawIOBase):
    """A file's text as UTF-8 bytes, without byte order mark, every byte of it checked."""

    def __init__(self, opened: Opened, encoding: str) -> None:
        self.opened = opened
        self._plain = encoding in ("utf-8", "ascii")
        self._decoder = codecs.getincrementaldecoder(encoding)("strict")
        self._first = True
        self._rest = b""
        self._ended = False
        self.lines_before = 0

    def readable(self) -> bool:
        """Yes."""
        return True

    def blocks(self) -> Iterator[bytes]:
        """Yield the blocks up to the end."""
        while block := self.block():
            yield block

    def block(self) -> bytes:
        """Fetch the next bytes; empty at the end. Raises :class:`Undecodable`."""
        if self._rest:
            block, self._rest = self._rest, b""
            return block
        while not self._ended:
            raw = self.opened.block()
            self._ended = not raw
            if block := self._decoded(raw):
                return block
        return b""

    def _decoded(self, raw: bytes) -> bytes:
        if self._plain and raw.isascii() and not self._decoder.getstate()[0]:
            self._first = self._first and not raw
            return raw
        try:
            text = self._decoder.decode(raw, final=not raw)
        except (UnicodeDecodeError, UnicodeError) as error:
            raise Undecodable from error
        if self._first and text:
            text, self._first = text.removeprefix("\ufeff"), False
        try:
            return text.encode()
        except UnicodeEncodeError as error:
            raise Undecodable from error

    def drop_lines(self, count: int) -> None:
        """Pass over the next ``count`` lines."""
        if count == 0:
            return
        have, ended = b"", False
        while not ended:
            block = self.block()
            ended = not block
            have += block
            ends = [m.end() for _, m in zip(range(count), _LINE_END.finditer(have), strict=False)]
            if len(ends) == count and (ends[-1] < len(have) or ended):
                self._rest = have[ends[-1] :]
                return

    def readinto(self, buffer: "memoryview") -> int:  # type: ignore[override]
        """Fill ``buffer``, for readers that take a file object."""
        block = self.block()
        taken = min(len(buffer), len(block))
        buffer[:taken] = block[:taken]
        self._rest = block[taken:] + self._rest
        return taken
