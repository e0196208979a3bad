"""How our own contenders are run."""

from benchmarks.model import OURS, Contender


def own(title: str, script: str, *arguments: str, id_: str = OURS, inner: bool = True) -> Contender:
    """Run one of our scripts; ``inner``: it times the work itself, on a Parquet file."""
    return Contender(
        id=id_,
        title=title,
        command=("{python}", f"{{contenders}}/{script}.py", "{data}", "{scratch}", *arguments),
        reads_inner=inner,
        forms=("parquet",) if inner else ("csv",),
    )
