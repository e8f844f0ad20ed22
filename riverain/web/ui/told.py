"""What one page leaves for the next one to say (« Le signalement est clôturé »), in a cookie: who
signs out, or is not signed in yet, has no session to keep it in."""

from django.conf import settings
from django.contrib.messages.storage.cookie import CookieStorage


class Told(CookieStorage):
    """Django's, under a name that no neighbour of the town's domain can write (`COOKIE_PREFIX`)."""

    cookie_name = f"{settings.COOKIE_PREFIX}messages"
