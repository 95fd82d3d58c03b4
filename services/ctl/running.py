"""How the operator's commands come to their settings, and hand one over to a service's own process."""

import os
import subprocess
import sys
from pathlib import Path
from typing import Any, NoReturn

import typer
from pydantic import ValidationError

from services.ctl.environment import Environment
from services.ctl.errors import OperatorError
from services.ctl.folder import existing, named, runs
from services.ctl.layout import ROOT
from services.ctl.settings import Settings


def settings_of(var: Path | None, apart: bool = False) -> Settings:
    """The settings of a system. Exits with 2 and says which variable is wrong."""
    chosen: dict[str, Any] = {} if var is None else {"var": var}
    if apart:
        chosen["processes"] = "apart"
    try:
        settings = Settings(**chosen)
        named(settings.var)
        return settings
    except ValidationError as reason:
        for one in reason.errors():
            name = "QX_" + "_".join(str(part) for part in one["loc"]).upper() + ": " if one["loc"] else ""
            typer.echo(name + one["msg"].removeprefix("Value error, "), err=True)
        raise typer.Exit(2) from None


def be(service: str, module: str, *arguments: str, var: Path | None, up: bool | None = None) -> NoReturn:
    """Run a module of a service under its settings, and end as it ends; `up`: whether the system must be running."""
    settings = settings_of(var)
    layout = existing(settings.var)
    if up is not None and runs(layout) is not up:
        wanted = "is not running: start it with `up` first" if up else "is running: stop it with Ctrl-C first"
        raise OperatorError(f"the system in {layout.root} {wanted}")
    environment = Environment(layout, settings, os.environ).service(service)
    command = [sys.executable, "-m", module, *arguments]
    done = subprocess.run(command, env=environment, cwd=ROOT, check=False, umask=0o077)  # noqa: S603
    sys.exit(done.returncode)
