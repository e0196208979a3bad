"""What of the options makes a search find less than usual: said beside what it found."""

from collections.abc import Iterator

from audit.format import counted, plural
from audit.pii.catalogue import entity, wanted
from audit.pii.options import ScanOptions

_MOST_LISTED = 6


def narrowing(options: ScanOptions) -> Iterator[str]:
    """Say, a sentence for each, what the options leave out: that is not to say it is not there."""
    usual = wanted(None, options.countries)
    left_out = sorted({*usual} - {*wanted(options.entities, options.countries)}, key=usual.index)
    if left_out:
        titles = [entity(id_).title for id_ in left_out[:_MOST_LISTED]]
        rest = len(left_out) - len(titles)
        more = f" and {rest} more" if rest else ""
        yield (
            f"{counted(len(left_out), 'kind')} of personal data that "
            f"{plural(len(left_out), 'is')} usually looked for "
            f"{plural(len(left_out), 'was')} not: {', '.join(titles)}{more}."
        )
    if options.allow:
        yield (
            f"What is on the allow-list ({counted(len(options.allow), 'value')}) was not counted, "
            "wherever it stands."
        )
    least = ScanOptions.model_fields["threshold"].default
    higher = {options.threshold, *options.thresholds.values()}
    if max(higher) > least:
        yield f"Hits were left out for a score that counts usually: from {least:g} on they do."
