"""The servers under the other tests start, answer, and come back with what they had acknowledged."""

import socket
import urllib.request
from pathlib import Path

import psycopg
import pytest

from tests.ports import SHARE, SHARES, free_port
from tests.servers import NatsServer, PostgresServer, TemporalServer, start_nats


def test_a_process_that_tests_beside_others_draws_from_its_own_share() -> None:
    drawn = [free_port() for _ in range(20)]
    assert len({*drawn}) == 20
    assert {port % SHARES for port in drawn} == {SHARE}


def test_nats_syncs_every_write_to_disk(tmp_path: Path) -> None:
    port = free_port()
    server = start_nats(tmp_path / "nats", extra=f'http: "127.0.0.1:{port}"')
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/jsz?config=1", timeout=5) as answer:
            assert b'"sync_always": true' in answer.read()
    finally:
        server.kill()


def test_nats_comes_back_on_its_port(nats_server: NatsServer) -> None:
    nats_server.kill()
    nats_server.restart()
    with socket.create_connection(("127.0.0.1", nats_server.port), timeout=5) as connection:
        assert connection.recv(4) == b"INFO"


def test_postgres_gives_each_test_its_own_database(postgres_server: PostgresServer) -> None:
    with postgres_server.database("own"), postgres_server.connect("own") as connection:
        assert connection.execute("SELECT current_database()").fetchone() == ("own",)
    with pytest.raises(psycopg.OperationalError, match="does not exist"):
        postgres_server.connect("own")


def test_temporal_answers(temporal_server: TemporalServer) -> None:
    assert temporal_server.process.poll() is None
