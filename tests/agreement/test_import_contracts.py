"""Every import contract can bite: a breach of each is planted in a copy of the tree and must be named."""

import re
import shutil
import subprocess
import sysconfig
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
LINT = Path(sysconfig.get_path("scripts")) / "lint-imports"
CONTRACTS = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
NAMES = {contract["id"]: contract["name"] for contract in CONTRACTS}

# (contract, the module the breach is planted in, what it imports)
BREACHES = [
    ("top", "contracts.vocabulary", "services.kit"),
    ("top", "contracts.names", "workflows.rules"),
    ("top", "workflows.shell", "services.kit"),
    ("deployables", "services.notices.policy", "services.registry"),
    ("deployables", "services.kit.planted", "services.notices"),
    ("deployables", "services.worker.planted", "services.ctl"),
    ("deployables", "services.console.planted", "services.officers"),
    ("workflow-layers", "workflows.batch", "workflows.nomination"),
    ("workflow-layers", "workflows.shell", "workflows.casework"),
    ("workflow-layers", "workflows.casework", "workflows.removal"),
    ("workflow-layers", "workflows.passages.planted", "workflows.kinds.removal"),
    ("workflow-layers", "workflows.procedure.planted", "workflows.kinds"),
    ("workflow-layers", "workflows.procedure.planted", "workflows.passages.vote"),
    ("workflow-layers", "workflows.rules.planted", "workflows.procedure"),
    ("engine-blind", "workflows.casework", "workflows.kinds"),
    ("engine-blind", "workflows.shell", "workflows.passages.vote"),
    ("kinds-apart", "workflows.kinds.nomination.planted", "workflows.kinds.removal"),
    ("kinds-apart", "workflows.kinds.removal.planted", "workflows.kinds.batch"),
    ("kinds-apart", "workflows.kinds.batch", "workflows.kinds.nomination"),
    ("officers-rooms", "services.officers.base_table", "services.officers.web.paging"),
    ("officers-rooms", "services.officers.web.planted", "services.officers.identity.scope"),
    ("officers-rooms", "services.officers.identity.planted", "services.officers.readmodel.tables"),
    ("officers-rooms", "services.officers.readmodel.tables", "services.officers.desk.engine"),
    ("officers-rooms", "services.officers.roster.planted", "services.officers.desk.desk"),
    ("officers-rooms", "services.officers.views.planted", "services.officers.office"),
    ("officers-rooms", "services.officers.desk.planted", "services.officers.routes.caller"),
    (
        "read-model",
        "services.officers.readmodel.writing.planted",
        "services.officers.readmodel.reading.visible",
    ),
    (
        "read-model",
        "services.officers.readmodel.reading.planted",
        "services.officers.readmodel.writing.store",
    ),
    ("read-model", "services.officers.readmodel.tables", "services.officers.readmodel.own_reads"),
    (
        "projection",
        "services.officers.readmodel.writing.projection.removal",
        "services.officers.readmodel.writing.projection.nomination",
    ),
    (
        "projection",
        "services.officers.readmodel.writing.projection.shared",
        "services.officers.readmodel.writing.projection.batch",
    ),
    ("contract-layers", "contracts.commands.planted", "contracts.events"),
    ("contract-layers", "contracts.base", "contracts.envelope"),
    ("contract-layers", "contracts.words.planted", "contracts.commands"),
    ("contract-layers", "contracts.policy.planted", "contracts.words"),
    ("deciders", "services.officers.planted", "workflows.rules"),
    ("deciders", "services.ctl.planted", "workflows.nomination"),
    ("workflow-io", "workflows.nomination", "httpx2"),
    ("workflow-io", "workflows.procedure.planted", "nats"),
    ("contract-io", "contracts.catalogue", "os"),
    ("contract-io", "contracts.events.planted", "time"),
    ("pure", "workflows.kinds.removal.planted", "uuid"),
    ("pure", "workflows.passages.planted", "os"),
    ("pure", "workflows.procedure.planted", "temporalio"),
    ("contract-io", "contracts.words.naming", "pathlib"),
    ("pure", "workflows.rules.planted", "random"),
    ("pure", "workflows.rules.planted", "temporalio"),
    ("pure", "workflows.rules.planted", "contracts.policy.loader"),
    ("pure", "services.officers.roster.rows", "contracts.words.loader"),
    ("pure", "services.registry.ledger", "time"),
    ("pure", "services.console.moments", "time"),
    ("pure", "services.notices.policy", "sqlmodel"),
    ("pure", "services.notices.renderer", "os"),
    ("pure", "services.notices.casefile", "time"),
    ("pure", "services.notices.folding.planted", "sqlalchemy"),
    ("pure", "services.notices.telling", "logging"),
    ("pure", "services.officers.identity.scope", "services.kit"),
    ("pure", "services.officers.readmodel.reading.disclosure", "sqlalchemy"),
    ("pure", "services.officers.readmodel.writing.projection.shared", "services.kit"),
    ("pure", "services.officers.roster.rows", "uuid"),
    ("pure", "contracts.numbers", "logging"),
    ("letters-folding", "services.notices.folding.nomination", "services.notices.folding.removal"),
    ("letters-folding", "services.notices.folding.shared", "services.notices.folding.kinds"),
    ("door-nats", "services.registry.planted", "nats"),
    ("door-temporal", "services.officers.planted", "temporalio"),
    ("door-temporal", "services.registry.planted", "temporalio"),
    ("door-sql", "services.officers.planted", "sqlmodel"),
    ("door-sql", "services.officers.desk.planted", "sqlalchemy"),
    ("door-sql", "services.officers.readmodel.reading.content", "sqlmodel"),
    ("door-sql", "services.kit.planted", "sqlalchemy"),
    ("door-sql", "services.notices.planted", "sqlalchemy"),
]
# (contract, the package in which a circle is planted, the module that closes it, what it imports)
CIRCLES = [
    ("no-circles", "workflows.procedure", "workflows.procedure.case", "workflows.procedure.fold"),
    (
        "no-circles",
        "workflows.kinds.removal",
        "workflows.kinds.removal.case",
        "workflows.kinds.removal.stages",
    ),
]
# (contract, a module that no layer names)
UNDECLARED = [
    ("deployables", "services.archive"),
    ("officers-rooms", "services.officers.annex"),
    ("read-model", "services.officers.readmodel.annex"),
    ("workflow-layers", "workflows.planted"),
    ("contract-layers", "contracts.planted"),
]


