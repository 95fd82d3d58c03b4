"""What every page depends on: who asks, in which language, and how a page is answered."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Annotated, Any

from fastapi import Depends, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from starlette.datastructures import FormData

from services.console import cookies
from services.console.api import Api, Door, Problem, RefusedError, SignInNeededError, new_key
from services.console.facts import Reader
from services.console.language import Language, language_of, local
from services.console.menu import Entry
from services.console.policies import Policies
from services.console.rendering import Renderer
from services.console.running import Running
from services.console.session import Seal, SignedIn
from services.console.ways import Ways

KEPT = "kept"
"""The purpose under which typed fields are sealed while their writer signs in again."""
RETURN = "_return"
"""The field of a form that names the page on which what was typed is shown again."""
MOST_FIELDS = 2000
"""Fields of a form: a bundle has one for each of its thousand tasks, and those of what is said of them."""
BY = "_by"
"""The field of a form that says whose it is, sealed: nobody else is shown what was typed."""


@dataclass(frozen=True)
class Console:
    """The parts of the running service."""

    door: Door
    seal: Seal
    renderer: Renderer
    policies: Policies
    entries: Callable[[], tuple[Entry, ...]]
    secure: bool
    warn_seconds: int
    running: Running = field(default_factory=Running)
    ways: Ways = field(default_factory=Ways)

    def now(self) -> datetime:
        """The time of this machine."""
        return datetime.now(UTC)


def console_of(request: Request) -> Console:
    """The running service's parts."""
    console: Console = request.app.state.console
    return console


@dataclass(frozen=True)
class Visit:
    """One request of a browser, whoever sits before it."""

    request: Request
    console: Console
    language: Language
    signed: SignedIn | None

    @property
    def address(self) -> str:
        """The page that is asked for, as a link to it."""
        url = self.request.url
        return local(f"{url.path}?{url.query}" if url.query else url.path)

    @property
    def api(self) -> Api:
        """The API, asked in the name of whoever is signed in, or of nobody."""
        client = self.request.client
        token = self.signed.token if self.signed else ""
        return Api(self.console.door, token, self.language, client.host if client else "")

    def page(self, template: str, status: int = 200, **values: Any) -> HTMLResponse:
        """The page of this template; `values` are what it shows."""
        signed = self.signed
        frame = {
            "signed": signed,
            "address": self.address if self.request.method == "GET" else local(self.back),
            "menu": [one for one in self.console.entries() if signed and one.address in signed.pages],
            "here": self.request.url.path,
            "home": self.home,
            "tasks_address": self.tasks_address,
            "now": self.console.now().isoformat(),
            "seconds_left": self._seconds_left(),
            "warn_seconds": self.console.warn_seconds,
            "ways_known": self.console.ways.known,
            "by": self.console.seal.close(BY, signed.login) if signed else "",
        }
        return HTMLResponse(
            self.console.renderer.render(template, self.language, {**frame, **values}), status
        )

    def kept(self, posted: Mapping[str, str]) -> str:
        """What was typed, sealed for whoever typed it; empty when the form does not say whose it is."""
        writer = self.console.seal.open(BY, posted.get(BY, ""))
        if writer is None or RETURN not in posted:
            return ""
        said = {"by": writer, "to": posted[RETURN], "typed": list(posted.items())}
        return self.console.seal.close(KEPT, said)

    def refusal(self, problem: Problem, back: str = "/", word: str = "refused.home") -> HTMLResponse:
        """The page that says why the API refused, and leads `back` by a link that says this word."""
        return self.page("refusal.html", problem.status, problem=problem, back=back, word=word)

    def go(self, address: str) -> Response:
        """To another page of ours, after something was done."""
        return RedirectResponse(local(address), status_code=303)

    async def hand_on(self, path: str) -> Response:
        """The file that the API gives at the path, under the name it gives it. RefusedError when it refuses."""
        made = await self.api.look(path)
        named = {"Content-Disposition": made.headers["content-disposition"]}
        return Response(made.body, media_type=made.headers["content-type"], headers=named)

    @property
    def home(self) -> str:
        """The first page of their menu."""
        return next(iter(self.signed.pages), "/me") if self.signed else "/sign-in"

    @property
    def tasks_address(self) -> str:
        """The list of tasks, narrowed and sorted as it was last looked at."""
        query = self.signed.tasks if self.signed else ""
        return f"/tasks?{query}" if query else "/tasks"

    def sign(self, signed: SignedIn | None) -> None:
        """Let the browser keep this session from now on; None: let it forget whichever it has."""
        value = self.console.seal.close_session(signed) if signed else ""
        cookies.put(self.request, cookies.session_name(self.console.secure), value, self.console.secure)

    @property
    def back(self) -> str:
        """The page from which a form was sent: what a switch of the language shows again."""
        return self.request.url.path.rsplit("/", 1)[0] or "/"

    def _seconds_left(self) -> int:
        ends = self.signed.expires_at if self.signed else self.console.now()
        return max(0, int((ends - self.console.now()).total_seconds()))


