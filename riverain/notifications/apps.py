from django.apps import AppConfig


class NotificationsConfig(AppConfig):
    name = "riverain.notifications"
    label = "notifications"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from riverain.notifications.actions import HEARD, hear
        from riverain.reports.events import subscribe

        subscribe("notifications", HEARD, hear)
