"""Logs are JSON lines with a request id and without personal data."""

import re
from typing import Any

import structlog
from structlog.typing import EventDict, Processor

IDENTITY_NUMBER = re.compile(r"\b(?:19|20)?\d{6}[-+ ]?\d{4}\b")
KEPT_FROM_REQUESTS = {"request", "user_agent", "query"}


def without_personal_data(_logger: Any, _method: str, event: EventDict) -> EventDict:
    """Identity numbers become •, and what a browser tells about itself or its search is left out."""
    for key in KEPT_FROM_REQUESTS:
        event.pop(key, None)
    return {k: IDENTITY_NUMBER.sub("•", v) if isinstance(v, str) else v for k, v in event.items()}


_SHARED: list[Processor] = [
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_log_level,
    structlog.stdlib.add_logger_name,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
    without_personal_data,
]

REDACTED_PROCESSORS: list[Processor] = [
    structlog.stdlib.filter_by_level,
    *_SHARED,
    structlog.stdlib.PositionalArgumentsFormatter(),
    structlog.processors.format_exc_info,
    structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
]


def logging_config(level):
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "json": {
                "()": structlog.stdlib.ProcessorFormatter,
                "foreign_pre_chain": _SHARED,
                "processors": [
                    structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                    structlog.processors.format_exc_info,
                    without_personal_data,
                    structlog.processors.JSONRenderer(ensure_ascii=False),
                ],
            }
        },
        "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "json"}},
        "root": {"handlers": ["stderr"], "level": level},
        "loggers": {
            "django.server": {"handlers": ["stderr"], "level": "WARNING", "propagate": False},
            "fontTools": {"level": "ERROR"},
            "weasyprint": {"level": "ERROR"},
        },
    }
