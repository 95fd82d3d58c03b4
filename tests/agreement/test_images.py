"""deploy/Dockerfile: an image holds what its deployable imports, and no more."""

import re
import subprocess
import sys
import sysconfig
from functools import lru_cache
from importlib.metadata import packages_distributions
from pathlib import Path

import grimp
import pytest

from services.ctl.environment import OURS as OURS_ENVIRONMENT

ROOT = Path(__file__).parents[2]
DOCKERFILE = (ROOT / "deploy" / "Dockerfile").read_text()
OURS = ("officers", "registry", "notices", "worker", "console")
EVERY_IMAGE = {"contracts", "services/__init__.py", "services/kit"}
MAY_HOLD = {name: EVERY_IMAGE | {f"services/{name}"} for name in OURS}
MAY_HOLD["worker"] |= {"workflows"}


def _stages() -> dict[str, tuple[str, list[str]]]:
    """Each stage: what it starts from, and its instructions."""
    stages: dict[str, tuple[str, list[str]]] = {}
    joined = DOCKERFILE.replace("\\\n", " ")
    for part in re.split(r"^FROM ", joined, flags=re.MULTILINE)[1:]:
        head, *lines = part.splitlines()
        base, _, name = head.partition(" AS ")
        stages[name] = (base, [line for line in lines if line and not line.startswith("#")])
    return stages


def _instructions(target: str) -> list[str]:
    stages = _stages()
    base, lines = stages[target]
    return [*(_instructions(base) if base in stages else []), *lines]


@lru_cache
def _graph() -> grimp.ImportGraph:
    return grimp.build_graph(
        "contracts", "workflows", "services", include_external_packages=True, cache_dir=None
    )


def _upstream(name: str) -> set[str]:
    """Everything that starting the deployable imports, its own modules included."""
    own = {f"services.{name}", *_graph().find_descendants(f"services.{name}")}
    return own | {up for module in own for up in _graph().find_upstream_modules(module)}


@pytest.mark.parametrize("name", OURS)
def test_an_image_copies_only_the_folders_it_may_import(name: str) -> None:
    copied = {
        line.split()[1] for line in _instructions(name) if line.startswith("COPY ") and "--from" not in line
    }
    assert copied == MAY_HOLD[name]


@pytest.mark.parametrize("name", OURS)
def test_an_image_holds_every_module_of_ours_that_its_deployable_imports(name: str) -> None:
    ours = {
        module.replace(".", "/")
        for module in _upstream(name)
        if module.split(".")[0] in {"contracts", "workflows", "services"}
    }
    folders = tuple(
        path.removesuffix("/__init__.py") for path in MAY_HOLD[name] if path != "services/__init__.py"
    )
    missing = {path for path in ours if path != "services" and not path.startswith(folders)}
    assert missing == set()


@pytest.mark.parametrize("name", OURS)
def test_the_group_of_a_deployable_installs_every_package_it_imports(name: str) -> None:
    packages = {module for module in _upstream(name) if _graph().is_module_squashed(module)}
    packages -= sys.stdlib_module_names
    uv = Path(sysconfig.get_path("scripts")) / "uv"
    command = [uv, "--project", ROOT, "export", "--quiet", "--frozen", "--no-default-groups", "--group", name]
    listed = subprocess.run([*command, "--no-hashes"], capture_output=True, text=True, check=True).stdout
    installed = {line.split("==")[0].split("[")[0] for line in listed.splitlines() if "==" in line}
    provided = packages_distributions()
    missing = {
        package
        for package in packages
        if not {_normal(found) for found in provided.get(package, [])} & installed
    }
    assert missing == set(), f"name what brings them in the group `{name}` of pyproject.toml"
    assert {"fastapi", "httpx2"} <= packages or {"fastapi", "nats"} <= packages


@pytest.mark.parametrize("name", OURS)
def test_an_image_starts_its_deployable_as_a_user_without_rights(name: str) -> None:
    instructions = _instructions(name)
    assert instructions[-1] == f'CMD ["python", "-m", "services.{name}"]'
    assert "USER 10001:10001" in instructions
    assert f"COPY --from=packages-{name} /venv /venv" in instructions
    installs = [line for line in _instructions(f"packages-{name}") if "install.sh" in line]
    assert len(installs) == 1
    assert f"install.sh /venv {name} " in installs[0]


@pytest.mark.parametrize("name", OURS)
def test_an_image_holds_the_bytecode_of_everything_because_it_cannot_make_it(name: str) -> None:
    stages, instructions = _stages(), _instructions(name)
    assert not any("PYTHONDONTWRITEBYTECODE" in line for line in instructions)
    assert any("compileall" in line and "stdlib" in line for line in _instructions("python"))
    # Ours last, when all of it is there, and before the user who may not write.
    assert stages[name][1][-3:-1] == ["RUN python -m compileall -q .", "USER 10001:10001"]
    installing = (ROOT / "deploy" / "packages" / "install.sh").read_text()
    assert "pip sync --quiet --compile-bytecode " in installing
    assert "pip install --quiet --compile " in installing


def test_an_image_and_the_embedded_system_give_our_processes_the_same_environment() -> None:
    (line,) = [line for line in _instructions("python") if line.startswith("ENV ")]
    assert dict(pair.split("=") for pair in line.removeprefix("ENV ").split()) == OURS_ENVIRONMENT


def test_what_docker_may_send_is_a_list_of_what_it_needs() -> None:
    lines = (ROOT / ".dockerignore").read_text().splitlines()
    rules = [line for line in lines if line and not line.startswith("#")]
    assert rules[0] == "*"
    sent = {rule.removeprefix("!") for rule in rules if rule.startswith("!")}
    needed = {
        source
        for name in OURS
        for stage in (name, f"packages-{name}")
        for line in _instructions(stage)
        if line.startswith("COPY ") and "--from" not in line
        for source in line.split()[1:-1]
    }
    assert sent == {source if not source.startswith("services/") else "services" for source in needed}


def _normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()
