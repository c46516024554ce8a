"""Email: the message, sent by SMTP or laid in a folder."""

from __future__ import annotations

import smtplib
import ssl
from dataclasses import dataclass
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import formataddr, make_msgid
from pathlib import Path
from urllib.parse import unquote, urlsplit

from kept.letters.channels.base import CouldNotSend, Parcel, Receipt, email_address, header

TIMEOUT_SECONDS = 20


def as_message(parcel: Parcel, *, sender: str, sender_name: str = "") -> EmailMessage:
    """The message with its files. Raises CouldNotSend where a header is not one line or an address is none."""
    message = EmailMessage(policy=SMTP)
    message["Subject"] = header(parcel.subject, "subject")
    message["From"] = formataddr((header(sender_name, "sender's name"), email_address(sender)))
    message["To"] = formataddr((header(parcel.to_name, "name"), email_address(parcel.to)))
    if parcel.reply_to:
        message["Reply-To"] = email_address(parcel.reply_to)
    domain = email_address(sender).rsplit("@", 1)[1]
    message["Message-ID"] = make_msgid(idstring=header(parcel.key, "key"), domain=domain)
    message["X-Kept-Key"] = parcel.key
    message.set_content(parcel.words)
    for file in parcel.attached:
        main, _, sub = file.kind.partition("/")
        message.add_attachment(file.content, maintype=main, subtype=sub, filename=header(file.name, "file name"))
    return message


@dataclass(frozen=True)
class Smtp:
    """A mail server. address: smtp://user:password@host:port, or smtps:// for TLS from the start.

    STARTTLS is used wherever the server offers it; a password never goes over a plain connection.
    """

    address: str
    sender: str
    sender_name: str = ""
    name: str = "email"

    def send(self, parcel: Parcel) -> Receipt:
        """Hand the message to the server."""
        message = as_message(parcel, sender=self.sender, sender_name=self.sender_name)
        try:
            with self._connected() as server:
                refused = server.send_message(message)
        except smtplib.SMTPRecipientsRefused as error:
            code, said = next(iter(error.recipients.values()))
            raise CouldNotSend(f"The mail server refused {parcel.to}: {code} {_words(said)}") from error
        except smtplib.SMTPResponseException as error:
            may_retry = 400 <= error.smtp_code < 500  # noqa: PLR2004 - SMTP: four hundreds pass, five hundreds stay
            words = f"The mail server answered {error.smtp_code} {_words(error.smtp_error)}"
            raise CouldNotSend(words, may_retry=may_retry) from error
        except (OSError, smtplib.SMTPException) as error:
            raise CouldNotSend(f"The mail server cannot be reached: {error}", may_retry=True) from error
        if refused:
            raise CouldNotSend(f"The mail server refused {parcel.to}.")
        return Receipt("smtp", str(message["Message-ID"]), f"Accepted by {urlsplit(self.address).hostname}")

    def _connected(self) -> smtplib.SMTP:
        place = urlsplit(self.address)
        host = place.hostname or "localhost"
        if place.scheme == "smtps":
            server: smtplib.SMTP = smtplib.SMTP_SSL(
                host, place.port or 465, timeout=TIMEOUT_SECONDS, context=ssl.create_default_context()
            )
        else:
            server = smtplib.SMTP(host, place.port or 587, timeout=TIMEOUT_SECONDS)
            server.ehlo()
            if server.has_extn("starttls"):
                server.starttls(context=ssl.create_default_context())
                server.ehlo()
            elif place.password:
                server.close()
                raise CouldNotSend("The mail server offers no encryption, so the password was not sent to it.")
        if place.username:
            server.login(unquote(place.username), unquote(place.password or ""))
        return server


def _words(said: bytes | str) -> str:
    return said.decode(errors="replace") if isinstance(said, bytes) else str(said)


@dataclass(frozen=True)
class Outbox:
    """A folder: each message is a file that any mail program opens. What is there already is not written again."""

    folder: Path
    sender: str = "kept@localhost.localdomain"
    sender_name: str = ""
    name: str = "email"

    def send(self, parcel: Parcel) -> Receipt:
        """Write the message."""
        message = as_message(parcel, sender=self.sender, sender_name=self.sender_name)
        self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        file = self.folder / f"{parcel.key}.eml"
        if not file.exists():
            part = file.with_suffix(".part")
            part.write_bytes(message.as_bytes())
            part.replace(file)
        return Receipt("outbox", file.name, "Laid in the outbox folder; no mail server is set up")
