"""The layout of one text file: encoding, dialect, where the table begins, its names."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

from audit.errors import SourceError
from audit.format import plural
from audit.sources.base import SAMPLE_BYTES, Given, Sniffed
from audit.sources.opening import Opened
from audit.sources.text import encoding as enc
from audit.sources.text.dialect import Dialect, Record, TextOptions
from audit.sources.text.sniffing import (
    find_dialect,
    has_comments,
    refuse_binary,
    sample_records,
    usual_width,
)
from audit.sources.text.table import find_header, find_preamble, leading_lines

if TYPE_CHECKING:
    from audit.model import Scalar


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """How a text file is read."""

    encoding: str
    dialect: Dialect
    header: bool
    skip_lines: int
    body_line: int
    """Line at which the first record after the header begins, from 1."""
    skipped: int
    """Lines before the table that are none of its records, blank ones included."""
    names: tuple[str, ...]
    all_text: bool
    missing: tuple[str, ...]
    """Texts that the user says stand for no value."""
    reasons: dict[str, str]
    notes: tuple[str, ...]

    @property
    def width(self) -> int:
        """Fields of a record."""
        return len(self.names)

    @property
    def sniffed(self) -> Sniffed:
        """The same in the words of the facade."""
        options: dict[str, Scalar] = {
            "delimiter": self.dialect.delimiter,
            "quote": self.dialect.quote,
            "escape": self.dialect.escape,
            "header": self.header,
            "encoding": self.encoding,
            "skip_lines": self.skip_lines,
            "comment": self.dialect.comment,
            "skip_initial_space": self.dialect.skip_initial_space,
            "all_text": self.all_text,
            "missing": " ".join(self.missing),
        }
        return Sniffed(options=options, reasons=self.reasons, notes=self.notes)


def find_layout(given: Given, options: TextOptions, *, encoding: str | None = None) -> Layout:
    """Look at the beginning of the file and decide what was not given.

    ``encoding`` is one found out by reading the whole file, when the first one was wrong.
    """
    sample = _sample(given)
    name, reason = _encoding(given, options, sample, encoding)
    text = _decoded(given, name, sample)
    refuse_binary(text, given.name)
    fixed = frozenset(k for k, v in options.model_dump().items() if v is not None)
    wanted = {f: getattr(options, f) for f in Dialect.__slots__ if f in fixed}
    lead = options.skip_lines or 0
    if options.skip_lines is None and not (options.comment is None and has_comments(text)):
        lead, said = leading_lines(text)
        if said is not None and options.delimiter is None:
            wanted["delimiter"], fixed = said, fixed | {"delimiter"}
    after = _after_lines(text, lead)
    dialect, reasons = find_dialect(after, Dialect(**wanted), fixed, given.name)
    records = sample_records(after, dialect)
    if not any(r.fields for r in records):
        message = f"{given.name} holds no records."
        raise SourceError(message, hint="Check that it is the file you meant.")
    return _arranged(given, options, records, dialect, reasons | {"encoding": reason}, name, lead)


def _arranged(
    given: Given,
    options: TextOptions,
    records: Sequence[Record],
    dialect: Dialect,
    reasons: dict[str, str],
    encoding: str,
    lead: int,
) -> Layout:
    offset = dropped = lead
    if options.skip_lines is None:
        more, reasons["skip_lines"] = find_preamble(records, usual_width(records))
        records = [r for r in records if r.line > more]
        dropped += more
    filled = [r for r in records if r.fields]
    header, why = find_header(filled, given.name)
    if options.header is None:
        reasons["header"] = why
    else:
        header = options.header
    body = filled[1:] if header else filled
    names, notes = _names(filled[0].fields if header else None, body)
    start = _body_line(filled, header=header) + offset
    header_line = filled[0].line + offset
    if dropped:
        lines = "Line 1 stands" if dropped == 1 else f"Lines 1 to {dropped} stand"
        notes.append(f"{lines} before the table and {plural(dropped, 'was')} skipped.")
    return Layout(
        encoding=encoding,
        dialect=dialect,
        header=header,
        skip_lines=dropped,
        body_line=start,
        skipped=header_line - 1,
        names=tuple(names),
        all_text=bool(options.all_text),
        missing=tuple(dict.fromkeys((options.missing or "").split())),
        reasons={k: v for k, v in reasons.items() if getattr(options, k, None) is None},
        notes=tuple(notes),
    )


def _body_line(filled: Sequence[Record], *, header: bool) -> int:
    first = filled[0]
    if not header:
        return first.line
    text = first.raw.replace("\r\n", "\n").replace("\r", "\n")
    return first.line + max(text.count("\n"), 1)


def _names(header: list[str] | None, body: Sequence[Record]) -> tuple[list[str], list[str]]:
    width = usual_width(body)
    if header is None:
        return [f"column_{i}" for i in range(1, width + 1)], []
    names = [h.strip() for h in header]
    if width == len(names) + 1 and all(len(r.fields) == width for r in body[:20]):
        if all(not r.fields[-1] for r in body):
            return [*names, f"column_{width}"], ["Each record ends with a delimiter."]
        return ["row_name", *names], ["The first column had no name: it is called 'row_name'."]
    return names, []


def _sample(given: Given) -> bytes:
    parts, have = [], 0
    with Opened(given.path, given.limits) as opened:
        while have < SAMPLE_BYTES and (block := opened.block()):
            parts.append(block)
            have += len(block)
    return b"".join(parts)


def _encoding(
    given: Given, options: TextOptions, sample: bytes, proven: str | None
) -> tuple[str, str]:
    if options.encoding is not None:
        return enc.known(options.encoding), "You chose it."
    if proven is not None:
        return proven, "The whole file is valid in it, and it is the likeliest for these bytes."
    certain = enc.by_sample(sample)
    return certain or (whole_file_encoding(given), "It is the likeliest for these bytes.")


def whole_file_encoding(given: Given) -> str:
    """Find the likeliest encoding in which every byte of the file is text."""
    with Opened(given.path, given.limits) as opened:
        evidence = enc.evidence_of(opened)
    for name in enc.by_evidence(evidence):
        try:
            with Opened(given.path, given.limits) as opened:
                for _ in enc.Utf8(opened, name).blocks():
                    pass
        except enc.Undecodable:
            continue
        return name
    return "latin-1"


def _decoded(given: Given, name: str, sample: bytes) -> str:
    """Decode the sample up to its last whole line."""
    with Opened(given.path, given.limits) as opened:
        stream = enc.Utf8(opened, name)
        try:
            blocks = list(islice(stream.blocks(), max(1, SAMPLE_BYTES >> 20)))
            whole = not stream.block()
        except enc.Undecodable as error:
            raise undecodable(name) from error
    text = b"".join(blocks).decode(errors="ignore")
    ends = len(sample) > 2 and sample.count(b"\n") > 2
    if ends and not any(c in text for c in "\r\n"):
        message = f"Read as {name}, the file has no line ends."
        raise SourceError(message, hint="Choose another encoding, or none to find it out.")
    if whole:
        return text
    cut = max(text.rfind("\n"), text.rfind("\r"))
    return text[: cut + 1] if cut > 0 else text


def undecodable(name: str) -> SourceError:
    """Build the error for bytes that are not text in the encoding the user chose."""
    message = f"The file is not {name} text."
    return SourceError(message, hint="Choose another encoding, or none to find it out.")


def _after_lines(text: str, count: int) -> str:
    for _ in range(count):
        cut = min((i for i in (text.find("\n"), text.find("\r")) if i >= 0), default=-1)
        if cut < 0:
            return ""
        text = text[cut + (2 if text[cut : cut + 2] == "\r\n" else 1) :]
    return text
