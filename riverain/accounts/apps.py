from django.apps import AppConfig
from django.contrib.auth.signals import user_logged_in


class AccountsConfig(AppConfig):
    name = "riverain.accounts"
    label = "accounts"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from riverain.accounts import sessions

        user_logged_in.connect(sessions.signed_in, dispatch_uid="riverain.accounts.signed_in")
