"""The commands of ``evenhand``."""

import os
import sys
from enum import StrEnum
from typing import Annotated, Any

import typer

from audit.cli.output import say, write_json
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
    keep_roles,
    read_changes,
    stated_roles,
)
from audit.cli.text import listing, plain, summary
from audit.errors import (
    AuditError,
    ParameterError,
    SourceError,
    Stopped,
    trace,
)
from audit.format import counted
from audit.model import Severity
from audit.store import Workspace

OK, FINDINGS, CANNOT_RUN, INTERRUPTED = 0, 1, 2, 130

app = typer.Typer(
    name="evenhand",
    help="Audit a dataset before anyone trains on it.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)


class FailOn(StrEnum):
    """From which severity on an audit fails."""

    NOTICE = "notice"
    WARNING = "warning"
    CRITICAL = "critical"
    NEVER = "never"


def main() -> None:
    """Run the command line; every expected error becomes a message and an exit code."""
    try:
        _refuse_no_text(sys.argv[1:])
        code = app(standalone_mode=False)
    except typer.Abort:
        code = INTERRUPTED
    except (Stopped, KeyboardInterrupt):
        print("Stopped.", file=sys.stderr)  # noqa: T201
        code = INTERRUPTED
    except AuditError as error:
        print(f"evenhand: {plain_lines(str(error))}", file=sys.stderr)  # noqa: T201
        code = CANNOT_RUN
    except BrokenPipeError:
        # The reader went away (head, less): not an error of ours.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        code = OK
    except Exception as error:  # noqa: BLE001 - this is where everything ends
        problem = _usage(error) if _is_usage_error(error) else _fault(error)
        print(f"evenhand: {plain_lines(problem)}", file=sys.stderr)  # noqa: T201
        code = CANNOT_RUN
    sys.exit(code or OK)


@app.command("app")
def app_command(
    workspace: WorkspaceOption = None,
    port: Annotated[int, typer.Option(help="Port on this machine.")] = 8501,
) -> None:
    """Open the dashboard in a browser; an empty workspace starts with a bundled sample."""
    from audit.runner import load_sample, samples

    if workspace is not None:
        os.environ["EVENHAND_WORKSPACE"] = str(workspace.expanduser().resolve())
    space = Workspace.open()
    newest = next(iter(space.versions()), None)
    shown = newest or load_sample(samples()[0], workspace=space)
    space.close()
    # A process of its own: Streamlit takes over signals, arguments and the event loop.
    os.execv(sys.executable, [sys.executable, "-m", "audit.ui.server", str(port), shown.id])  # noqa: S606


@app.command()
def audit(
    source: Annotated[str, typer.Argument(help="File, folder, glob or name of a dataset.")],
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
    report: Annotated[list[str] | None, typer.Option(help="Report to make (all).")] = None,
    set_: Set = None,
    policy: PolicyFile = None,
    fail_on: Annotated[FailOn, typer.Option(help="Exit with 1 from here on.")] = FailOn.CRITICAL,
    json_file: Annotated[str | None, typer.Option("--json", help="File, or - for stdout.")] = None,
    include_samples: Annotated[
        bool, typer.Option("--include-samples", help="Let values of cells stand in the JSON.")
    ] = False,
    kind: Kind = None,
    read: Read = None,
    name: Annotated[str | None, typer.Option(help="Name to keep it under.")] = None,
    workspace: WorkspaceOption = None,
) -> int:
    """Audit a dataset. It is kept in the workspace; ``evenhand delete`` removes it."""
    from audit.runner import Policy, run

    progress = Line()
    rules = Policy.read(policy) if policy else Policy()
    space = Workspace.open(workspace)
    try:
        version = find_or_load(space, source, progress, name=name, kind=kind, read=read)
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
        keep_roles(version, roles, stated)
        changes = read_changes(version, set_, reference, population, space)
        result = run(
            version, reports=report or None, policy=rules, changes=changes, progress=progress
        )
    finally:
        progress.done()
        space.close()
    if json_file is not None:
        from audit.runner import document

        write_json(json_file, document(result, include_samples=include_samples))
    if json_file != "-":
        say(*summary(result))
    if not version.manifest.rows:
        message = f"{plain(version.manifest.name)} has no rows: there is nothing to audit."
        raise SourceError(message, hint="Check the file, and how it is read (--read).")
    return FINDINGS if fails(result.open_findings, fail_on) else OK


@app.command("list")
def list_command(
    json_file: Annotated[str | None, typer.Option("--json", help="File, or - for stdout.")] = None,
    workspace: WorkspaceOption = None,
) -> None:
    """List the datasets of the workspace, the newest first."""
    from audit.store import codec

    space = Workspace.open(workspace)
    manifests = [v.manifest for v in space.versions()]
    space.close()
    if json_file is not None:
        write_json(json_file, [codec.plain(m) for m in manifests])
    elif not manifests:
        say(f"No datasets in {space.root}.", "Load one: evenhand audit FILE")
    if json_file != "-":
        say(*listing(manifests))


@app.command()
def show(
    name: Annotated[str, typer.Argument(help="Name or id of a dataset.")],
    json_file: Annotated[str | None, typer.Option("--json", help="File, or - for stdout.")] = None,
    workspace: WorkspaceOption = None,
) -> None:
    """Show a dataset: where it came from, its columns and their roles."""
    from audit.runner import roles as roles_of
    from audit.store import codec

    space = Workspace.open(workspace)
    version = space.find(name)
    known = roles_of(version)
    space.close()
    if json_file is not None:
        document = codec.plain(version.manifest) | {"roles": codec.plain(known)}
        write_json(json_file, document)
    if json_file == "-":
        return
    manifest = version.manifest
    say(*listing([manifest]))
    for column in manifest.columns:
        given = next((c for c in known.columns if c.column == column.name), None)
        words = f"{', '.join(given.roles)} ({given.reason})" if given and given.roles else ""
        say(f"  {plain(column.name)}  {column.type}  {words}".rstrip())


@app.command()
def delete(
    name: Annotated[str, typer.Argument(help="Name or id of a dataset.")],
    workspace: WorkspaceOption = None,
) -> None:
    """Delete a dataset and everything kept beside it from the disk."""
    space = Workspace.open(workspace)
    version = space.find(name)
    children = space.children(version)
    space.delete(version)
    known = version.manifest.name, *version.manifest.aliases
    alike = [v.id for v in space.versions() if {v.manifest.name, *v.manifest.aliases} & {*known}]
    space.close()
    say(f"Deleted {' alias '.join(map(plain, known))} ({version.id}).")
    if alike:
        say(
            f"Other data of that name {'stays' if len(alike) == 1 else 'stay'}: {', '.join(alike)}."
        )
    if children:
        made = counted(len(children), "version")
        say(f"{made} made from it {'stays' if len(children) == 1 else 'stay'}.")


def fails(findings: tuple[Any, ...], fail_on: FailOn) -> bool:
    """Whether any finding is at or above ``fail_on``."""
    if fail_on is FailOn.NEVER:
        return False
    return any(f.severity >= Severity[fail_on.name] for f in findings)


def plain_lines(text: str) -> str:
    """Make each line harmless on a terminal."""
    return "\n".join(plain(line) for line in text.split("\n"))


def _is_usage_error(error: Exception) -> bool:
    return hasattr(error, "format_message") and hasattr(error, "exit_code")


def _usage(error: Any) -> str:
    return str(error.format_message())


def _fault(error: Exception) -> str:
    """Say where the program failed; not with which message, which may quote a cell."""
    what = "This is a fault of the program; your data is unchanged. Please report it with:"
    return f"{what}\n{trace(error).rstrip()}"


def _refuse_no_text(arguments: list[str]) -> None:
    """Raise for bytes that are no UTF-8: no manifest could say them."""
    for argument in arguments:
        try:
            argument.encode()
        except UnicodeEncodeError as error:
            message = f"{argument!r} is not UTF-8."
            raise ParameterError(message, hint="If it is a file, rename it.") from error
