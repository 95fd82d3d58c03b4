"""`python -m services.ctl`: the operator's commands. What only one of them needs is imported by that one."""

import asyncio
import contextlib
import os
import sys
import traceback
from functools import partial
from pathlib import Path
from typing import Annotated, Literal

import typer

from services.ctl.errors import OperatorError
from services.ctl.policy_commands import app as policy_app
from services.ctl.running import be, settings_of
from services.ctl.up import until_told
from services.ctl.up import up as run_up

app = typer.Typer(no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False)
app.add_typer(policy_app, name="policy")
keys_app = typer.Typer(no_args_is_help=True, help="The keys of this system.")
app.add_typer(keys_app, name="keys")
access_app = typer.Typer(no_args_is_help=True, help="What two people do for accounts at the machine itself.")
app.add_typer(access_app, name="access")
Follower = Literal["officers", "notices"]
Var = Annotated[Path | None, typer.Option("--var", help="Folder of this system's data (QX_VAR; ./var).")]
Apart = Annotated[bool, typer.Option("--apart", help="One process per service (QX_PROCESSES=apart).")]


@app.command()
def up(var: Var = None, apart: Apart = False) -> None:
    """Start everything on this machine and keep it running until Ctrl-C."""
    settings = settings_of(var, apart)

    async def body() -> int:
        with contextlib.suppress(asyncio.CancelledError):  # told to stop, and stopped in order
            await run_up(settings, os.environ, lambda line: print(line, flush=True))
        return 0

    sys.exit(until_told(body))


@app.command()
def demo(
    var: Var = None,
    cases: Annotated[int, typer.Option(help="Nominees; the ten special stories need as many.", min=1)] = 24,
    keep: Annotated[
        bool,
        typer.Option("--keep", help="Then leave it running, with sign-ins to look around by, until Ctrl-C."),
    ] = False,
) -> None:
    """Carry a batch from a spreadsheet to a ballot on a system of its own; exit 0 when all went as it must."""
    from rich.console import Console

    from services.ctl.demo.keeping import kept
    from services.ctl.demo.run import demo as run_demo

    # Apart: with work for every core, one process for all would be held up by its own lock.
    settings = settings_of(var, apart=True)
    console = Console(soft_wrap=True)

    def say(line: str) -> None:
        console.print(line, markup=False, highlight=False)

    after = partial(kept, say=say) if keep else None
    sys.exit(until_told(lambda: run_demo(cases, settings, os.environ, console, after)))


@app.command("demo-term")
def demo_term(
    var: Var = None,
    policy: Annotated[str, typer.Option(help="2017.1-term or 2026.1-term.")] = "2017.1-term",
    per_district: Annotated[
        int, typer.Option(help="Nominees of a district; the last four: one less.", min=1)
    ] = 83,
    districts: Annotated[int, typer.Option(help="Only so many of its twelve districts.", min=1, max=12)] = 12,
) -> None:
    """Carry a term election of twelve districts from one spreadsheet to the inspection, and say what it cost."""
    from rich.console import Console

    from services.ctl.term.nominees import Size
    from services.ctl.term.run import demo_term as run_term

    settings = settings_of(var, apart=True)
    size = Size(per_district, districts)
    console = Console(soft_wrap=True)
    sys.exit(until_told(lambda: run_term(policy, size, settings, os.environ, console)))


@app.command()
def verify(var: Var = None) -> None:
    """Walk the whole record; exit 1 and name the first broken entry when it does not hold."""
    be("registry", "services.registry.fsck", var=var)


@app.command("resume-from-record")
def resume_from_record(var: Var = None) -> None:
    """Begin a workflow for every open case that has none, after Temporal's data was lost; the system must be up."""
    be("worker", "services.worker", "resume", var=var, up=True)


@app.command()
def rebuild(service: Follower, var: Var = None) -> None:
    """Forget what one service made of the record; its next start reads all of it again. The system must be down."""
    be(service, f"services.{service}", "rebuild", var=var, up=False)


@keys_app.command("rotate")
def rotate_keys(var: Var = None) -> None:
    """Wrap the keys of people under a new key, while the system runs or not. Cut short, run it again."""
    be("officers", "services.officers", "rotate-people-keys", var=var)


@app.command()
def figures(var: Var = None) -> None:
    """Print what the office must report, as JSON: nominees, vetoes by item and district, removals, what is late."""
    be("officers", "services.officers", "figures", var=var)


@access_app.command("restore")
def restore_access(
    logins: Annotated[list[str], typer.Argument(help="Accounts of administrators who are lost.")],
    var: Var = None,
) -> None:
    """Give lost administrators new codes: two people show what each keeps, and each is shown half. It is recorded."""
    be("officers", "services.officers", "restore", *logins, var=var)


@app.command("sample-roster")
def sample_roster(
    file: Path, cases: Annotated[int, typer.Option(help="Nominees in the sheet.", min=1, max=500)] = 4
) -> None:
    """Write a roster of invented people as an .xlsx file, with the columns that the import expects."""
    from services.ctl.demo.roster import nominations, workbook

    try:
        file.write_bytes(workbook(nominations(cases)))
    except OSError as reason:
        raise OperatorError(f"{file} cannot be written: {reason.strerror}") from reason
    typer.echo(f"{file}: {cases} invented nominees")


@app.command()
def doctor(var: Var = None) -> None:
    """Say what would keep the system from working: programs, ports, secrets, the broker's durability."""
    from services.ctl.doctor import examine

    sys.exit(until_told(lambda: examine(settings_of(var), lambda line: print(line, flush=True))))


def main() -> None:
    """Run the command that was asked for. What stops it is told in a sentence, and the exit code is 1."""
    try:
        app()
    except OperatorError as reason:
        typer.echo(str(reason), err=True)
    except OSError as reason:
        where = f" ({reason.filename})" if reason.filename else ""
        typer.echo(
            f"the machine does not allow it: {reason.strerror or type(reason).__name__}{where}", err=True
        )
    except Exception as fault:
        last = traceback.extract_tb(fault.__traceback__)[-1]
        place = f"{Path(last.filename).name}:{last.lineno}"
        typer.echo(f"a fault of the program itself: {type(fault).__name__} at {place}", err=True)
    sys.exit(1)


if __name__ == "__main__":
    main()
