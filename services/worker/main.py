"""The Temporal worker: checks that policy and code agree, connects, runs until told to stop."""

import asyncio
from datetime import timedelta

from fastapi import FastAPI
from temporalio.client import Client
from temporalio.worker import Worker

from contracts import names
from contracts.record import ERRAND_PURPOSE, STEP_PURPOSE
from services.kit import jetstream, temporal
from services.kit.claims import ClaimChecker
from services.kit.errors import install_handlers
from services.kit.health import Check, health_router
from services.kit.http import serve_app
from services.kit.sealing import Keyring
from services.kit.signing import SigningKey
from services.worker import agreement, sandbox
from services.worker.alarms import Alarms
from services.worker.carrying import Carrying
from services.worker.catalogue import WORKFLOWS, activities
from services.worker.record import Record
from services.worker.settings import Settings
from services.worker.settling import Settling


async def serve(settings: Settings, stop: asyncio.Event) -> None:
    """Run until `stop` is set; what is being decided then is finished or tried again by the next worker.

    Raises DisagreementError, naming every point, while a released policy and the code disagree.
    """
    agreement.insist()
    engine_keys = Keyring(settings.engine_keys_dir)
    async with jetstream.connected(settings, "worker", stop) as bus:
        record = Record(bus, settings.record_seconds)
        client = await temporal.connect_when_up(
            settings.temporal_address,
            settings.temporal_namespace,
            engine_keys,
            stop,
            Alarms(record).unreadable,
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
        async with worker:
            await serve_app(_health(bus, record, client), settings.host, settings.port, stop)


def _settling(settings: Settings, record: Record) -> Settling:
    checker = ClaimChecker.load(settings.public_keys_dir)
    keyring = Keyring(settings.record_keys_dir)
    return Settling(record, checker, keyring, SigningKey.load(settings.step_key_file, STEP_PURPOSE))


def _carrying(settings: Settings, record: Record, client: Client) -> Carrying:
    return Carrying(client, record, SigningKey.load(settings.errand_key_file, ERRAND_PURPOSE))


def _health(bus: jetstream.Bus, record: Record, client: Client) -> FastAPI:
    """Whether acts can be recorded: the way to the record and back, and the engine, not only this process."""
    app = FastAPI(openapi_url=None)
    install_handlers(app)
    engine = client.service_client.check_health
    checks: dict[str, Check] = {"broker": bus.check, "record": record.check, "engine": engine}
    app.include_router(health_router(checks))
    return app
