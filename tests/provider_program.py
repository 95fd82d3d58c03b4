"""A provider program that is not ours, as a process of its own, and people who sign in to it in a browser."""

import sys
import time
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import httpx2

from services.officers.identity.provider.fetching import Fetching
from services.officers.identity.provider.registration import LANDING, Registration
from services.officers.office import Office
from tests.ports import free_port
from tests.servers import HOST, Server

PAGES = "https://vetting.example"


class ProviderProgram(Server):
    """It forgets everything when it is restarted, its key too."""

    @property
    def issuer(self) -> str:
        """As it names itself."""
        return f"http://{HOST}:{self.port}"

    def registered(self, redirect: str = PAGES + LANDING, **more: Any) -> Registration:
        """A client of this program, with a secret that it drew."""
        body = {"redirect_uris": [redirect], "token_endpoint_auth_method": "client_secret_basic"}
        said = httpx2.post(f"{self.issuer}/oauth2/clients", json=body).json()
        return Registration(self.issuer, said["client_id"], said["client_secret"], redirect, **more)

    def knows(self, subject: str, **claims: Any) -> None:
        """One of its people, and what its tokens say of them. This program asks for no password."""
        said = {"auth_time": int(time.time()), **claims}
        httpx2.put(f"{self.issuer}/users/{subject}", json=said).raise_for_status()

    def comes_back(self, address: str, subject: str) -> dict[str, str]:
        """Somebody signs in at the address: what the redirect brings."""
        answer = httpx2.post(address, data={"sub": subject})
        assert answer.status_code == 302, answer.text
        where = urlsplit(answer.headers["location"])
        assert f"{where.scheme}://{where.netloc}{where.path}" == PAGES + LANDING
        return dict(parse_qsl(where.query))


def provider_program(directory: Path, *options: str) -> ProviderProgram:
    """Start the program, and wait until it describes itself."""
    port = free_port()
    command = [sys.executable, "-m", "oidc_provider_mock", "--port", str(port), "--host", HOST, *options]
    return ProviderProgram(command, directory, _describes_itself, port)


def strict_provider(directory: Path, registered: tuple[str, str, str]) -> ProviderProgram:
    """Likewise the one of strict_provider.py, for a client of this id, secret and redirect."""
    port = free_port()
    command = [sys.executable, str(Path(__file__).with_name("strict_provider.py")), str(port), *registered]
    return ProviderProgram(command, directory, _describes_itself, port)


def serve(office: Office, registered: Registration, client: httpx2.AsyncClient) -> Fetching:
    """Let the program be the provider of this installation, asked through the client."""
    fetching = Fetching(registered, client)
    office.provider._registered, office.provider._fetching = registered, fetching
    return fetching


def _describes_itself(server: Server) -> bool:
    try:
        where = f"http://{HOST}:{server.port}/.well-known/openid-configuration"
        return httpx2.get(where).status_code == 200
    except httpx2.HTTPError:
        return False
