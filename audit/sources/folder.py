"""A folder or a pattern: shards of one table, one after the other."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from pydantic import ConfigDict

from audit.errors import SourceError
from audit.format import counted
from audit.model import Reject, Scalar
from audit.registry import Settings, SourceSpec, source
from audit.sources.base import Given, Sink, Sniffed, Source, Tally, Watch
from audit.sources.csv import DelimitedText
from audit.sources.detection import FOLDER, detect_kind, shards, spec_of
from audit.sources.facts import Fact, type_of
from audit.sources.nested.shaping import join
from audit.sources.tabular import BATCH_ROWS
from audit.sources.writing import ParquetSink

if TYPE_CHECKING:
    import pyarrow as pa


class FolderOptions(Settings):
    """Options of the kind of file the shards are; they hold for every shard."""

    model_config = ConfigDict(frozen=True, extra="allow")


@source(FOLDER, title="Folder of files", suffixes=(), options=FolderOptions)
class Folder:
    """All files of a folder, or of a pattern such as data/*.csv, as one table.

    The files are of one kind and are read in the order of their names; hidden files and
    those called README or LICENSE are left out. Columns are united by name: where a file
    lacks one, its values are missing. The counts of the files are added up.
    """

    def __init__(self, given: Given) -> None:
        self._given = given
        self._files = shards(given.path)
        self._spec = _one_kind(self._files, given)
        self._first = self._source(0)

    @staticmethod
    def recognises(_head: bytes) -> bool:
        """Say no: a folder has no bytes."""
        return False

    def sniff(self) -> Sniffed:
        """As the first file."""
        first = self._first.sniff()
        note = f"{counted(len(self._files), f'{self._spec.id} file')}, {self._files[0].name} first."
        return replace(first, notes=(note, *first.notes))

    def load(self, sink: Sink, *, most: int | None = None) -> Tally:
        """Read each file into a table of its own, then write them as one."""
        if most is not None:
            return self._first.load(sink, most=most)
        parts = [self._part(i, sink) for i in range(len(self._files))]
        schema, notes = _united(parts)
        for part in parts:
            part.read_again_where_wider(schema, sink)
        sink.start(schema)
        for part in parts:
            for batch in part.batches(schema):
                sink.write(batch)
            for reject in part.rejects:
                sink.reject(reject)
        return Tally(
            found=sum(p.tally.found for p in parts),
            skipped=sum(p.tally.skipped for p in parts),
            notes=(
                f"{len(parts)} files were put together.",
                *notes,
                *(f"{p.name}: {note}" for p in parts for note in p.notes),
            ),
        )

    def _part(self, number: int, sink: Sink) -> "_Part":
        shard = self._first if number == 0 else self._source(number)
        if isinstance(shard, DelimitedText) and isinstance(self._first, DelimitedText) and number:
            shard.be_like(self._first)
        target = self._given.scratch / f"shard-{number}.parquet"
        part = _Part(self._files[number].name, shard, target)
        part.read(sink, number / len(self._files), 1 / len(self._files))
        return part

    def _source(self, number: int) -> Source:
        from audit.sources.work import settings_of

        path = self._files[number]
        scratch = self._given.scratch / f"shard-{number}"
        scratch.mkdir(exist_ok=True)
        given = replace(
            self._given,
            path=path,
            name=path.name,
            scratch=scratch,
            options=settings_of(self._spec, _extra(self._given.options)),
        )
        made: Source = self._spec.function(given)
        return made


class _Part:
    """One file, read into a Parquet file of its own."""

    def __init__(self, name: str, shard: Source, target: Path) -> None:
        self.name = name
        self.source = shard
        self.rejects: list[Reject] = []
        self.notes: tuple[str, ...] = ()
        self.tally = Tally(found=0)
        self._target = target

    def read(self, sink: Sink, before: float, share: float) -> None:
        """Read the file; progress is that of all files together."""
        own = _PartSink(self._target, self, Watch())
        own.watch = lambda part, /: sink.progress(before + share * part * 0.9)
        self.rejects = []
        try:
            self.tally = self.source.load(own)
            own.rejected = 0
            self.notes = (*self.tally.notes, *own.finish())
        finally:
            own.abandon()

    @property
    def schema(self) -> "pa.Schema":
        """Columns as this file has them."""
        import pyarrow.parquet as pq

        return pq.read_schema(self._target)

    @property
    def facts(self) -> Mapping[str, Fact] | None:
        """What is known of the texts of each column; None where types are not guessed."""
        if not isinstance(self.source, DelimitedText) or self.source.facts is None:
            return None
        return dict(zip(self.schema.names, self.source.facts, strict=True))

    def read_again_where_wider(self, schema: "pa.Schema", sink: Sink) -> None:
        """Read once more if a column is text elsewhere: its values must stay as written."""
        import pyarrow as pa

        facts = self.facts
        if facts is None:
            return
        text = [
            n
            for n, f in facts.items()
            if schema.field(n).type == pa.string() and Fact.TEXT not in f
        ]
        if any(facts[n] for n in text) and isinstance(self.source, DelimitedText):
            self.source.facts = [Fact.TEXT if n in text else f for n, f in facts.items()]
            self.read(sink, 0.9, 0.0)

    def batches(self, schema: "pa.Schema") -> "Iterator[pa.RecordBatch]":
        """Yield the rows with the columns of all files; what is not here is missing."""
        import pyarrow as pa
        import pyarrow.parquet as pq

        with pq.ParquetFile(self._target) as opened:
            for batch in opened.iter_batches(batch_size=BATCH_ROWS):
                arrays = []
                for field in schema:
                    i = batch.schema.get_field_index(field.name)
                    if i < 0:
                        arrays.append(pa.nulls(batch.num_rows, field.type))
                    else:
                        arrays.append(_cast(batch.column(i), field, self.name))
                yield pa.RecordBatch.from_arrays(arrays, schema=schema)
        self._target.unlink()


class _PartSink(ParquetSink):
    """Keeps rejects with the part and passes progress on."""

    def __init__(self, target: Path, part: _Part, watch: Watch) -> None:
        super().__init__(target, target.with_suffix(".rejected"), watch)
        self._part = part
        self.watch: Callable[[float], None] = watch

    def start(self, schema: "pa.Schema") -> None:
        """Begin (again)."""
        self._part.rejects = []
        super().start(schema)

    def reject(self, reject: Reject) -> None:
        """Say in which file."""
        reason = f"{self._part.name}: {reject.reason}"
        self._part.rejects.append(replace(reject, reason=reason))

    def progress(self, share: float) -> None:
        """As a share of all files."""
        self.watch(share)


def _one_kind(files: tuple[Path, ...], given: Given) -> SourceSpec:
    kinds = [detect_kind(path, given.limits) for path in files]
    counts = Counter(kinds)
    if len(counts) > 1:
        listed = ", ".join(f"{n} {kind}" for kind, n in sorted(counts.items()))
        message = f"The files are of several kinds: {listed}."
        suffix = files[kinds.index(counts.most_common(1)[0][0])].suffix or ".csv"
        raise SourceError(message, hint=f"Give a pattern for one kind: {given.name}/*{suffix}")
    return spec_of(kinds[0])


def _united(parts: list[_Part]) -> tuple["pa.Schema", list[str]]:
    """All columns in the order of their first appearance, with types that hold every file's."""
    import pyarrow as pa

    types: dict[str, pa.DataType] = {}
    facts: dict[str, Fact] = {}
    changed: dict[str, None] = {}
    for part in parts:
        known = part.facts
        for field in part.schema:
            name, before = field.name, types.get(field.name)
            if known is not None:
                facts[name] = facts.get(name, Fact(0)) | known[name]
                types[name] = type_of(facts[name])
            else:
                types[name] = field.type if before is None else _joined(before, field.type)
            if before is not None and types[name] != before and not pa.types.is_null(before):
                changed[name] = None
    notes = [
        f"Column {n!r} has another type in some files; it is kept as {types[n]}." for n in changed
    ]
    for part in parts:
        lacking = [n for n in types if n not in part.schema.names]
        if lacking:
            notes.append(f"{part.name} lacks {', '.join(map(repr, lacking[:8]))}.")
    return pa.schema(list(types.items())), notes


def _joined(one: "pa.DataType", other: "pa.DataType") -> "pa.DataType":
    import pyarrow as pa

    if one == other:
        return one
    try:
        schemas = [pa.schema([("c", one)]), pa.schema([("c", other)])]
        return pa.unify_schemas(schemas, promote_options="permissive").field("c").type
    except (pa.ArrowTypeError, pa.ArrowInvalid):
        return join(one, other)


def _cast(array: "pa.Array", field: "pa.Field", name: str) -> "pa.Array":
    import pyarrow as pa

    if array.type == field.type:
        return array
    if array.null_count == len(array):
        return pa.nulls(len(array), field.type)
    try:
        return array.cast(field.type)
    except (pa.ArrowInvalid, pa.ArrowNotImplementedError) as error:
        message = f"Column {field.name!r} of {name} does not fit that of the other files."
        raise SourceError(
            message, hint="Load the files apart, or write them with equal types."
        ) from error


def _extra(options: Settings) -> dict[str, Scalar]:
    return {**options.model_dump()}
