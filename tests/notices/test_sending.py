"""Each message leaves once, whoever sends, whatever fails, and never after it was stopped."""

import json
import socket
import threading
import time
from datetime import timedelta
from email import message_from_bytes
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
from django.core import mail as outgoing
from django.db import connection, transaction
from django.utils import timezone

from notices import sending, tasks
from notices.models import Channel, Kind, OutboxMessage
from tests import casting

ICS = "BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\nEND:VCALENDAR\r\n"


def write(cast, number=1, **fields):
    fields = {
        "kind": Kind.MEETING_BOOKED,
        "object_key": f"meeting:{number}",
        "channel": Channel.EMAIL,
        "address": f"mottagare{number}@example.org",
        "organisation": cast.ifo,
        "subject": "Kallelse till möte",
        "body": "Tid: 24 november 09.00\nPlats: Rådhuset",
        **fields,
    }
    return OutboxMessage.objects.create(**fields)


def test_a_mail_leaves_with_a_stable_id_and_its_invitation(cast):
    message = write(cast, calendar=ICS, calendar_method="REQUEST")
    tasks.send_due()
    [sent] = outgoing.outbox
    raw = message_from_bytes(sent.message().as_bytes())
    assert raw["Message-ID"] == f"<utskick-{message.pk}@samverkan>"
    assert sent.to == [message.address]
    [_, invitation] = raw.get_payload()
    assert invitation.get_content_type() == "text/calendar"
    assert invitation.get_param("method") == "REQUEST"
    assert invitation.get_payload(decode=True).decode() == ICS
    message.refresh_from_db()
    assert (message.attempts, message.failure, message.standing) == (1, "", ("ok", "skickat"))


@pytest.mark.parametrize(
    "fields",
    [
        {"cancelled_at": timezone.now()},
        {"sent_at": timezone.now()},
        {"failed_at": timezone.now()},
        {"due_at": timezone.now() + timedelta(hours=1)},
        {"channel": Channel.LETTER, "address": "Storgatan 1"},
    ],
)
def test_what_may_not_go_yet_or_any_more_stays(cast, fields):
    write(cast, **fields)
    assert sending.send_due() == 0
    assert outgoing.outbox == []


def test_the_same_message_is_written_once(cast):
    row = write(cast)
    OutboxMessage.objects.bulk_create(
        [
            OutboxMessage(
                kind=row.kind,
                object_key=row.object_key,
                channel=row.channel,
                address=row.address,
                organisation=cast.ifo,
                subject="x",
                body="x",
            )
        ],
        ignore_conflicts=True,
    )
    assert OutboxMessage.objects.count() == 1


def closed_port():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


@pytest.fixture
def silent_server():
    """Accepts and never says a word."""
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        server.listen()
        yield server.getsockname()[1]


def over_smtp(settings, port):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", port, 0.3


def test_a_stopped_mail_server_puts_the_mail_off(cast, settings):
    over_smtp(settings, closed_port())
    message = write(cast)
    assert sending.send_due() == 0
    message.refresh_from_db()
    assert (message.attempts, message.failure, message.sent_at) == (1, "ConnectionRefusedError", None)
    assert message.due_at > timezone.now()
    assert message.standing == ("warn", "försöker igen")


def test_a_silent_mail_server_is_given_up_on(cast, settings, silent_server):
    over_smtp(settings, silent_server)
    message = write(cast)
    began = time.monotonic()
    sending.send_due()
    message.refresh_from_db()
    assert message.failure == "SMTPServerDisconnected"
    assert time.monotonic() - began < 3


def test_when_the_way_out_is_shut_the_rest_waits_for_the_next_beat(cast, settings):
    over_smtp(settings, closed_port())
    for number in range(10):
        write(cast, number)
    sending.send_due()
    assert OutboxMessage.objects.filter(attempts=1).count() == sending.FAILURES_IN_A_ROW


def test_it_fails_for_good_after_the_last_try(cast, settings):
    over_smtp(settings, closed_port())
    message = write(cast, attempts=OutboxMessage.MAX_ATTEMPTS - 1)
    sending.send_due()
    message.refresh_from_db()
    assert message.failed_at
    assert message.standing == ("bad", "kom inte fram")


