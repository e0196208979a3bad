"""Preview and load, as they run in the child."""

from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from pydantic import ValidationError

from audit.errors import ParameterError, SourceError
from audit.model import LoadReport, Progress, Scalar, silent
from audit.registry import Settings, SourceSpec
from audit.sources.base import Given, Limits, Source, Tally, Watch
from audit.sources.detection import detect_kind, shards, spec_of
from audit.sources.messages import Loaded, Preview
from audit.sources.peek import ROWS, Enough, PreviewSink
from audit.sources.writing import ParquetSink

DATA, REJECTED = "data.parquet", "rejected.parquet"


def preview_here(
    path: Path,
    scratch: Path,
    *,
    kind: str | None,
    options: Mapping[str, Scalar],
    limits: Limits,
) -> Preview:
    """Look at the beginning of a source, in this process."""
    spec, source = _opened(path, scratch, kind, options, limits)
    sniffed = source.sniff()
    sink, tally = PreviewSink(), Tally(found=0)
    with suppress(Enough):
        tally = source.load(sink, most=ROWS)
    notes = dict.fromkeys((*sniffed.notes, *tally.notes, *sink.notes))
    if sink.rejected:
        does = "does" if sink.rejected == 1 else "do"
        notes[f"{sink.rejected:,} of the first records {does} not fit and would be rejected."] = (
            None
        )
    return Preview(
        kind=spec.id,
        title=spec.title,
        options=dict(sniffed.options),
        reasons=dict(sniffed.reasons),
        choices=sniffed.choices,
        columns=sink.columns,
        rows=tuple(sink.rows),
        size_bytes=_size(path),
        notes=tuple(notes),
    )


def load_here(
    path: Path,
    draft: Path,
    scratch: Path,
    *,
    kind: str | None,
    options: Mapping[str, Scalar],
    limits: Limits,
    progress: Progress = silent,
) -> Loaded:
    """Read a source into ``draft``, in this process; all of it is accounted for or nothing stays."""
    spec, source = _opened(path, scratch, kind, options, limits)
    sink = ParquetSink(draft / DATA, draft / REJECTED, Watch(progress))
    try:
        sniffed = source.sniff()
        tally = source.load(sink)
        notes = (*tally.notes, *sink.finish())
        report = accounted(tally, loaded=sink.loaded, rejected=sink.rejected, notes=notes)
    except BaseException:
        sink.abandon()
        (draft / DATA).unlink(missing_ok=True)
        (draft / REJECTED).unlink(missing_ok=True)
        raise
    used = tuple(
        (k, _shown(v)) for k, v in source.sniff().options.items() or sniffed.options.items()
    )
    return Loaded(report=report, kind=spec.id, options=used)


def accounted(tally: Tally, *, loaded: int, rejected: int, notes: tuple[str, ...]) -> LoadReport:
    """Make the load report, or an error that says how the numbers do not add up."""
    report = LoadReport(
        found=tally.found,
        loaded=loaded,
        rejected=rejected,
        skipped=tally.skipped,
        notes=tuple(dict.fromkeys(notes)),
    )
    if not report.adds_up:
        message = (
            f"{report.found:,} records were found, but {loaded:,} were read, {rejected:,} "
            f"rejected and {report.skipped:,} skipped. Nothing was loaded."
        )
        hint = "Set the delimiter, the quote or the encoding yourself and look at the preview."
        raise SourceError(message, hint=hint)
    if rejected and not loaded:
        message = f"None of the {rejected:,} records has as many fields as there are columns."
        raise SourceError(message, hint="Set the delimiter or the quote and look at the preview.")
    return report


def settings_of(spec: SourceSpec, options: Mapping[str, Scalar]) -> Settings:
    """Make the options of a kind; a ParameterError names what does not fit."""
    known = list(spec.options.model_fields)
    for name in options:
        if name not in known and spec.options.model_config.get("extra") == "forbid":
            noun = f"option of {spec.title.lower()}"
            raise ParameterError.unknown(noun, name, known)
    try:
        return spec.options.model_validate(dict(options))
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        where = ".".join(map(str, first["loc"]))
        reason = str(first["msg"]).removeprefix("Value error, ")
        message = f"The option {where!r} does not fit: {reason}"
        raise ParameterError(message, hint="Leave it empty to have it found out.") from error


def _opened(
    path: Path,
    scratch: Path,
    kind: str | None,
    options: Mapping[str, Scalar],
    limits: Limits,
) -> tuple[SourceSpec, Source]:
    found = detect_kind(path, limits) if kind is None else kind
    spec = spec_of(found)
    given = Given(
        path=path,
        name=path.name,
        options=settings_of(spec, options),
        limits=limits,
        scratch=scratch,
    )
    source: Source = spec.function(given)
    return spec, source


def _size(path: Path) -> int:
    return path.stat().st_size if path.is_file() else sum(p.stat().st_size for p in shards(path))


def _shown(value: Scalar) -> str:
    return ("true" if value else "false") if isinstance(value, bool) else str(value)
