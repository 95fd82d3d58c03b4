"""The README's first session, walked as printed on a system of its own."""

import asyncio
import os
import re
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path

from services.ctl.embedded import running
from services.ctl.probes import free_ports
from services.ctl.settings import Settings

ROOT = Path(__file__).parents[1]
SESSION = re.compile(r"```bash\n(.*?)```", re.DOTALL)
WALKED_WITHIN = 600.0


async def walked(folder: Path, given: Mapping[str, str]) -> tuple[int | None, str]:
    """The exit status and everything that was printed. `given` is added to the environment of the system."""
    found = SESSION.findall((ROOT / "README.md").read_text(encoding="utf-8"))
    assert len(found) == 1, "the README has one session to copy"
    ports = {f"port_{name}": port for name, port in asdict(free_ports()).items()}
    settings = Settings(var=folder / "var", **ports)  # type: ignore[arg-type]
    # A folder like the clone's: the same names, a var and a port of its own.
    for name in ("services", "contracts", "workflows", ".venv"):
        (folder / name).symlink_to(ROOT / name)
    script = "set -euo pipefail\n" + found[0].replace("127.0.0.1:8080", f"127.0.0.1:{settings.port_api}")
    async with running(settings, {**os.environ, **given}, lambda _: None):
        process = await asyncio.create_subprocess_exec(
            "bash",
            "-c",
            script,
            cwd=folder,
            env={**os.environ, **given},
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.STDOUT,
        )
        try:
            async with asyncio.timeout(WALKED_WITHIN):
                output, _ = await process.communicate()
        finally:
            if process.returncode is None:
                process.kill()
    return process.returncode, output.decode()


def check(status: int | None, said: str) -> None:
    """That it went as the README says. Raises AssertionError with what was printed."""
    assert status == 0, said
    assert '"valid":true' in said.replace(" ", "")
    assert said.count('"command_id"') == 5, said
    assert "idempotency-key-reused" in said, said
    assert "verified" in said, said
