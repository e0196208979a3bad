"""``evenhand compare``: two files or datasets, held against each other."""

from typing import Annotated

import typer

from audit.cli.commands import FINDINGS, OK, app
from audit.cli.compare_text import report
from audit.cli.output import say, write_json, write_text
from audit.cli.progress import Line
from audit.cli.sources import Kind, Read, WorkspaceOption, find_or_load
from audit.cli.stating import (
    Identifier,
    Label,
    PolicyFile,
    Population,
    Positive,
    Prediction,
    QuasiIdentifier,
    Reference,
    Roles,
    Score,
    Sensitive,
    Set,
    Text,
    Weight,
    keep_roles_of_both,
    read_changes,
    stated_roles,
)
from audit.store import Workspace


@app.command("compare")
def compare_command(
    before: Annotated[str, typer.Argument(help="File or dataset as it was.")],
    after: Annotated[str, typer.Argument(help="File or dataset as it is now.")],
    label: Label = None,
    positive: Positive = None,
    sensitive: Sensitive = None,
    quasi_identifier: QuasiIdentifier = None,
    identifier: Identifier = None,
    text: Text = None,
    prediction: Prediction = None,
    score: Score = None,
    weight: Weight = None,
    reference: Reference = None,
    population: Population = None,
    roles: Roles = None,
    set_: Set = None,
    policy: PolicyFile = None,
    utility: Annotated[
        bool, typer.Option(help="Train a model on each, and test both on the same rows.")
    ] = True,
    fail_on_worse: Annotated[
        bool, typer.Option("--fail-on-worse", help="Exit with 1 if a measure got worse.")
    ] = False,
    json_file: Annotated[str | None, typer.Option("--json", help="File, or - for stdout.")] = None,
    html_file: Annotated[str | None, typer.Option("--html", help="File, or - for stdout.")] = None,
    include_samples: Annotated[
        bool, typer.Option("--include-samples", help="Let rare values stand in the files.")
    ] = False,
    kind: Kind = None,
    read: Read = None,
    workspace: WorkspaceOption = None,
) -> int:
    """Compare two datasets: what got better, what got worse, and who was filtered out."""
    from audit.runner import Policy, compare

    progress = Line()
    rules = Policy.read(policy) if policy else Policy()
    stated = stated_roles(
        label=label,
        positive=positive,
        sensitive=sensitive,
        quasi_identifier=quasi_identifier,
        identifier=identifier,
        text=text,
        prediction=prediction,
        score=score,
        weight=weight,
    )
    space = Workspace.open(workspace)
    try:
        old, new = (find_or_load(space, s, progress, kind=kind, read=read) for s in (before, after))
        keep_roles_of_both(old, new, roles, stated)
        changes = read_changes(old, set_, reference, population, space)
        found = compare(
            old,
            new,
            workspace=space,
            policy=rules,
            changes=changes,
            utility=utility,
            progress=progress,
        )
    finally:
        progress.done()
        space.close()
    if json_file is not None:
        from audit.runner import comparison_document

        write_json(json_file, comparison_document(found, include_samples=include_samples))
    if html_file is not None:
        from audit.export.comparison_html import render

        write_text(html_file, render(found, include_samples=include_samples))
    if "-" not in (json_file, html_file):
        say(*report(found))
    return FINDINGS if fail_on_worse and found.count("worse") else OK
