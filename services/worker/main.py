"""The Temporal worker: connects, warms the policies up, runs until told to stop."""

import asyncio
from datetime import timedelta

from fastapi import FastAPI
from temporalio.client import Client
from temporalio.worker import Worker

from contracts import names
from contracts.policy import loader
from services.kit import jetstream, temporal
from services.kit.health import health_router
from services.kit.http import serve_app
from services.kit.receipts import ReceiptInbox
from services.kit.sealing import Keyring
from services.worker.cases import TemporalCases
from services.worker.catalogue import WORKFLOWS, activities
from services.worker.recording import JetstreamRecorder
from services.worker.settings import Settings


async def serve(settings: Settings, stop: asyncio.Event) -> None:
    """Run until `stop` is set; what is being decided then is finished or tried again by the next worker."""
    for version in loader.versions():
        # Read now, so that no workflow task waits for a file.
        loader.release(version)
    keyring = Keyring(settings.keys_dir)
    bus = await jetstream.connect(settings, "worker", stop)
    try:
        await bus.ensure_streams()
        inbox = ReceiptInbox()
        await inbox.open(bus)
        recorder = JetstreamRecorder(bus, inbox, keyring, settings.receipt_seconds)
        client = await temporal.connect_when_up(
            settings.temporal_address, settings.temporal_namespace, keyring, stop
        )
        worker = Worker(
            client,
            task_queue=names.TASK_QUEUE,
            workflows=list(WORKFLOWS),
            activities=activities(recorder, TemporalCases(client)),
            max_cached_workflows=settings.cached_workflows,
            graceful_shutdown_timeout=timedelta(seconds=5),
        )
        async with worker:
            await serve_app(_health(bus, client), settings.host, settings.port, stop)
    finally:
        await bus.close()


def _health(bus: jetstream.Bus, client: Client) -> FastAPI:
    app = FastAPI(openapi_url=None)
    app.include_router(health_router({"broker": bus.check, "engine": client.service_client.check_health}))
    return app
