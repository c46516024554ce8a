"""Sending: refused until complete, to each their own letter, with proof, and the case told."""

from __future__ import annotations

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

import pytest
from aiosmtpd.controller import Controller
from django.db import DatabaseError, transaction
from django.test import Client

from kept.access.acting import Refused, acting
from kept.access.roles import Role
from kept.cases import actions as cases
from kept.cases.models import Case
from kept.duties.models import Duty
from kept.letters import bounces, text
from kept.letters.bounces import read_bounce
from kept.letters.channels.base import CouldNotSend, Parcel
from kept.letters.channels.mail import as_message
from kept.letters.letter import letter_from
from kept.messages import promises
from kept.notices import actions, coming_back, hooks, queries, sending
from kept.notices.making import TELL_OF_WAITS, desk_of, letter_for, readiness
from kept.notices.models import Dispatch, Proof, Proved, Recipient, Way
from kept.notices.quiet import day_on_letter
from kept.notices.sorts import SORTS
from kept.notices.wording import Wrong
from kept.people.models import Carer, ParentalLink
from kept.rules.quiet import Hours
from tests.made_up import a_person

from .conftest import REFUGE, TODAY

LONDON = ZoneInfo("Europe/London")
NOON = datetime(2025, 12, 15, 12, tzinfo=LONDON)
NIGHT = datetime(2025, 12, 15, 21, 30, tzinfo=LONDON)
DEFAULT = Hours()


def deliver_all(by, moment=NOON):
    return sending.deliver_waiting(by=by, moment=moment)


def post(by, on=TODAY):
    return sending.confirm(by=by, keys=[one.pk for one in queries.waiting_for_post(by)], on=on)


def letter_to(by, notice, name):
    return letter_from(Dispatch.objects.filter(notice=notice, recipient__name=name).latest("pk").letter)


def test_nothing_goes_until_it_is_complete(by, refusal):
    state = readiness(desk_of(by, refusal, dated=TODAY))
    assert "Write the reasons." in state.content
    assert any("mediation adviser" in words for words in state.content)
    with pytest.raises(Wrong) as told:
        sending.send(by=by, notice=refusal, moment=NOON)
    assert len(told.value.problems) > 5
    assert not Dispatch.objects.exists()


def test_everybody_whom_the_law_names_is_found_and_leaving_one_out_is_refused(by, ready):
    roles = {one.role for one in ready.recipients.all()}
    assert roles == {
        "family",
        "responsible commissioning body",
        "social care officers",
        "head, principal or early years lead",
    }
    board = ready.recipients.get(role="responsible commissioning body")
    actions.remove_recipient(by=by, notice=ready, recipient=board)
    with pytest.raises(Wrong, match="Tell the responsible commissioning body"):
        sending.send(by=by, notice=ready, moment=NOON)
    with pytest.raises(Refused, match="requires that the responsible commissioning body is told"):
        actions.put_recipient(by=by, notice=ready, role="responsible commissioning body", none_because="no time")


def test_the_letter_holds_the_rights_and_the_right_dates(by, ready):
    sending.send(by=by, notice=ready, moment=NOON)
    words = letter_to(by, ready, "Mara Sample").all_words()
    assert "Contact the mediation adviser by: 15 February 2026" in words
    assert "Your appeal must reach the Tribunal by: 16 February 2026" in words  # the 15th is a Sunday
    assert "Level Ground Mediation" in words
    assert "The school can meet the needs." in words


def test_a_confidential_address_is_on_its_holders_letter_alone(by, ready):
    sending.send(by=by, notice=ready, moment=NOON)
    assert REFUGE in letter_to(by, ready, "Mara Sample").address
    others = Dispatch.objects.filter(notice=ready).exclude(recipient__name="Mara Sample")
    assert others.count() == 4
    for one in others:
        assert REFUGE not in str(one.letter)
        assert "QX9 9XQ" not in str(one.letter)


