"""What bounces is told to whoever wrote it, once; what the gateway says is believed only with its key."""

import threading
from smtplib import SMTPRecipientsRefused
from socketserver import StreamRequestHandler, TCPServer

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.trace import actor_of
from audit.log import Subject, record
from audit.models import Action
from notices import bounces, delivery, factors, sending, tasks
from notices.models import Channel, Kind, Notice, OutboxMessage
from tests.notices.test_sending import write

BOUNCE = """From: MAILER-DAEMON@relay.example.org
To: studs@example.org
Subject: Undelivered Mail Returned to Sender
Content-Type: multipart/report; report-type=delivery-status; boundary="gr"

--gr
Content-Type: text/plain

Adressen finns inte: mottagare1@example.org

--gr
Content-Type: message/delivery-status

Reporting-MTA: dns; relay.example.org

Final-Recipient: rfc822; mottagare1@example.org
Action: {action}
Status: {status}

--gr
Content-Type: text/rfc822-headers

Message-ID: {reference}
Subject: Kallelse till möte

--gr--
"""


@pytest.fixture
def message(cast):
    return write(cast, case=cast.case, watcher=cast.anna, sent_at=timezone.now())


def notices():
    return Notice.objects.filter(kind=Kind.MESSAGE_FAILED)


def bounce(message, action="failed", status="5.1.1"):
    return BOUNCE.format(action=action, status=status, reference=message.message_id).encode()


def test_a_bounce_is_read_and_told_once_without_the_address(message, cast):
    for _ in range(2):
        delivery.bounced(*bounces.read(bounce(message)))
    message.refresh_from_db()
    assert (message.failure, message.standing) == ("studsade 5.1.1", ("bad", "kom i retur"))
    notice = notices().get()
    assert (notice.recipient, notice.case) == (cast.anna, cast.case)
    assert notice.text == "Kallelse till möte, e-post. Ring i stället."


@pytest.mark.parametrize(
    "raw",
    [b"Hej, jag har semester. <utskick-1@samverkan>", b"Subject: hej\n\nhej", b""],
)
def test_other_mail_is_no_bounce(raw):
    assert bounces.read(raw) is None


def test_a_delay_is_no_bounce(message):
    assert bounces.read(bounce(message, action="delayed", status="4.4.1")) is None


def test_a_reference_that_is_nobodys_harms_nothing(db):
    assert delivery.bounced("<utskick-999999@samverkan>", "studsade") is False
    assert delivery.bounced("skräp", "studsade") is False


class Pop(StreamRequestHandler):
    """A mailbox with `server.mails`; what is deleted and then quit is gone."""

    def handle(self):
        doomed = set()
        self.wfile.write(b"+OK\r\n")
        for line in self.rfile:
            word, *rest = line.decode().split()
            if word == "LIST":
                listing = [f"{n} {len(m)}" for n, m in enumerate(self.server.mails, 1)]
                self.wfile.write("\r\n".join(["+OK", *listing, ".", ""]).encode())
            elif word == "RETR":
                text = self.server.mails[int(rest[0]) - 1].replace(b"\n", b"\r\n")
                self.wfile.write(b"+OK\r\n" + text + b"\r\n.\r\n")
            else:
                if word == "DELE":
                    doomed.add(int(rest[0]) - 1)
                if word in ("USER", "PASS"):
                    self.server.said.append(rest[0])
                self.wfile.write(b"+OK\r\n")
            if word == "QUIT":
                self.server.mails[:] = [m for n, m in enumerate(self.server.mails) if n not in doomed]
                return


def test_the_mailbox_is_read_and_emptied(message, settings):
    with TCPServer(("127.0.0.1", 0), Pop) as server:
        server.mails, server.said = [b"Subject: semester\n\nhej", bounce(message)], []
        thread = threading.Thread(target=server.handle_request)
        thread.start()
        settings.BOUNCE_MAILBOX = f"pop3://studs:l%C3%B6sen@127.0.0.1:{server.server_address[1]}"
        tasks.read_bounces()
        thread.join()
    assert server.mails == []
    assert notices().count() == 1


def test_without_a_mailbox_nothing_is_read(settings):
    settings.BOUNCE_MAILBOX = ""
    assert bounces.read_mailbox() == 0


def test_a_refused_address_fails_at_once_and_is_told(cast, monkeypatch):
    message = write(cast, case=cast.case, watcher=cast.anna)

    def refuse(message):
        raise SMTPRecipientsRefused({message.address: (550, b"okand mottagare1@example.org")})

    monkeypatch.setitem(sending.SENDERS, Channel.EMAIL, refuse)
    sending.send_due()
    message.refresh_from_db()
    assert message.failed_at
    assert message.failure == "SMTPRecipientsRefused 550"
    assert notices().count() == 1


def test_a_full_mailbox_is_tried_again(cast, monkeypatch):
    message = write(cast, watcher=cast.anna)

    def refuse(message):
        raise SMTPRecipientsRefused({message.address: (452, b"full")})

    monkeypatch.setitem(sending.SENDERS, Channel.EMAIL, refuse)
    sending.send_due()
    message.refresh_from_db()
    assert message.failed_at is None
    assert not notices().exists()


def report(message, status, key="nyckel"):
    url, said = reverse("notices:report"), {"reference": message.message_id, "status": status}
    return Client(enforce_csrf_checks=True).post(url, said, headers={"Authorization": f"Bearer {key}"}).status_code


def test_the_gateway_reports_with_its_key(message, settings):
    settings.DELIVERY_TOKEN = "nyckel"
    assert report(message, "delivered") == 204
    message.refresh_from_db()
    assert message.standing == ("ok", "framme")
    assert report(message, "failed") == 204
    message.refresh_from_db()
    assert message.standing == ("bad", "kom i retur")
    assert report(message, "kanske") == 400


@pytest.mark.parametrize(("setting", "key"), [("", ""), ("nyckel", "fel"), ("nyckel", "")])
def test_without_the_key_nobody_reports(message, settings, setting, key):
    settings.DELIVERY_TOKEN = setting
    assert report(message, "failed", key) == 404
    assert not notices().exists()


def test_a_changed_second_step_is_told_to_its_owner_once_and_shown_to_no_colleague(client, cast):
    for number in (1, 2):
        subject = Subject(kind="factor", id=str(number))
        record(Action.FACTOR_ADDED, actor=cast.gate(cast.bo).actor, subject=subject, request_id="r1")
    record(Action.FACTOR_REMOVED, subject=Subject(kind="user", id=str(cast.anna.pk)), ground="totp 1, av driften")
    assert factors.tell() == 2
    assert factors.tell() == 0
    rows = {m.address: m for m in OutboxMessage.objects.filter(kind=Kind.FACTORS)}
    assert set(rows) == {cast.bo.email, cast.anna.email}
    assert rows[cast.bo.email].body.startswith("Hej Bo!")
    client.force_login(cast.ingrid)
    assert "Din inloggning" not in client.get(reverse("notices:outbox")).content.decode()


def test_a_spare_code_is_told_and_an_ordinary_log_in_is_not(cast):
    record(Action.LOGGED_IN, actor=actor_of(cast.anna, "lösenord och kod"), request_id="r1")
    assert factors.tell() == 0
    record(Action.LOGGED_IN, actor=actor_of(cast.anna, "lösenord och reservkod"), request_id="r2")
    assert factors.tell() == 1
