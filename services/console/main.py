"""Start the console: a client of the API, and the pages."""

import asyncio

import httpx2

from services.console.api import Door
from services.console.app import make_app
from services.console.settings import Settings
from services.kit.http import serve_app
from services.kit.settings import read_secret

MAX_BODY = 24 * 1024 * 1024
"""Bytes: a form, or a file that the API takes as a whole and bounds itself."""


async def serve(settings: Settings, stop: asyncio.Event) -> None:
    """Show pages until `stop` is set. Raises when it cannot start."""
    secret = read_secret(settings.cookie_key_file, "QX_CONSOLE_COOKIE_KEY_FILE")
    async with httpx2.AsyncClient(verify=settings.verify) as client:
        app = make_app(settings, Door(client, settings.api_url), secret)
        await serve_app(app, settings.host, settings.port, stop, settings.gate, max_body=MAX_BODY)