@pytest.mark.parametrize("typed", ["They live at hidden refuge  house now.", "The postcode is qx99xq."])
def test_a_confidential_address_in_the_reasons_stops_the_letters(by, ready, typed):
    actions.write(by=by, notice=ready, facts={"reasons": typed})
    with pytest.raises(Wrong, match="confidential address"):
        sending.send(by=by, notice=ready, moment=NOON)


def test_a_parent_who_may_not_see_the_record_gets_no_letter(by, case, child):
    ParentalLink.objects.filter(carer__name="Farid Sample").update(withheld_because="court order")
    event = case.events.get(kind="assess_decision")
    notice = actions.start(by=by, case=case, sort="N2-refuse", event=event.pk)
    assert not notice.recipients.filter(name="Farid Sample").exists()


def test_a_notice_is_sent_when_each_letter_has_proof_and_then_the_case_says_so(by, ready, case):
    sending.send(by=by, notice=ready, moment=NOON)
    assert deliver_all(by) == 4
    ready.refresh_from_db()
    assert ready.sent_on is None  # the letter by post has not gone
    assert not case.events.filter(kind="decision_notice_sent").exists()
    assert post(by) == 1
    ready.refresh_from_db()
    assert ready.sent_on == TODAY
    event = case.events.get(kind="decision_notice_sent")
    assert (event.happened_on, event.details) == (TODAY, {"decision": "refuse_assess"})
    duty = Duty.objects.filter(child=case.child, rule="appeal.lodge")
    assert not duty.exists()  # the family's own right is nobody's duty


def test_pressing_twice_sends_once(by, ready):
    made = sending.send(by=by, notice=ready, moment=NOON)
    assert sending.send(by=by, notice=ready, moment=NOON) == []
    assert deliver_all(by) == 4
    assert deliver_all(by) == 0
    assert post(by) == 1
    assert post(by) == 0
    assert Dispatch.objects.count() == len(made) == 5


def test_a_page_or_a_text_is_never_a_way_to_send(by, ready):
    for way in ("portal", "text"):
        with pytest.raises(Refused, match="never enough"):
            actions.put_recipient(by=by, notice=ready, recipient=ready.recipients.first(), way=way)


def test_letters_posted_on_another_day_are_made_again(by, ready, here, olga):
    sending.send(by=by, notice=ready, moment=NOON)
    with acting(user=olga, area=here, today=date(2025, 12, 16)) as later:
        with pytest.raises(Refused, match="another day"):
            post(later, on=date(2025, 12, 16))
        made = sending.send(by=later, notice=ready, moment=datetime(2025, 12, 16, 9, tzinfo=LONDON))
        assert {one.dated for one in made} == {date(2025, 12, 16)}
        assert Proof.objects.filter(what=Proved.STOPPED).count() == 5
        assert "16 February 2026" in letter_to(later, ready, "Mara Sample").all_words()


