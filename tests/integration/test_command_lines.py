"""Every command onto what is not there, is a file, or is another's: a sentence and exit code 1, never a traceback."""

import subprocess
import sys
import threading
from collections.abc import Callable
from dataclasses import asdict
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

from services.ctl.errors import OperatorError
from services.ctl.folder import is_there, made, named
from services.ctl.lock import held
from services.ctl.probes import free_ports
from services.ctl.vault import Vault, loose

NEEDS_SYSTEM = (["verify"], ["resume-from-record"], ["rebuild", "officers"], ["rebuild", "notices"])
STARTS = (["up"], ["demo"])


def ctl(*arguments: str | Path, **env: str) -> tuple[int, str]:
    """Exit code and everything said. The ports are nobody's unless named."""
    ports = {f"QX_PORT_{name.upper()}": str(port) for name, port in asdict(free_ports()).items()}
    done = subprocess.run(
        [sys.executable, "-m", "services.ctl", *arguments],
        env={"PATH": "/usr/bin:/bin", "PYTHONUTF8": "1", **ports, **env},
        capture_output=True,
        timeout=60,
        check=False,
    )
    return done.returncode, (done.stdout + done.stderr).decode("utf-8", "replace")


def a_file(folder: Path) -> Path:
    (folder / "file").write_text("a file")
    return folder / "file"


def below_a_file(folder: Path) -> Path:
    return a_file(folder) / "var"


def a_circle(folder: Path) -> Path:
    (folder / "circle").symlink_to(folder / "circle")
    return folder / "circle"


def another_s(folder: Path) -> Path:
    a_file(folder)
    return folder


def with_a_line_break(folder: Path) -> Path:
    return folder / "two\nlines"


def no_utf8(folder: Path) -> Path:
    return Path(str(folder) + "/\udcff")


def missing(folder: Path) -> Path:
    return folder / "missing"


def empty(folder: Path) -> Path:
    (folder / "empty").mkdir()
    return folder / "empty"


UNUSABLE = (a_file, below_a_file, a_circle, another_s, with_a_line_break, no_utf8)


def told(code: int, said: str) -> None:
    assert code == 1, said
    assert "Traceback" not in said
    assert '"event"' not in said, "a log line is no sentence"
    assert len(said.strip().splitlines()[-1].split()) > 3, said


@pytest.mark.parametrize("place", UNUSABLE)
def test_a_folder_that_cannot_be_used_is_refused_before_anything_is_made(
    place: Callable[[Path], Path], tmp_path: Path
) -> None:
    var = place(tmp_path)
    before = sorted(tmp_path.rglob("*"))
    with pytest.raises(OperatorError):
        made(named(var))
    assert sorted(tmp_path.rglob("*")) == before


@pytest.mark.parametrize(
    "name", ["of #1? 50%20", "\"a\" 'b' \\c", "清选 甄选", "-x", " ", "$HOME;&|`", "é" * 60]
)
def test_a_folder_may_have_any_other_name(name: str, tmp_path: Path) -> None:
    made(named(tmp_path / name))
    made(named(tmp_path / name))
    assert not is_there(named(tmp_path / name))
    assert [one.name for one in tmp_path.iterdir()] == [name]
    assert loose(tmp_path / name) == [], "it is for its owner alone"


@pytest.mark.parametrize("command", STARTS, ids=" ".join)
@pytest.mark.parametrize("place", [a_file, no_utf8])
def test_nothing_starts_in_a_folder_that_cannot_be_used(
    command: list[str], place: Callable[[Path], Path], tmp_path: Path
) -> None:
    told(*ctl(*command, "--var", str(place(tmp_path))))


@pytest.mark.parametrize(
    ("command", "place"),
    [
        pytest.param(
            command,
            place,
            id=f"{place.__name__}-{' '.join(command)}",
            marks=() if command == ["verify"] or place is missing else pytest.mark.deep,
        )
        for place in (a_file, missing, empty)
        for command in NEEDS_SYSTEM
    ],
)
def test_a_folder_without_a_system_is_named(
    command: list[str], place: Callable[[Path], Path], tmp_path: Path
) -> None:
    told(*ctl(*command, "--var", str(place(tmp_path))))


def test_what_needs_a_running_system_and_what_needs_a_stopped_one_say_so(tmp_path: Path) -> None:
    Vault(tmp_path / "secrets").make()
    code, said = ctl("resume-from-record", "--var", str(tmp_path))
    told(code, said)
    assert "is not running" in said
    (tmp_path / "run").mkdir()
    with held(tmp_path / "run" / "lock"):
        code, said = ctl("rebuild", "officers", "--var", str(tmp_path))
    told(code, said)
    assert "is running: stop it" in said


def open_to_others(folder: Path) -> Path:
    (folder / "open").mkdir(mode=0o755)
    (folder / "open").chmod(0o755)
    return folder / "open"


@pytest.mark.parametrize("place", [missing, empty, open_to_others])
def test_the_doctor_knows_a_folder_in_which_nothing_was_started(
    place: Callable[[Path], Path], tmp_path: Path
) -> None:
    code, said = ctl("doctor", "--var", str(place(tmp_path)))
    assert code == 0, said
    assert f"there is no system in {tmp_path}" in said


@pytest.mark.parametrize("place", [below_a_file, no_utf8])
def test_the_doctor_names_a_folder_that_cannot_be_used(place: Callable[[Path], Path], tmp_path: Path) -> None:
    told(*ctl("doctor", "--var", str(place(tmp_path))))


class Another(BaseHTTPRequestHandler):
    """The monitoring of some other system's broker."""

    def do_GET(self) -> None:
        """Healthy, and by the name that every system once had."""
        self.send_response(200)
        self.end_headers()
        self.wfile.write(b'{"server_name": "qingxuan", "config": {"sync_always": true}}')

    def log_message(self, *_: object) -> None:
        """Say nothing."""


def test_the_doctor_knows_another_system_s_broker(tmp_path: Path) -> None:
    with HTTPServer(("127.0.0.1", 0), Another) as server:
        serving = threading.Thread(target=server.serve_forever)
        serving.start()
        port = str(server.server_port)
        code, said = ctl("doctor", "--var", str(tmp_path), QX_PORT_NATS_MONITOR=port)
        server.shutdown()
        serving.join()
    assert code == 1
    assert f"port {port} for NATS' monitoring is taken by another program" in said
    assert "as they should be" not in said


@pytest.mark.parametrize("file", ["missing/roster.xlsx", ".", "file/roster.xlsx"])
def test_a_roster_that_cannot_be_written_is_told(file: str, tmp_path: Path) -> None:
    a_file(tmp_path)
    told(*ctl("sample-roster", str(tmp_path / file)))


@pytest.mark.parametrize("version", ["missing", ".", "file", "broken", "binary"])
@pytest.mark.parametrize("command", ["show", "diff"])
def test_a_policy_that_is_none_is_told(command: str, version: str, tmp_path: Path) -> None:
    a_file(tmp_path)
    for name, content in (("broken", b"a: [\n"), ("binary", b"\xff\xfe\x00")):
        (tmp_path / name).mkdir()
        (tmp_path / name / "policy.yaml").write_bytes(content)
    second = ["2026.1"] if command == "diff" else []
    told(*ctl("policy", command, str(tmp_path / version), *second))
