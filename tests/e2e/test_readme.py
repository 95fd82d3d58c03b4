"""The README's first session works as printed, on a system of its own."""

import asyncio
import os
import re
from dataclasses import asdict
from pathlib import Path

from services.ctl.embedded import running
from services.ctl.probes import free_ports
from services.ctl.settings import Settings

ROOT = Path(__file__).parents[2]
SESSION = re.compile(r"```bash\n(.*?)```", re.DOTALL)


async def test_the_first_session_of_the_readme_works_as_printed(tmp_path: Path) -> None:
    found = SESSION.findall((ROOT / "README.md").read_text(encoding="utf-8"))
    assert len(found) == 1, "the README has one session to copy"
    ports = {f"port_{name}": port for name, port in asdict(free_ports()).items()}
    settings = Settings(var=tmp_path / "var", **ports)  # type: ignore[arg-type]
    # A folder like the clone's: the same names, a var and a port of its own.
    for name in ("services", "contracts", "workflows", ".venv"):
        (tmp_path / name).symlink_to(ROOT / name)
    script = "set -euo pipefail\n" + found[0].replace("127.0.0.1:8080", f"127.0.0.1:{settings.port_api}")
    async with running(settings, os.environ, lambda _: None):
        process = await asyncio.create_subprocess_exec(
            "bash",
            "-c",
            script,
            cwd=tmp_path,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.STDOUT,
        )
        try:
            async with asyncio.timeout(240):
                output, _ = await process.communicate()
        finally:
            if process.returncode is None:
                process.kill()
    said = output.decode()
    assert process.returncode == 0, said
    assert '"valid":true' in said.replace(" ", "")
    assert said.count('"command_id"') == 5, said
    assert "idempotency-key-reused" in said, said
    assert "verified" in said, said