def test_an_email_that_bounces_takes_the_notice_back_and_owes_it_again(by, ready, case, tmp_path, monkeypatch):
    sending.send(by=by, notice=ready, moment=NOON)
    deliver_all(by)
    post(by)
    to_father = Dispatch.objects.get(recipient__name="Farid Sample")
    raw = (
        "From: mailer@mx.example\nTo: kept@sandhaven.example\nSubject: failed\nMIME-Version: 1.0\n"
        'Content-Type: multipart/report; report-type=delivery-status; boundary="B"\n\n'
        "--B\nContent-Type: text/plain\n\nSorry.\n--B\nContent-Type: message/delivery-status\n\n"
        "Reporting-MTA: dns; mx.example\n\nFinal-Recipient: rfc822; farid@home.example\nAction: failed\n"
        "Status: 5.1.1\nDiagnostic-Code: smtp; 550 no such person\n\n"
        f"--B\nContent-Type: text/rfc822-headers\n\nX-Kept-Key: {to_father.pk}\n\n--B--\n"
    ).encode()
    bounce = read_bounce(raw)
    assert (bounce.key, bounce.to, bounce.why) == (str(to_father.pk), "farid@home.example", "550 no such person")
    assert coming_back.read_waiting(by=by) == 0
    monkeypatch.setenv(bounces.FOLDER, str(tmp_path / "new"))
    (tmp_path / "new").mkdir()
    (tmp_path / "new" / "1.eml").write_bytes(raw)
    (tmp_path / "new" / "2.eml").write_bytes(b"From: a@b.example\n\nThank you")
    assert [coming_back.read_waiting(by=by) for _ in range(2)] == [1, 0]
    ready.refresh_from_db()
    assert ready.sent_on is None
    assert Proof.objects.filter(dispatch=to_father, what=Proved.BOUNCED).count() == 1
    assert not [row for row in queries.lines_of(by, Case.objects.get(pk=case.pk))[0] if row.owed.sent]
    assert Duty.objects.get(source="notices").what == "Send again: We will not assess"
    # his letter now goes by post, for which he needs an address
    with pytest.raises(Wrong, match="no address for Farid"):
        sending.send(by=by, notice=ready, moment=NOON)
    father = ready.recipients.get(name="Farid Sample")
    actions.put_recipient(by=by, notice=ready, recipient=father, address="Flat 2, The Quay")
    assert len(sending.send(by=by, notice=ready, moment=NOON)) == 1
    post(by)
    ready.refresh_from_db()
    assert ready.sent_on == TODAY
    assert not Duty.objects.filter(source="notices").exists()


def test_a_plain_reply_or_a_delay_is_no_bounce():
    assert read_bounce(b"From: a@b.example\nSubject: Re: letter\n\nThank you") is None
    assert read_bounce(b"\xff\xfe garbage") is None


def test_an_address_without_a_postcode_goes_and_is_pointed_out(by, ready):
    mother = ready.recipients.get(name="Mara Sample")
    actions.put_recipient(by=by, notice=ready, recipient=mother, address="The Boat\nSandhaven Marina")
    state = readiness(desk_of(by, ready, dated=TODAY))
    assert state.is_ready
    assert any("no postcode" in words for words in state.look_at)
    sending.send(by=by, notice=ready, moment=NOON)
    assert queries.waiting_for_post(by).get().postcode == ""


def test_real_smtp_carries_the_letter_without_a_name_or_a_need_outside_it(by, ready, monkeypatch):
    got = []

    class Keep:
        async def handle_DATA(self, server, session, envelope):
            got.append((envelope.rcpt_tos, envelope.content))
            return "250 kept"

        async def handle_RCPT(self, server, session, envelope, address, options):
            if address.startswith("social"):
                return "550 no such box"
            envelope.rcpt_tos.append(address)
            return "250 OK"

    controller = Controller(Keep(), hostname="127.0.0.1", port=0)
    controller.port = _free_port()
    controller.start()
    try:
        monkeypatch.setenv("KEPT_SMTP", f"smtp://127.0.0.1:{controller.port}")
        sending.send(by=by, notice=ready, moment=NOON)
        assert deliver_all(by) == 3
    finally:
        controller.stop()
    mail = next(content for to, content in got if to == ["farid@home.example"])
    outside = mail.split(b"application/pdf")[0]
    assert b"%PDF" not in outside
    assert b"Nia" not in outside
    assert b"assess" not in outside
    failed = Proof.objects.get(what=Proved.FAILED)
    assert "550" in failed.words
    ready.refresh_from_db()
    assert ready.sent_on is None


def _free_port():
    import socket

    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return found.getsockname()[1]


def test_a_mail_server_that_is_away_leaves_the_letter_waiting(by, ready, monkeypatch):
    monkeypatch.setenv("KEPT_SMTP", f"smtp://127.0.0.1:{_free_port()}")
    sending.send(by=by, notice=ready, moment=NOON)
    assert deliver_all(by) == 0
    monkeypatch.delenv("KEPT_SMTP")
    assert deliver_all(by) == 4


