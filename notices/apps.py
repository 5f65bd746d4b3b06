"""Bevakningar, the outbox and the documents that leave the house."""

from django.apps import AppConfig


class NoticesConfig(AppConfig):
    name = "notices"
    verbose_name = "Bevakningar och utskick"
