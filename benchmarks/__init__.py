"""Measurements. Each module `benchmarks/NAME.py` is `./run bench NAME`; a run stands on its own settings."""

import os

import django
from django.apps import apps

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "samverkan.settings")
os.environ.setdefault("LOG_LEVEL", "WARNING")
if not apps.ready:
    django.setup()
