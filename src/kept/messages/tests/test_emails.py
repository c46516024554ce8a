"""Emails to families: what they say and do not say, when they go, what a fault of the server does; and the promises."""

from __future__ import annotations

import socket
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from aiosmtpd.controller import Controller
from django.core import mail
from django.urls import reverse
from hypothesis import given, settings
from hypothesis import strategies as st

from kept.access.acting import Refused
from kept.access.roles import Role
from kept.config.mailing import mail_settings
from kept.messages import actions, coming_back, emails, promises
from kept.messages.models import Email
from kept.messages.tests.test_messages import ask, owed
from kept.rules.quiet import Hours, is_quiet, next_allowed
from tests.made_up import a_person

LONDON = ZoneInfo("Europe/London")
NOON = datetime(2026, 6, 1, 12, tzinfo=LONDON)  # a Monday
NIGHT = datetime(2026, 6, 6, 21, 30, tzinfo=LONDON)  # a Saturday
clocks = st.integers(0, 24 * 60 - 1).map(lambda at: time(at // 60, at % 60))
moments = st.integers(0, 366 * 24 * 60).map(lambda at: datetime(2026, 1, 1) + timedelta(minutes=at))


def answered(place, text="Nia starts with Ms Reed on Friday."):
    thread = ask(place)
    with place.acting(place.officer) as actor:
        actions.say(by=actor, thread=thread, text=text, answers=True)
    return thread


def deliver(place, moment=NOON):
    with place.system() as by:
        return emails.deliver_waiting(by=by, moment=moment)


REPORT = """From: MAILER-DAEMON@mail.example
To: kept@mail.example
Subject: Undelivered
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="B"

--B
Content-Type: text/plain

Sorry.
--B
Content-Type: message/delivery-status

Reporting-MTA: dns; mail.example

Final-Recipient: rfc822; mara@home.example
Action: failed
Diagnostic-Code: smtp; 550 no such person

--B
Content-Type: message/rfc822

X-Kept-Key: {key}
Subject: You have a new message

Hello
--B--
"""


def test_an_email_that_came_back_is_told_to_the_officer_with_another_way(place, browse, tmp_path, monkeypatch):
    monkeypatch.setenv("KEPT_BOUNCES", str(tmp_path))
    thread = answered(place)
    deliver(place)
    with place.system():
        sent = Email.objects.get()
        assert sent.sent_at
    assert mail.outbox[-1].extra_headers["X-Kept-Key"] == str(sent.pk)
    (tmp_path / "1.eml").write_text(REPORT.format(key=sent.pk))
    (tmp_path / "2.eml").write_text(REPORT.format(key="00000000-0000-0000-0000-000000000000"))
    with place.system() as by:
        assert [coming_back.read_waiting(by=by), coming_back.read_waiting(by=by)] == [1, 0]
    page = browse(place.officer).get(reverse("messages:thread", args=[thread.pk])).content.decode()
    assert "did not arrive. It came back" in page
    assert reverse("family:copy", args=[thread.child_id, thread.pk]) in page
    desk = browse(place.officer).get(reverse("messages:desk") + "?waiting=all").content.decode()
    assert "Email did not arrive" in desk
    assert (
        "did not arrive" not in browse(place.mother).get(reverse("messages:thread", args=[thread.pk])).content.decode()
    )


class Mailbox:
    """A mail server that keeps what it is given, or refuses."""

    def __init__(self) -> None:
        self.got: list = []
        self.refuses = ""

    async def handle_RCPT(self, server, session, envelope, address, options):
        if self.refuses:
            return self.refuses
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        self.got.append((envelope.rcpt_tos, envelope.content.decode()))
        return "250 Message accepted"


@pytest.fixture
def mailbox(settings):
    """A real SMTP server on this machine, set up as KEPT_SMTP would."""
    box = Mailbox()
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    server = Controller(box, hostname="127.0.0.1", port=port)
    server.start()
    for name, value in mail_settings(f"smtp://127.0.0.1:{port}", settings.EMAIL_FILE_PATH).items():
        setattr(settings, name, value)
    yield box
    server.stop()


def test_a_family_is_told_of_a_message_through_a_real_server_and_nothing_of_it_is_in_the_email(place, mailbox):
    thread = answered(place)
    assert deliver(place) == 1
    assert deliver(place) == 0, "each goes once"
    [(to, words)] = mailbox.got
    assert to == [place.mother.email]
    assert f"/messages/{thread.pk}/" in words
    assert "You have a new message" in words
    assert 'text/plain; charset="utf-8"' in words
    for secret in (place.child.given_names, place.child.family_name + ",", "Reed", "Reading"):
        assert secret not in words.replace(place.mother.name, "")


def test_each_parent_is_told_of_their_own_conversation_only(place, mailbox):
    answered(place)
    deliver(place)
    with place.acting(place.father):
        assert not Email.objects.exists()
    assert {address for to, _ in mailbox.got for address in to} == {place.mother.email}


def test_it_goes_after_the_commit_and_one_waiting_email_is_enough(place, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks() as after:
        thread = answered(place)
        with place.acting(place.officer) as actor:
            actions.say(by=actor, thread=thread, text="One more thing.")
    assert not mail.outbox
    assert len(after) == 2
    with place.system():
        assert Email.objects.filter(sent_at__isnull=True).count() == 1
    assert deliver(place) == 1


def test_nobody_is_woken(place, mailbox):
    answered(place)
    assert deliver(place, NIGHT) == 0
    with place.system():
        assert Email.objects.get().held_until == datetime(2026, 6, 8, 8, tzinfo=LONDON)
    assert deliver(place, datetime(2026, 6, 7, 12, tzinfo=LONDON)) == 0, "a Sunday"
    assert deliver(place, datetime(2026, 6, 8, 8, 1, tzinfo=LONDON)) == 1


def test_who_does_not_want_emails_gets_none_even_if_one_was_waiting(place, mailbox):
    answered(place)
    with place.acting(place.mother) as actor:
        promises.choose_emails(by=actor, messages=False, delays=True)
    assert deliver(place) == 0
    with place.system():
        assert "do not want" in Email.objects.get().stopped_because
    assert not mailbox.got


@pytest.mark.parametrize(("says", "waits"), [("451 Try again later", True), ("550 No such person", False)])
def test_a_fault_of_the_server_leaves_it_waiting_and_a_refused_address_is_said(place, mailbox, says, waits):
    answered(place)
    mailbox.refuses = says
    assert deliver(place) == 0
    with place.system():
        one = Email.objects.get()
        assert (one.stopped_because == "", says[:3] in one.problem) == (waits, True)
    mailbox.refuses = ""
    assert deliver(place) == (1 if waits else 0)


def test_a_password_never_goes_over_a_plain_line(place, mailbox, settings):
    settings.EMAIL_HOST_USER, settings.EMAIL_HOST_PASSWORD = "kept", "secret"
    answered(place)
    assert deliver(place) == 0
    with place.system():
        assert "no encryption" in Email.objects.get().problem


@pytest.mark.parametrize("address", ["mail.example.org:25", "http://mail.example.org", "smtp://:25", "smtp://h:x"])
def test_a_wrong_address_of_the_mail_server_stops_the_start(address):
    with pytest.raises(SystemExit, match="KEPT_SMTP must be"):
        mail_settings(address, "outbox")


@given(moment=moments, begins=clocks, ends=clocks, sundays=st.booleans())
@settings(max_examples=50)
def test_the_next_allowed_moment_is_not_quiet_and_nothing_before_it_was_allowed(moment, begins, ends, sundays):
    hours = Hours(begins, ends, sundays)
    found = next_allowed(moment, hours)
    assert found >= moment
    assert not is_quiet(found, hours)
    assert found - moment <= timedelta(days=2)
    if found > moment:
        assert is_quiet(found - timedelta(microseconds=1), hours)


def test_a_new_standard_holds_from_its_day_and_what_was_promised_before_holds(place):
    manager = a_person(place.area, Role.CASE_MANAGER, name="Mo Manager")
    early = ask(place)
    with place.acting(manager) as actor:
        for days in ((0, 5, place.today), (4, 3, place.today), (2, 30, place.today), (1, 5, date(2026, 5, 1))):
            with pytest.raises(Refused):
                promises.set_standard(by=actor, acknowledge_days=days[0], answer_days=days[1], from_on=days[2])
        promises.set_standard(by=actor, acknowledge_days=1, answer_days=20, from_on=date(2026, 6, 2))
    with place.acting(place.mother, date(2026, 6, 3)) as actor:
        actions.say(by=actor, thread=early, text="Are you there?")
    assert owed(place)["messages.answer"].due_on == date(2026, 6, 15)
    with place.acting(place.officer) as actor, pytest.raises(Refused):
        promises.set_standard(by=actor, acknowledge_days=1, answer_days=5, from_on=place.today)


def test_quiet_hours_leave_time_to_send(place):
    manager = a_person(place.area, Role.CASE_MANAGER, name="Mo Manager")
    with place.acting(manager) as actor:
        with pytest.raises(Refused, match="four hours"):
            promises.set_quiet_hours(by=actor, begins=time(9), ends=time(8), sundays=False)
        promises.set_quiet_hours(by=actor, begins=time(18), ends=time(9, 30), sundays=False)
        assert emails.quiet_hours(actor) == Hours(time(18), time(9, 30), sundays=False)
