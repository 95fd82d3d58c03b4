"""The Temporal worker: checks that policy and code agree, connects, runs until told to stop."""

import asyncio
from datetime import timedelta

import httpx2
from fastapi import FastAPI
from temporalio.client import Client
from temporalio.worker import Worker

from contracts import names
from contracts.record import ERRAND_PURPOSE, STEP_PURPOSE
from services.kit import jetstream, temporal
from services.kit.bearer import insist_on_bearer
from services.kit.claims import ClaimChecker
from services.kit.errors import install_handlers
from services.kit.health import Check, health_router
from services.kit.http import serve_app
from services.kit.parts import run_parts
from services.kit.recordreader import RecordReader
from services.kit.releases import Releases
from services.kit.settings import read_secret
from services.kit.signing import SigningKey
from services.worker import agreement, sandbox
from services.worker.alarms import Alarms
from services.worker.carrying import Carrying
from services.worker.catalogue import WORKFLOWS, activities
from services.worker.record import Record
from services.worker.settings import Settings
from services.worker.settling import Settling
from services.worker.what_if_api import what_if_router
from workflows.kinds import every


async def serve(settings: Settings, stop: asyncio.Event) -> None:
    """Run until `stop` is set; what is being decided then is finished or tried again by the next worker.

    Raises DisagreementError, naming every point, while a released policy and the code disagree.
    """
    agreement.insist()
    engine_keys = settings.rings.at(settings.engine_keys_dir)
    async with (
        jetstream.connected(settings, "worker", stop) as bus,
        httpx2.AsyncClient(verify=settings.verify) as http,
    ):
        record = Record(bus, settings.record_seconds)
        client = await temporal.connect_when_up(
            settings.temporal_address,
            settings.temporal_namespace,
            engine_keys,
            stop,
            Alarms(record).unreadable,
            settings.engine_login,
        )
        worker = Worker(
            client,
            task_queue=names.TASK_QUEUE,
            workflows=list(WORKFLOWS),
            activities=activities(_settling(settings, record), _carrying(settings, record, client)),
            workflow_runner=sandbox.runner(),
            max_cached_workflows=settings.cached_workflows,
            graceful_shutdown_timeout=timedelta(seconds=5),
        )
        releases = _releases(settings, http)
        await releases.look()
        async with worker:
            answers = _answers(settings, bus, record, client)
            answering = serve_app(answers, settings.host, settings.port, stop, settings.gate)
            await run_parts(stop, answering, releases.run(stop))


def _releases(settings: Settings, http: httpx2.AsyncClient) -> Releases:
    """A version with which the rules here disagree is not taken: its cases wait for a worker that agrees."""
    token = ""
    if settings.policies_dir is not None:
        token = read_secret(settings.registry_token_file, "QX_WORKER_REGISTRY_TOKEN_FILE")
    return Releases(settings.policies_dir, RecordReader(http, settings.registry_url, token), every.faults)


def _settling(settings: Settings, record: Record) -> Settling:
    checker = ClaimChecker.load(settings.public_keys_dir)
    keyring = settings.rings.at(settings.record_keys_dir)
    return Settling(record, checker, keyring, SigningKey.load(settings.step_key_file, STEP_PURPOSE))


def _carrying(settings: Settings, record: Record, client: Client) -> Carrying:
    return Carrying(client, record, SigningKey.load(settings.errand_key_file, ERRAND_PURPOSE))


def _answers(settings: Settings, bus: jetstream.Bus, record: Record, client: Client) -> FastAPI:
    """Whether acts can be recorded: the way to the record and back, and the engine, not only this process."""
    app = FastAPI(openapi_url=None)
    install_handlers(app)
    if settings.registry_token_file is not None:
        token = read_secret(settings.registry_token_file, "QX_WORKER_REGISTRY_TOKEN_FILE")
        app.include_router(what_if_router(token))
    engine = client.service_client.check_health
    checks: dict[str, Check] = {"broker": bus.check, "record": record.check, "engine": engine}
    app.include_router(health_router(checks))
    insist_on_bearer(app)
    return app
