"""`ctl policy`: print a version as people read it, what differs between two, and what another would have changed."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from contracts.names import policy_id

if TYPE_CHECKING:
    from contracts.policy.model import Policy

API = "http://127.0.0.1:8080"
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


@app.command("what-if")
def what_if(
    version: Version,
    ended: Annotated[bool, typer.Option("--ended", help="Cases that have ended as well.")] = False,
    var: Annotated[Path | None, typer.Option("--var", help="Folder of the system's data.")] = None,
) -> None:
    """Say which cases would have come out otherwise under a version, by folding the record; writes nothing."""
    from services.ctl.running import be

    named = str(Path(version).resolve()) if Path(version).is_dir() else version
    be("worker", "services.worker", "what-if", named, *(["ended"] if ended else []), var=var)


Api = Annotated[str, typer.Option(help="Base address of the officers' API.")]
Login = Annotated[str, typer.Option(prompt=True, help="Of a policy administrator.")]
Password = Annotated[str, typer.Option(prompt=True, hide_input=True, envvar="QX_PASSWORD")]


@app.command()
def propose(version: Version, login: Login, password: Password, api: Api = API) -> None:
    """Propose the version in this folder, as its bytes are now; the same files must lie in the services' folder."""
    from services.ctl.policy_desk import propose as run

    policy, digest = _read(version)
    run(api, login, password, policy.version, digest)


@app.command()
def approve(version: Version, login: Login, password: Password, reason: str, api: Api = API) -> None:
    """Approve a version as another person than its author, under the digest of the files in this folder."""
    from services.ctl.policy_desk import approve as run

    policy, digest = _read(version)
    run(api, login, password, policy_id(policy.version, digest), reason)


def _read(version: str) -> tuple[Policy, str]:
    """The version and the digest of its bytes. Exits with 1 and says what is wrong."""
    from contracts.policy import loader

    try:
        if (Path(version) / "policy.yaml").is_file():
            draft = loader.drafted(Path(version).resolve())
            return draft.policy, draft.digest
        return loader.released(version), loader.digest(version)
    except loader.PolicyError as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(1) from None
