"""What a scan keeps on its way: where in which values hits are, never a value."""

from dataclasses import dataclass

import numpy as np

from audit.pii.values import Hit, Scanned


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptChunk:
    """The hits in one chunk of a place's values, told by the position of a value in the chunk.

    The values themselves are read anew when the scan goes on: their order never changes.
    """

    values: int
    """Values of the chunk; kept to tell that it is the same one."""
    names: bool
    """Whether names were looked for."""
    entities: tuple[str, ...] = ()
    recognizers: tuple[str, ...] = ()
    value: tuple[int, ...] = ()
    """By hit: position of its value."""
    entity: tuple[int, ...] = ()
    """By hit: position among ``entities``."""
    recognizer: tuple[int, ...] = ()
    start: tuple[int, ...] = ()
    end: tuple[int, ...] = ()
    score: tuple[float, ...] = ()
    validated: tuple[bool, ...] = ()
    timed_out: tuple[int, ...] = ()
    cut: tuple[int, ...] = ()

    def hits(self) -> tuple[tuple[Hit, ...], ...]:
        """Give the hits by value."""
        found: list[list[Hit]] = [[] for _ in range(self.values)]
        each = zip(
            *(self.value, self.entity, self.recognizer, self.start, self.end),
            *(self.score, self.validated),
            strict=True,
        )
        for value, entity, recognizer, start, end, score, validated in each:
            hit = Hit(
                entity=self.entities[entity],
                start=start,
                end=end,
                score=score,
                recognizer=self.recognizers[recognizer],
                validated=validated,
            )
            found[value].append(hit)
        return tuple(tuple(hits) for hits in found)

    @property
    def unknown(self) -> "np.ndarray[tuple[int], np.dtype[np.bool_]]":
        """Whether each value was not looked at to its end."""
        flags = np.zeros(self.values, bool)
        flags[[*self.timed_out, *self.cut]] = True
        return flags


def kept_chunk(scanned: Scanned, *, names: bool) -> KeptChunk:
    """Take hits apart into what can be kept."""
    flat = [(i, hit) for i, hits in enumerate(scanned.hits) for hit in hits]
    entities = sorted({hit.entity for _, hit in flat})
    recognizers = sorted({hit.recognizer for _, hit in flat})
    entity_at = {name: i for i, name in enumerate(entities)}
    recognizer_at = {name: i for i, name in enumerate(recognizers)}
    return KeptChunk(
        values=len(scanned.hits),
        names=names,
        entities=tuple(entities),
        recognizers=tuple(recognizers),
        value=tuple(i for i, _ in flat),
        entity=tuple(entity_at[hit.entity] for _, hit in flat),
        recognizer=tuple(recognizer_at[hit.recognizer] for _, hit in flat),
        start=tuple(hit.start for _, hit in flat),
        end=tuple(hit.end for _, hit in flat),
        score=tuple(hit.score for _, hit in flat),
        validated=tuple(hit.validated for _, hit in flat),
        timed_out=scanned.timed_out,
        cut=scanned.cut,
    )
