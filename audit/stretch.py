"""Progress of a part of the work, told as progress of the whole."""

from audit.model import Progress


def stretch(progress: Progress, begin: float, end: float, note: str = "") -> Progress:
    """Give what a part of the work tells its progress: 0 to 1 become ``begin`` to ``end``.

    Parameters
    ----------
    progress : Progress
        Of the whole.
    begin, end : float
        Where the part begins and ends in it, in [0, 1].
    note : str, optional
        Stage that is told instead of what the part calls its stages.
    """

    def within(share: float, stage: str = "", /) -> None:
        progress(begin + (end - begin) * share, note or stage)

    return within
