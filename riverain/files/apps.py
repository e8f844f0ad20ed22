from django.apps import AppConfig
from django.conf import settings

from riverain.files import pictures


class FilesConfig(AppConfig):
    name = "riverain.files"
    label = "files"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        pictures.guard_pillow(settings.PICTURE_PIXELS)
