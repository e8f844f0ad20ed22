"""Every setting of Riverain, read from the environment. `docs/settings.md` explains each one."""

import sys
from pathlib import Path

from riverain.config import env

ROOT = Path(__file__).resolve().parent.parent
HOME = Path(env.text("RIVERAIN_HOME", "var")).resolve()

SECRET_KEY = env.text("RIVERAIN_SECRET_KEY")
PUBLIC_URL = env.text("RIVERAIN_PUBLIC_URL", "http://127.0.0.1:8000").rstrip("/")
ALLOWED_HOSTS = env.listing("RIVERAIN_ALLOWED_HOSTS", "127.0.0.1,localhost,[::1]")
TRUSTED_PROXIES = env.networks("RIVERAIN_TRUSTED_PROXIES")
HTTPS = PUBLIC_URL.startswith("https://")
DEBUG = False

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.staticfiles",
    "procrastinate.contrib.django",
    "allauth",
    "allauth.account",
    "riverain.core",
    "riverain.audit",
    "riverain.accounts",
    "riverain.guard",
    "riverain.files",
    "riverain.territory",
    "riverain.organisation",
    "riverain.catalogue",
    "riverain.reports",
    "riverain.notifications",
    "riverain.web.ui",
    "riverain.web.portal",
    "riverain.web.desk",
    "riverain.site",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]

ROOT_URLCONF = "riverain.site.urls"
WSGI_APPLICATION = "riverain.site.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "django.template.context_processors.i18n",
            ],
        },
    },
]

# The application's role may only INSERT and SELECT in the log; migrations run as the owner.
DATABASES = {"default": env.database("DATABASE_URL")}
OWNER_DATABASE = env.database("DATABASE_OWNER_URL", env.text("DATABASE_URL"))

CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "core_cache",
    },
}

AUTH_USER_MODEL = "accounts.User"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SECURE = HTTPS
SESSION_COOKIE_AGE = 12 * 3600
CSRF_COOKIE_SECURE = HTTPS
CSRF_TRUSTED_ORIGINS = [PUBLIC_URL]
SECURE_REFERRER_POLICY = "same-origin"
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
X_FRAME_OPTIONS = "DENY"

LANGUAGE_CODE = "fr"
LANGUAGES = [("fr", "Français"), ("en", "English")]
LOCALE_PATHS = [ROOT / "locale"]
TIME_ZONE = "Europe/Paris"
USE_TZ = True
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

STATIC_URL = "/static/"
STATIC_ROOT = HOME / "static"

MAIL = env.mail("RIVERAIN_MAIL", HOME / "mail")
DEFAULT_FROM_EMAIL = env.text("RIVERAIN_MAIL_FROM", "ne-pas-repondre@demo.example")
# Seconds within which the steps of one report make one mail (docs/coverage.md, how statuses read).
NOTICE_WINDOW = env.integer("RIVERAIN_NOTICE_WINDOW", 600, low=0, high=86_400)

FILES_ROOT = HOME / "files"
# A picture's largest size in bytes and in pixels, before it is decoded.
PICTURE_BYTES = env.integer("RIVERAIN_PICTURE_BYTES", 15_000_000, low=100_000, high=100_000_000)
PICTURE_PIXELS = env.integer("RIVERAIN_PICTURE_PIXELS", 60_000_000, low=1_000_000, high=300_000_000)
DATA_UPLOAD_MAX_MEMORY_SIZE = 1_000_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 300
DATA_UPLOAD_MAX_NUMBER_FILES = 8

PROOF_OF_WORK = env.flag("RIVERAIN_PROOF_OF_WORK", default=True)
LIMITS = env.flag("RIVERAIN_LIMITS", default=True)
TILES_URL = env.text("RIVERAIN_TILES_URL", "")
TILES_ATTRIBUTION = env.text("RIVERAIN_TILES_ATTRIBUTION", "")
# Where the sealed heads of the log and the ledger of erasures are written: elsewhere than the
# database, so that a cut tail shows.
SEAL_KEY = env.text("RIVERAIN_SEAL_KEY", SECRET_KEY)
SEALS_ROOT = Path(env.text("RIVERAIN_SEALS", str(HOME / "seals")))

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s: %(message)s"}},
    "handlers": {
        "stderr": {"class": "logging.StreamHandler", "formatter": "line", "stream": sys.stderr},
    },
    "root": {"handlers": ["stderr"], "level": "INFO"},
    "loggers": {"procrastinate": {"level": "WARNING"}},
}
