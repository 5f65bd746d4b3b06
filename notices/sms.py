"""Send one SMS by the way that SMS_BACKEND names. Every municipality has another contract."""

import json
from typing import Protocol
from urllib.request import Request, urlopen

import structlog
from django.conf import settings

logger = structlog.get_logger(__name__)
TIMEOUT = 10


class SmsGateway(Protocol):
    def send(self, number: str, text: str, reference: str) -> None:
        """Hand over to the sender, or OSError. `reference` is the same if it is handed over once more."""


class Console:
    """For development: says in the log that something would have been sent, not what or to whom."""

    def send(self, number: str, text: str, reference: str) -> None:
        logger.info("sms_not_sent", reference=reference, characters=len(text))


class Demo:
    """The row in the outbox is the mailbox."""

    def send(self, number: str, text: str, reference: str) -> None:
        return None


class Http:
    """A JSON post to SMS_URL with SMS_TOKEN: `to`, `text`, `reference`. An answer of 400 or more is an error."""

    def send(self, number: str, text: str, reference: str) -> None:
        body = json.dumps({"to": number, "text": text, "reference": reference}).encode()
        headers = {"Content-Type": "application/json", "Authorization": f"Bearer {settings.SMS_TOKEN}"}
        with urlopen(Request(settings.SMS_URL, body, headers), timeout=TIMEOUT) as answer:  # noqa: S310
            answer.read()


GATEWAYS: dict[str, type[SmsGateway]] = {"console": Console, "demo": Demo, "http": Http}


def send(message):
    GATEWAYS[settings.SMS_BACKEND]().send(message.address, message.text, message.message_id)
