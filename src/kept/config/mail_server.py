"""Django's SMTP backend, with STARTTLS wherever the server offers it; a password never goes over a plain line."""

from __future__ import annotations

import smtplib
from typing import Any

from django.core.mail.backends.smtp import EmailBackend
from django.core.mail.utils import DNS_NAME


class MailServer(EmailBackend):
    """The mail server of KEPT_SMTP."""

    def open(self) -> bool | None:
        """Connect; None where that is already done, as Django's own does. Raises SMTPException, OSError."""
        if self.connection:
            return False
        facts: dict[str, Any] = {"local_hostname": DNS_NAME.get_fqdn(), "timeout": self.timeout}
        if self.use_ssl:
            facts["context"] = self.ssl_context
        try:
            self.connection = self.connection_class(self.host, self.port, **facts)
            self._make_safe(self.connection)
            if self.username and self.password:
                self.connection.login(self.username, self.password)
        except OSError:
            if not self.fail_silently:
                raise
            return None
        return True

    def _make_safe(self, server: smtplib.SMTP) -> None:
        if self.use_ssl:
            return
        server.ehlo()
        if server.has_extn("starttls"):
            server.starttls(context=self.ssl_context)
            server.ehlo()
        elif self.password:
            server.close()
            self.connection = None
            raise smtplib.SMTPException("The mail server offers no encryption, so the password was not sent to it.")
