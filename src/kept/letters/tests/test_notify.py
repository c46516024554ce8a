"""GOV.UK Notify's client against a server of our own: what it sends, and what it says when it is refused."""

from __future__ import annotations

import base64
import json
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread

import jwt
import pytest

from kept.letters.channels.base import Attached, CouldNotSend, Parcel
from kept.letters.channels.choosing import channel_for
from kept.letters.channels.mail import Outbox
from kept.letters.channels.notify import Account, NotifyLetter, NotifyWords

SERVICE, SECRET = "11111111-1111-4111-8111-111111111111", "22222222-2222-4222-8222-222222222222"
PARCEL = Parcel(
    key="33333333-3333-4333-8333-333333333333",
    to_name="Pat Sample",
    subject="A letter",
    words="A letter is on its way.",
    postcode="SN1 1AA",
    attached=(Attached("Letter.pdf", b"%PDF-1.7"),),
)


@pytest.fixture
def notify():
    """A server that keeps what it is asked and answers as told."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            server.asked.append((self.path, self.headers["Authorization"], body))
            code, answer = server.answer
            self.send_response(code)
            self.end_headers()
            self.wfile.write(json.dumps(answer).encode())

        def log_message(self, *args):
            pass

    server = HTTPServer(("127.0.0.1", 0), Handler)
    server.asked, server.answer = [], (201, {"id": "there"})
    thread = Thread(target=server.serve_forever)
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def account(notify):
    return Account(f"kept-{SERVICE}-{SECRET}", f"http://127.0.0.1:{notify.server_port}")


def test_a_letter_is_our_own_pdf_under_our_own_reference(notify, account):
    receipt = NotifyLetter(account).send(PARCEL)
    path, authorization, body = notify.asked[0]
    assert (path, receipt.reference) == ("/v2/notifications/letter", "there")
    assert body["reference"] == PARCEL.key
    assert base64.b64decode(body["content"]) == b"%PDF-1.7"
    claims = jwt.decode(authorization.removeprefix("Bearer "), SECRET, algorithms=["HS256"])
    assert claims["iss"] == SERVICE


@pytest.mark.parametrize(("code", "may_retry"), [(400, False), (403, False), (429, True), (503, True)])
def test_a_refusal_is_told_and_only_a_passing_one_is_tried_again(notify, account, code, may_retry):
    notify.answer = (code, {"errors": [{"message": "No good"}]})
    with pytest.raises(CouldNotSend, match="No good") as told:
        NotifyLetter(account).send(PARCEL)
    assert told.value.may_retry is may_retry


def test_an_address_without_a_postcode_is_for_our_own_post(account):
    from dataclasses import replace

    with pytest.raises(CouldNotSend, match="postcode"):
        NotifyLetter(account).send(replace(PARCEL, postcode=""))


def test_a_letter_is_never_put_into_a_text(account):
    with pytest.raises(CouldNotSend, match="attached"):
        NotifyWords(account, "template").send(PARCEL)


@pytest.mark.parametrize("key", ["", "short", f"{SERVICE}"])
def test_a_wrong_key_is_refused_before_anything_is_sent(key):
    with pytest.raises(ValueError, match="key"):
        Account(key)


def test_without_settings_nothing_leaves(tmp_path, monkeypatch):
    for name in ("KEPT_SMTP", "KEPT_NOTIFY_KEY"):
        monkeypatch.delenv(name, raising=False)
    more = {"folder": tmp_path, "sender": "kept@localhost"}
    assert isinstance(channel_for("email", **more), Outbox)
    assert channel_for("post", **more) is None
    assert channel_for("text", **more) is None


def test_the_outbox_writes_a_message_once(tmp_path):
    from dataclasses import replace

    parcel = replace(PARCEL, to="pat@home.example")
    box = Outbox(tmp_path, "kept@sandhaven.example")
    assert box.send(parcel) == box.send(parcel)
    assert len(list(tmp_path.iterdir())) == 1