def _copy(target: Path) -> None:
    for package in ("contracts", "workflows", "services"):
        shutil.copytree(
            ROOT / package,
            target / package,
            ignore=lambda folder, names: [
                name for name in names if not (name.endswith(".py") or (Path(folder) / name).is_dir())
            ],
        )
    shutil.copy(ROOT / "pyproject.toml", target)


def _plant(target: Path, module: str, line: str) -> None:
    path = target.joinpath(*module.split("."))
    path = path / "__init__.py" if path.is_dir() else path.with_suffix(".py")
    with path.open("a", encoding="utf-8") as file:
        file.write(f"\n{line}\n")


def _lint(target: Path) -> tuple[str, int]:
    done = subprocess.run(
        [LINT, "--no-logo", "--no-cache"],
        cwd=target,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    return done.stdout + done.stderr, done.returncode


def _section(output: str, contract: str) -> str:
    """What the report says about one broken contract, its wrapped lines joined."""
    heading = re.escape(NAMES[contract])
    match = re.search(rf"^{heading}\n-+\n(.*?)(?=^[^\n]+\n-{{5,}}$|\Z)", output, re.DOTALL | re.MULTILINE)
    return " ".join(match[1].split()) if match else ""


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> str:
    target = tmp_path_factory.mktemp("breached")
    _copy(target)
    for _, module, imported in BREACHES:
        _plant(target, module, f"import {imported}  # planted")
    for _, _, module, imported in CIRCLES:
        _plant(target, module, f"import {imported}  # planted")
    for _, module in UNDECLARED:
        _plant(target, module, "# planted")
    output, code = _lint(target)
    assert code == 1, output
    return output


def test_the_tree_as_it_is_keeps_every_import_contract(tmp_path: Path) -> None:
    _copy(tmp_path)
    output, code = _lint(tmp_path)
    assert code == 0, output
    assert f"{len(CONTRACTS)} kept, 0 broken" in output


@pytest.mark.parametrize(("contract", "module", "imported"), BREACHES)
def test_a_planted_import_is_named_under_its_contract(
    report: str, contract: str, module: str, imported: str
) -> None:
    section = _section(report, contract)
    source, target = re.escape(module), re.escape(imported)
    assert re.search(rf"{source} -> {target} \(l\.", section), f"{NAMES[contract]} says: {section or 'kept'}"


@pytest.mark.parametrize(("contract", "module"), UNDECLARED)
def test_a_module_that_no_layer_names_is_refused(report: str, contract: str, module: str) -> None:
    section = _section(report, contract)
    assert re.search(rf"not listed as layers: .*- {re.escape(module)}\b", section), section


@pytest.mark.parametrize(("contract", "package", "module", "imported"), CIRCLES)
def test_a_planted_circle_is_named_with_its_package(
    report: str, contract: str, package: str, module: str, imported: str
) -> None:
    section = _section(report, contract)
    assert re.search(rf"No cycles are allowed in {re.escape(package)}\.( |$)", section), section or "kept"


def test_every_import_contract_has_a_planted_breach() -> None:
    assert {contract for contract, *_ in (*BREACHES, *CIRCLES)} == set(NAMES)