class Asked(Visit):
    """One request of whoever is signed in."""

    signed: SignedIn

    def key(self) -> str:
        """A fresh key for one act, to be put into its form."""
        return new_key()

    async def reader(self, version: str) -> Reader:
        """Whoever asks, as a reader of what stands under this version of the policy."""
        return Reader(await self.console.policies.of(self.api, version), self.language)

    async def posted(self) -> dict[str, str]:
        """The fields of the form that was sent, as texts; of a name that comes twice the last one."""
        return texts(await self.request.form(max_fields=MOST_FIELDS))


def texts(form: FormData) -> dict[str, str]:
    """The fields of a form that are no files; of a name that comes twice the last one."""
    return {name: value for name, value in form.multi_items() if isinstance(value, str)}


async def visit(request: Request) -> Visit:
    """The request, whoever asks."""
    console = console_of(request)
    name = cookies.session_name(console.secure)
    signed = console.seal.open_session(request.cookies.get(name, ""), console.now())
    return Visit(request, console, language_of(request.cookies), signed)


async def quietly(found: Annotated[Visit, Depends(visit)]) -> Asked:
    """Whoever is signed in, asked for by a page and by no person: the session is not renewed by it."""
    if found.signed is None:
        raise SignInNeededError
    return Asked(found.request, found.console, found.language, found.signed)


async def asked(found: Annotated[Asked, Depends(quietly)]) -> Asked:
    """Whoever is signed in and does something: their session goes on. SignInNeededError for nobody."""
    if not found.signed.renewable(found.console.now()):
        return found
    reply = await found.api.send("POST", "/sessions/renewal")
    if reply.problem is not None:
        return found
    renewed = await signed_in(found, reply.body, found.signed.login)
    found.sign(renewed)
    return Asked(found.request, found.console, found.language, renewed)


async def signed_in(found: Visit, body: dict[str, Any], login: str) -> SignedIn:
    """The session that the API has just given or renewed, with the pages that its holder may open now."""
    client = found.request.client
    api = Api(found.console.door, body["token"], found.language, client.host if client else "")
    me = await api.read("/me")
    before = found.signed
    return SignedIn(
        token=body["token"],
        session_id=body["session_id"],
        person_id=me["person_id"],
        # Of whoever signed in without one it is the account's: what was typed comes back to nobody else.
        login=me.get("login") or login,
        name=me.get("name") or login,
        pages=tuple(one.address for one in found.console.entries() if one.is_for(me["may"])),
        expires_at=datetime.fromisoformat(body["expires_at"]),
        ends_at=datetime.fromisoformat(body["ends_at"]),
        tasks=before.tasks if before and before.person_id == me["person_id"] else "",
    )


def insist_on_our_origin(request: Request) -> None:
    """RefusedError when another site's page sends a form in the name of whoever sits before the browser."""
    console = console_of(request)
    ours = f"{'https' if console.secure else 'http'}://{request.headers.get('host', '')}"
    if request.method not in {"GET", "HEAD"} and request.headers.get("origin") != ours:
        raise RefusedError(Problem(403, "another-origin"))


AnyVisit = Annotated[Visit, Depends(visit)]
WhoAsks = Annotated[Asked, Depends(asked)]
WhoWatches = Annotated[Asked, Depends(quietly)]
