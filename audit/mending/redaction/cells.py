"""Cells written anew: texts, JSON texts and nested values, with their structure kept."""

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from audit.mending.cell_texts import mapped
from audit.mending.json_leaves import Leaf, is_json, json_leaves, replaced
from audit.mending.redaction.known import InText, Piece
from audit.mending.redaction.searching import Search, Searched, refuse_unsearched
from audit.mending.redaction.writing import Write, rewritten
from audit.reports.pii.json_places import OTHERS
from audit.reports.pii.verdicts import called

if TYPE_CHECKING:
    import pyarrow as pa

Unscanned = Literal["replace", "keep", "error"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Texts:
    """Writes the texts of one place anew."""

    searched: Searched
    search: Search
    write: Write
    unscanned: Unscanned

    def written(self, texts: Sequence[str]) -> list[str | None]:
        """Give what each text becomes; None: nothing is left of it."""
        if self.searched.whole is not None:
            return [self._whole(text) for text in texts]
        return self.by_pieces(texts) if self.searched.known is not None else list(texts)

    def by_pieces(self, texts: Sequence[str]) -> list[str | None]:
        """Replace what was found within texts, and texts that were not searched to their end."""
        if self.searched.known is None:
            return list(texts)
        most = self.search.options.most_characters
        found = self.searched.known.find([text[: most + 1] for text in texts])
        return [self._one(t, f or self._found(t)) for t, f in zip(texts, found, strict=True)]

    def _whole(self, text: str) -> str | None:
        assert self.searched.whole is not None
        return self.write.whole(self.searched.whole, text) if text.strip() else text

    def _one(self, text: str, found: InText) -> str | None:
        if not found.complete:
            if self.unscanned == "error":
                refuse_unsearched(1)
            if self.unscanned == "replace":
                return self.write.unknown(text)
        return rewritten(text, found.pieces, self.write) if found.pieces else text

    def _found(self, text: str) -> InText:
        """Search a text now: readers of JSON do not agree on every one."""
        scanned, _ = self.search.looker.scan(
            [text], names=self.searched.names, called=called(self.searched.place)
        )
        pieces = tuple(
            Piece(h.start, h.end, h.entity) for h in scanned.hits[0] if self.search.wanted(h.entity)
        )
        return InText(pieces, not (scanned.timed_out or scanned.cut))


Places = Mapping[str, Texts]
"""By path, what writes the texts there."""


def of_texts(array: "pa.Array", places: Places) -> "pa.Array":
    """Write a column of single values; all of it becomes text."""
    return mapped(array, places[""].written)


def of_json(array: "pa.Array", places: Places) -> "pa.Array":
    """Write a column of JSON text; what is no JSON is written as text."""
    fields = {path[:n] for path in places for n in _ends(path)}
    return mapped(array, lambda texts: [_json(text, places, fields) for text in texts])


def of_nested(array: "pa.Array", places: Places) -> "pa.Array":
    """Write a column of lists, structs or maps; numbers that are replaced become missing."""
    import pyarrow as pa

    write = _walker(array.type, "", places)
    cells = array.to_pylist()
    return pa.array([write(cell) for cell in cells], array.type)


def _ends(path: str) -> Iterator[int]:
    """Yield where the path of each field ends that leads to another, its own among them."""
    yield from (m.start() for m in re.finditer(r"[.\[]", path))
    yield len(path)


def _json(text: str, places: Places, fields: Collection[str]) -> str | None:
    if not is_json(text):
        plain = places.get("")
        return plain.written([text])[0] if plain else text
    changes: list[tuple[Leaf, str | None]] = []
    keys: Counter[str] = Counter()
    for leaf in json_leaves(text):
        here = places.get(leaf.path, places.get(OTHERS))
        if here is None or (leaf.is_key and leaf.path in fields):
            continue
        if leaf.is_key:
            new: str | None = _key(leaf.text, here, keys)
        else:
            (new,) = here.written([leaf.text])
        if new != leaf.text:
            changes.append((leaf, new))
    return replaced(text, changes) if changes else text


def _key(text: str, here: Texts, seen: "Counter[str]") -> str:
    """Write a key; of those that would be alike the second gets a number."""
    (new,) = here.by_pieces([text])
    if new == text:
        return text
    name = new or ""
    seen[name] += 1
    return name if seen[name] == 1 else f"{name} {seen[name]}"


def _walker(type_: "pa.DataType", path: str, places: Places) -> Callable[[Any], Any]:
    """Give what writes a value of a type, with the paths of the report for those within it."""
    import pyarrow.types as t

    if t.is_list(type_) or t.is_large_list(type_) or t.is_fixed_size_list(type_):
        item = _walker(type_.value_type, f"{path}[]", places)
        return lambda v: None if v is None else [item(x) for x in v]
    if t.is_struct(type_):
        parts = {f.name: _walker(f.type, f"{path}.{f.name}", places) for f in type_}
        return lambda v: None if v is None else {n: part(v[n]) for n, part in parts.items()}
    if t.is_map(type_):
        return _map_walker(type_, path, places)
    here = places.get(path)
    if here is None:
        return lambda v: v
    if t.is_string(type_):
        return lambda v: None if v is None else here.written([v])[0]
    return lambda v: None if v is None or here.written([str(v)])[0] != str(v) else v


def _map_walker(type_: "pa.MapType", path: str, places: Places) -> Callable[[Any], Any]:
    import pyarrow.types as t

    value = _walker(type_.item_type, f"{path}{{}}", places)
    here = places.get(f"{path}{{key}}") if t.is_string(type_.key_type) else None

    def written(cell: Any) -> Any:
        if cell is None:
            return None
        seen: Counter[str] = Counter()
        return [(_map_key(k, here, seen), value(v)) for k, v in cell]

    return written


def _map_key(key: Any, here: Texts | None, seen: "Counter[str]") -> Any:
    if here is None:
        return key
    (new,) = here.written([key])
    if new == key:
        return key
    name = new or ""
    seen[name] += 1
    return name if seen[name] == 1 else f"{name} {seen[name]}"
