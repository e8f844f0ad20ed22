"""The application that granian, or any other WSGI server, runs."""

import os

import django

from riverain.site.request import Application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "riverain.config.settings")
django.setup(set_prefix=False)

application = Application()
