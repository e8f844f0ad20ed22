"""The versions of what processes hold in memory (see `core.versions`)."""

from django.db import models


class Version(models.Model):
    """One counter for each thing held in memory: a process that holds an older one reads again."""

    name = models.CharField(primary_key=True, max_length=40)
    value = models.BigIntegerField(default=1)
