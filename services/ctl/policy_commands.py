"""`ctl policy`: print a version as people read it, and what differs between two."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from contracts.policy.model import Policy

app = typer.Typer(no_args_is_help=True, help="Policy versions as people read them: HTML on standard output.")
Version = Annotated[
    str, typer.Argument(help="A released version, or the folder of one that is being written.")
]


@app.command()
def show(version: Version) -> None:
    """Print a version as one HTML page, in Chinese and English."""
    from services.ctl.policy_pages.page import policy_page

    policy, digest = _read(version)
    typer.echo(policy_page(policy, digest), nl=False)


@app.command()
def diff(old: Version, new: Version) -> None:
    """Print what the second version says otherwise than the first."""
    from services.ctl.policy_pages.page import diff_page

    typer.echo(diff_page(_read(old)[0], _read(new)[0]), nl=False)


def _read(version: str) -> tuple[Policy, str]:
    """The version and its digest; a folder has none before it is released. Exits with 1 and says what is wrong."""
    from contracts.policy import loader

    try:
        if (Path(version) / "policy.yaml").is_file():
            return loader.load(Path(version).resolve()), "—"
        return loader.released(version), loader.digest(version)
    except loader.PolicyError as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(1) from None
