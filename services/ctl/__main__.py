"""`python -m services.ctl`: the operator's commands. What only one of them needs is imported by that one."""

import asyncio
import contextlib
import os
import subprocess
import sys
from pathlib import Path
from typing import Annotated, Any, Literal, NoReturn

import typer
from pydantic import ValidationError

from services.ctl.environment import Environment
from services.ctl.layout import ROOT, Layout
from services.ctl.policy_commands import app as policy_app
from services.ctl.settings import Settings
from services.ctl.up import until_told
from services.ctl.up import up as run_up

app = typer.Typer(no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False)
app.add_typer(policy_app, name="policy")
Follower = Literal["officers", "notices"]
Var = Annotated[Path | None, typer.Option("--var", help="Folder of this system's data (QX_VAR; ./var).")]
Apart = Annotated[bool, typer.Option("--apart", help="One process per service (QX_PROCESSES=apart).")]


def _settings(var: Path | None, apart: bool = False) -> Settings:
    chosen: dict[str, Any] = {} if var is None else {"var": var}
    if apart:
        chosen["processes"] = "apart"
    try:
        return Settings(**chosen)
    except ValidationError as reason:
        for one in reason.errors():
            name = "QX_" + "_".join(str(part) for part in one["loc"]).upper() + ": " if one["loc"] else ""
            typer.echo(name + one["msg"].removeprefix("Value error, "), err=True)
        raise typer.Exit(2) from None


def _be(service: str, module: str, *arguments: str, var: Path | None) -> NoReturn:
    """Run a module of a service under its settings, and end as it ends."""
    settings = _settings(var)
    environment = Environment(Layout(settings.var.resolve()), settings, os.environ).service(service)
    command = [sys.executable, "-m", module, *arguments]
    done = subprocess.run(command, env=environment, cwd=ROOT, check=False)  # noqa: S603
    sys.exit(done.returncode)


@app.command()
def up(var: Var = None, apart: Apart = False) -> None:
    """Start everything on this machine and keep it running until Ctrl-C."""
    settings = _settings(var, apart)

    async def body() -> int:
        with contextlib.suppress(asyncio.CancelledError):  # told to stop, and stopped in order
            await run_up(settings, os.environ, lambda line: print(line, flush=True))
        return 0

    sys.exit(until_told(body))


@app.command()
def demo(
    var: Var = None,
    cases: Annotated[int, typer.Option(help="Nominees; the ten special stories need as many.", min=1)] = 24,
) -> None:
    """Carry a batch from a spreadsheet to a ballot on a system of its own; exit 0 when all went as it must."""
    from rich.console import Console

    from services.ctl.demo.run import demo as run_demo

    # Apart: with work for every core, one process for all four would be held up by its own lock.
    settings = _settings(var, apart=True)
    console = Console(soft_wrap=True)
    sys.exit(until_told(lambda: run_demo(cases, settings, os.environ, console)))


@app.command("demo-term")
def demo_term(
    var: Var = None,
    policy: Annotated[str, typer.Option(help="2017.1-term or 2026.1-term.")] = "2017.1-term",
    per_district: Annotated[
        int, typer.Option(help="Nominees of a district; the last four: one less.", min=1)
    ] = 83,
) -> None:
    """Carry a term election of twelve districts from one spreadsheet to the inspection, and say what it cost."""
    from rich.console import Console

    from services.ctl.term.run import demo_term as run_term

    settings = _settings(var, apart=True)
    console = Console(soft_wrap=True)
    sys.exit(until_told(lambda: run_term(policy, per_district, settings, os.environ, console)))


@app.command()
def verify(var: Var = None) -> None:
    """Walk the whole record; exit 1 and name the first broken entry when it does not hold."""
    _be("registry", "services.registry.fsck", var=var)


@app.command("resume-from-record")
def resume_from_record(var: Var = None) -> None:
    """Begin a workflow for every open case that has none, after Temporal's data was lost; the system must be up."""
    _be("worker", "services.worker", "resume", var=var)


@app.command()
def rebuild(service: Follower, var: Var = None) -> None:
    """Forget what one service made of the record; its next start reads all of it again. The system must be down."""
    _be(service, f"services.{service}", "rebuild", var=var)


@app.command("sample-roster")
def sample_roster(
    file: Path, cases: Annotated[int, typer.Option(help="Nominees in the sheet.", min=1, max=500)] = 4
) -> None:
    """Write a roster of invented people as an .xlsx file, with the columns that the import expects."""
    from services.ctl.demo.roster import nominations, workbook

    file.write_bytes(workbook(nominations(cases)))
    typer.echo(f"{file}: {cases} invented nominees")


@app.command()
def doctor(var: Var = None) -> None:
    """Say what would keep the system from working: programs, ports, secrets, the broker's durability."""
    from services.ctl.doctor import examine

    sys.exit(until_told(lambda: examine(_settings(var), lambda line: print(line, flush=True))))


if __name__ == "__main__":
    app()