@pytest.mark.parametrize("fields", [{"subject": "Rad\nBcc: x@example.org"}, {"address": "a@example.org\nBcc: b@c.se"}])
def test_an_injected_header_is_never_sent_and_stops_nobody_else(cast, fields):
    write(cast, 1, **fields)
    write(cast, 2)
    assert sending.send_due() == 1
    assert [m.to for m in outgoing.outbox] == [["mottagare2@example.org"]]


def test_an_sms_goes_by_the_named_way(cast, settings):
    received = []

    class Gateway(BaseHTTPRequestHandler):
        def do_POST(self):
            received.append(
                (self.headers["Authorization"], json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
            )
            self.send_response(202)
            self.end_headers()

        def log_message(self, *args):
            return None

    server = HTTPServer(("127.0.0.1", 0), Gateway)
    thread = threading.Thread(target=server.handle_request)
    thread.start()
    settings.SMS_BACKEND, settings.SMS_TOKEN = "http", "hemlig"
    settings.SMS_URL = f"http://127.0.0.1:{server.server_port}/sms"
    message = write(cast, channel=Channel.SMS, address="+46700000000", body="Möte i morgon 09.00")
    assert sending.send_due() == 1
    thread.join()
    server.server_close()
    assert received == [
        ("Bearer hemlig", {"to": "+46700000000", "text": "Möte i morgon 09.00", "reference": message.message_id})
    ]


@pytest.mark.parametrize("backend", ["console", "demo"])
def test_other_ways_send_no_sms_anywhere(cast, settings, backend, caplog):
    settings.SMS_BACKEND = backend
    write(cast, channel=Channel.SMS, address="+46700000000", body="Möte i morgon")
    assert sending.send_due() == 1
    assert "+46700000000" not in caplog.text
    assert "Möte" not in caplog.text


def test_a_worker_that_dies_while_sending_leaves_the_row_waiting(cast, monkeypatch):
    class Killed(BaseException):
        pass

    def die(message):
        raise Killed

    message = write(cast)
    monkeypatch.setitem(sending.SENDERS, Channel.EMAIL, die)
    with pytest.raises(Killed):
        sending.send_due()
    message.refresh_from_db()
    assert (message.attempts, message.sent_at) == (0, None)
    assert OutboxMessage.objects.waiting(timezone.now()).count() == 1


# --- with real commits ------------------------------------------------------------------------------------------
def in_threads(*acts):
    def run(act):
        try:
            act()
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=[act]) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def assembled():
    with transaction.atomic():
        return casting.assemble()


@pytest.mark.django_db(transaction=True)
def test_two_senders_at_once_send_each_message_once(reference, monkeypatch):
    cast = assembled()
    for number in range(12):
        write(cast, number)
    sent = []

    def slowly(message):
        time.sleep(0.02)
        sent.append((threading.get_ident(), message.pk))

    monkeypatch.setitem(sending.SENDERS, Channel.EMAIL, slowly)
    in_threads(sending.send_due, sending.send_due)
    assert sorted(pk for _, pk in sent) == sorted(OutboxMessage.objects.values_list("pk", flat=True))
    assert len({who for who, _ in sent}) == 2


@pytest.mark.django_db(transaction=True)
def test_whoever_stops_a_message_waits_for_its_sender_or_wins(reference, monkeypatch):
    cast = assembled()
    message = write(cast)
    sending_now, sent = threading.Event(), []

    def slowly(row):
        sending_now.set()
        time.sleep(0.3)
        sent.append(row.pk)

    def cancel():
        sending_now.wait(5)
        OutboxMessage.objects.filter(pk=message.pk).cancel(timezone.now())

    monkeypatch.setitem(sending.SENDERS, Channel.EMAIL, slowly)
    in_threads(sending.send_due, cancel)
    message.refresh_from_db()
    assert sent == [message.pk]
    assert message.sent_at
    assert message.cancelled_at is None