@pytest.mark.parametrize("bad", ["a@b.example\nBcc: all@evil.example", "a@b.example, c@d.example", "nobody", "a@b"])
def test_a_header_cannot_be_smuggled_in(by, ready, bad):
    with pytest.raises(Refused):
        actions.put_recipient(by=by, notice=ready, name="Some Body", way="email", email=bad)


@pytest.mark.parametrize("field", ["to", "to_name", "subject", "reply_to", "key"])
def test_no_part_of_a_message_takes_a_line_break(field):
    parts = {"key": "k", "to_name": "N", "subject": "S", "words": "W", "to": "a@b.example"}
    with pytest.raises(CouldNotSend):
        as_message(Parcel(**{**parts, field: "a@b.example\r\nBcc: x@y.example"}), sender="c@d.example")


def test_in_quiet_hours_an_email_to_a_family_waits_and_all_letters_bear_the_morning(by, ready):
    made = sending.send(by=by, notice=ready, moment=NIGHT)
    # the limit, 15 December, would be missed by waiting: so it goes at once
    assert {one.dated for one in made} == {TODAY}
    assert not [one for one in made if one.held_until]


def test_the_day_on_a_letter_sent_at_night():
    def dated(moment, *, hours=DEFAULT, mails=True, limit=None):
        return day_on_letter(moment, hours, mails_family=mails, limit=limit)

    assert dated(NIGHT) == date(2025, 12, 16)
    assert dated(NIGHT, mails=False) == TODAY
    assert dated(NIGHT, limit=TODAY) == TODAY
    assert dated(NIGHT, limit=date(2025, 12, 14)) == date(2025, 12, 16)
    assert dated(datetime(2025, 12, 20, 22, tzinfo=LONDON)) == date(2025, 12, 22)
    assert dated(NIGHT, hours=Hours(begins=time(22), ends=time(7))) == TODAY


def test_letters_keep_the_quiet_hours_that_the_area_set_for_emails(by, here, child, olga, letterhead):
    with acting(user=a_person(here, Role.CASE_MANAGER), area=here, today=TODAY) as manager:
        promises.set_quiet_hours(by=manager, begins=time(18), ends=time(9), sundays=True)
    asked = {"kind": "request_received", "on": TODAY, "details": {"by": "parent"}}
    case = cases.open_case(by=by, child=child, officer=olga, **asked)
    notice = actions.start(by=by, case=case, sort="N1", event=case.events.get().pk)
    six = datetime(2025, 12, 15, 18, 5, tzinfo=LONDON)
    made = sending.send(by=by, notice=notice, moment=six)
    morning = datetime(2025, 12, 16, 9, tzinfo=LONDON)
    assert {(one.dated, one.held_until) for one in made if one.way == Way.EMAIL and one.recipient.is_family} == {
        (date(2025, 12, 16), morning)
    }
    assert {one.dated for one in made} == {date(2025, 12, 16)}


def test_paper_only_cannot_go_by_email_and_a_file_must_be_a_real_pdf(by, ready):
    with pytest.raises(Refused, match="not a PDF"):
        actions.enclose(by=by, notice=ready, title="Report", content=b"PK\x03\x04 a zip")
    with pytest.raises(Refused, match=r"damaged|no pages"):
        actions.enclose(by=by, notice=ready, title="Report", content=b"%PDF-1.7 nothing")
    actions.enclose(by=by, notice=ready, title="Report")
    with pytest.raises(Wrong, match="paper only"):
        sending.send(by=by, notice=ready, moment=NOON)


def test_letters_and_proof_are_never_changed(by, ready):
    sending.send(by=by, notice=ready, moment=NOON)
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        Dispatch.objects.update(to="somebody@else.example")


