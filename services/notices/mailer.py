"""Hand letters to the mail server: claim, send, mark. One try at a time, bounded, and visible when given up.

What is promised, and what cannot be: a delivery is claimed before it is sent and marked after, so a redelivered
event, a second mailer or a restart sends no second mail. When the server took a mail and its answer is lost, or
this process dies before the mark is written, nobody knows whether it went out; it is then sent again under the
same Message-ID, by which mail systems and people recognise the repeat. Such a mail may arrive twice.
"""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime

import aiosmtplib

from contracts.addresses import is_address
from contracts.lettering.plain import one_line
from contracts.sealed import Sealed
from services.kit.errors import UnavailableError
from services.kit.logs import logger
from services.kit.sealing import Keyring, SealError, open_sealed
from services.kit.settings import read_secret
from services.kit.waking import pause
from services.notices.issuing import place
from services.notices.settings import Settings
from services.notices.store.deliveries import Deliveries, Mail

IDLE_SECONDS = 0.5
LONGEST_BACKOFF = timedelta(hours=1)
RULE = "-" * 40
"""Between the two languages of a mail."""


@dataclass(frozen=True)
class MailServer:
    """Where and as whom mail is handed over."""

    host: str
    port: int
    security: str
    sender: str
    user: str
    password: str
    timeout: float

    @classmethod
    def of(cls, settings: Settings) -> "MailServer | None":
        """From the settings; None when no server is named."""
        if not settings.smtp_host:
            return None
        password = (
            read_secret(settings.smtp_password_file, "smtp_password_file") if settings.smtp_user else ""
        )
        return cls(
            host=settings.smtp_host,
            port=settings.smtp_port,
            security=settings.smtp_security,
            sender=settings.smtp_from,
            user=settings.smtp_user,
            password=password,
            timeout=settings.smtp_timeout_seconds,
        )

    @property
    def domain(self) -> str:
        """Our side of message ids."""
        return self.sender.rpartition("@")[2]

    async def send(self, message: EmailMessage, recipient: str) -> None:
        """Hand the message over. The envelope is given apart: no header decides who gets it."""
        await aiosmtplib.send(
            message.as_bytes(),
            sender=self.sender,
            recipients=[recipient],
            hostname=self.host,
            port=self.port,
            username=self.user or None,
            password=self.password or None,
            timeout=self.timeout,
            # Otherwise the machine's own name would be looked up, and told.
            local_hostname=self.domain,
            use_tls=self.security == "tls",
            start_tls=self.security == "starttls",
        )


class Mailer:
    """Works through the deliveries that are due."""

    def __init__(
        self,
        deliveries: Deliveries,
        server: MailServer,
        keyring: Keyring,
        clock: Callable[[], datetime],
        *,
        attempts: int,
        backoff: timedelta,
    ) -> None:
        self._deliveries = deliveries
        self._server = server
        self._keyring = keyring
        self._clock = clock
        self._attempts = attempts
        self._backoff = backoff
        # Longer than a try can take: connecting, greeting and sending each have the timeout.
        self._lease = timedelta(seconds=server.timeout * 4 + 10)

    async def run(self, stop: asyncio.Event) -> None:
        """Send until `stop` is set; a mail that is on its way then is finished and marked."""
        while not stop.is_set():
            try:
                if await self.once():
                    continue
            except UnavailableError as error:
                logger.warning("mail waits", reason=str(error))
            await pause(stop, IDLE_SECONDS)

    async def once(self) -> bool:
        """One try of one delivery; False when none is due. Raises UnavailableError."""
        if not await self._deliveries.waiting(self._clock()):
            return False
        mail = await self._deliveries.claim(self._clock(), self._lease)
        if mail is None:
            return False
        try:
            message, recipient = self._message(mail)
        except (SealError, ValueError) as error:
            await self._give_up(mail, "cannot-compose", error)
            return True
        try:
            await self._server.send(message, recipient)
        except (aiosmtplib.SMTPException, OSError) as error:
            await self._retry_or_give_up(mail, error)
        else:
            await self._deliveries.sent(mail, self._clock())
        return True

    def _message(self, mail: Mail) -> tuple[EmailMessage, str]:
        content = open_sealed(Sealed.model_validate(mail.sealed), place(mail.letter_id), self._keyring)
        recipient, body = content["recipient"], content["body"]
        if not isinstance(recipient, str) or not isinstance(body, dict) or not is_address(recipient):
            raise ValueError("the letter has no address")
        message = EmailMessage(policy=SMTP)
        message["From"] = self._server.sender
        message["To"] = recipient
        message["Subject"] = one_line(str(content["mail_subject"]))
        message["Message-ID"] = mail.message_id
        message["Date"] = format_datetime(mail.issued_at)
        message["Auto-Submitted"] = "auto-generated"
        message.set_content(f"{body['zh']}\n\n{RULE}\n\n{body['en']}\n", charset="utf-8", cte="base64")
        return message, recipient

    async def _retry_or_give_up(self, mail: Mail, error: Exception) -> None:
        code = _code(error)
        if _permanent(error) or mail.attempts >= self._attempts:
            await self._give_up(mail, code, error)
            return
        pause = min(self._backoff * 3 ** (mail.attempts - 1), LONGEST_BACKOFF)
        await self._deliveries.failed(mail, code, self._clock() + pause)
        logger.warning("mail not taken", code=code, attempt=mail.attempts, delay=pause.total_seconds())

    async def _give_up(self, mail: Mail, code: str, error: Exception) -> None:
        await self._deliveries.dead(mail, code, self._clock())
        logger.error("mail given up", code=code, attempt=mail.attempts, exc_info=error)


def _code(error: Exception) -> str:
    """What went wrong as a code; a server's own sentence may quote the address."""
    if isinstance(error, aiosmtplib.SMTPRecipientsRefused) and error.recipients:
        return f"smtp-{error.recipients[0].code}"
    if isinstance(error, aiosmtplib.SMTPResponseException):
        return f"smtp-{error.code}"
    if isinstance(error, TimeoutError | aiosmtplib.SMTPTimeoutError):
        return "timeout"
    if isinstance(error, aiosmtplib.SMTPConnectError | OSError):
        return "no-connection"
    return type(error).__name__


def _permanent(error: Exception) -> bool:
    """Whether this very letter was refused for good. A refused login, sender or greeting is ours to repair."""
    if isinstance(error, aiosmtplib.SMTPRecipientsRefused) and error.recipients:
        return 500 <= error.recipients[0].code < 600
    return isinstance(error, aiosmtplib.SMTPDataError) and 500 <= error.code < 600