def test_a_parent_reads_their_own_letters_and_not_the_other_parents(by, ready, here):
    sending.send(by=by, notice=ready, moment=NOON)
    user = a_person(here, Role.FAMILY, name="Farid Sample")
    from kept.access.acting import acting_as_system
    from kept.access.models import Grant, Relation

    with acting_as_system(here):
        Carer.objects.filter(name="Farid Sample").update(user=user)
        Grant.objects.create(
            area=here, child_id=ready.child_id, user=user, relation=Relation.FAMILY, starts_on=date(2020, 1, 1)
        )
    with acting(user=user, area=here, today=TODAY) as father:
        assert Dispatch.objects.count() == 1
        assert [one.recipient_id for one in queries.letters_to_me(father, ready.child_id)] == [
            Dispatch.objects.get().recipient_id
        ]


def test_a_young_person_reads_their_own_letters_and_not_their_parents(by, ready, here):
    sending.send(by=by, notice=ready, moment=NOON)
    user = a_person(here, Role.FAMILY, name="Nia Sample")
    from kept.access.acting import acting_as_system
    from kept.access.models import Grant, Relation

    with acting_as_system(here):
        own, other = Dispatch.objects.filter(recipient__is_family=True).order_by("pk")[:2]
        Recipient.objects.filter(pk=own.recipient_id).update(is_young_person=True, carer=None)
        Grant.objects.create(
            area=here, child_id=ready.child_id, user=user, relation=Relation.YOUNG_PERSON, starts_on=date(2020, 1, 1)
        )
    with acting(user=user, area=here, today=TODAY) as nia:
        assert [one.pk for one in queries.letters_to_me(nia, ready.child_id)] == [own.pk]
        assert not Dispatch.objects.filter(pk=other.pk).exists()


def test_a_version_seen_is_checked(by, ready):
    with pytest.raises(Refused, match="Somebody changed"):
        sending.send(by=by, notice=ready, version=ready.version - 1, moment=NOON)


def test_the_letter_for_a_body_says_that_it_is_a_copy(by, ready):
    desk = desk_of(by, ready, dated=TODAY)
    board = next(one for one in desk.recipients if one.role == "responsible commissioning body")
    assert "This is a copy for you" in letter_for(desk, board).all_words()
    assert board.way == Way.EMAIL


def test_the_family_alone_reads_of_the_wait_where_a_wait_matters(by, ready, monkeypatch):
    said = "Children in Nia’s place are usually seen between May and August."
    monkeypatch.setitem(hooks._waits, "waits", lambda actor, child_id, easy: (text(said),))
    desk = desk_of(by, ready, dated=TODAY)
    for one in desk.recipients:
        assert (said in letter_for(desk, one).all_words()) is one.is_family
    assert {one.is_family for one in desk.recipients} == {True, False}
    assert set(TELL_OF_WAITS) <= set(SORTS)


def page_as(user, area, address) -> str:
    """A page as somebody reads it today."""
    with acting(user=user, area=area):
        client = Client()
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        session = client.session
        session["area"] = str(area.pk)
        session.save()
        return " ".join(client.get(address).content.decode().split())


def test_a_letter_that_the_case_has_overtaken_says_so(by, case, here, olga):
    """That an assessment is considered is not news once it was refused."""
    considering, refused = queries.lines_of(by, case)[0]
    assert (considering.since.sort.key, refused.since) == ("N2-refuse", None)
    asked = case.events.get(kind="request_received")
    notice = actions.start(by=by, case=case, sort="N1", event=asked.pk)
    said = page_as(olga, here, f"/notices/{notice.pk}/")
    assert "The case has moved on: “we will not assess”" in said
    assert "The case has moved on since" in page_as(olga, here, f"/cases/{case.pk}/notices/")


def test_the_list_of_letters_says_what_went_and_which_are_mine(by, ready, here, olga):
    other = a_person(here, Role.CASE_OFFICER, name="Cal Colleague")
    said = page_as(olga, here, "/notices/?whose=mine")
    assert "Nothing sent yet" in said
    sending.send(by=by, notice=ready, moment=NOON)
    assert "Some still to go" in page_as(olga, here, "/notices/")
    assert "Some still to go" not in page_as(other, here, "/notices/?whose=mine")
    assert "we will not assess" in page_as(olga, here, "/notices/post/")
