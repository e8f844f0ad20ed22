"""Every setting of Riverain, read from the environment. `docs/settings.md` explains each one."""

import sys
from pathlib import Path

from riverain.config import env

ROOT = Path(__file__).resolve().parent.parent
HOME = Path(env.text("RIVERAIN_HOME", "var")).resolve()

SECRET_KEY = env.secret("RIVERAIN_SECRET_KEY")
PORT = env.integer("RIVERAIN_PORT", 8000, low=1, high=65_535)
PUBLIC_URL = env.site("RIVERAIN_PUBLIC_URL", f"http://127.0.0.1:{PORT}")
ALLOWED_HOSTS = env.hosts("RIVERAIN_ALLOWED_HOSTS", "127.0.0.1,localhost,[::1]")
TRUSTED_PROXIES = env.networks("RIVERAIN_TRUSTED_PROXIES")
HTTPS = PUBLIC_URL.startswith("https://")
DEBUG = False

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.staticfiles",
    "procrastinate.contrib.django",
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
    # After ours, so that our templates stand before theirs.
    "allauth",
    "allauth.account",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    # Before the content policy, which is about pages: a style sheet or a script has none.
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "riverain.web.ui.policy.ContentPolicyMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    # Before whatever reads the path: it takes the collectivity's part off.
    "riverain.web.portal.middleware.CollectivityMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "riverain.web.ui.errors.RefusalMiddleware",
]
CSRF_FAILURE_VIEW = "riverain.web.ui.errors.csrf_failure"

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
                "riverain.web.portal.towns.place",
            ],
        },
    },
]

# The application's role may only INSERT and SELECT in the log; migrations run as the owner.
DATABASES = {"default": env.database("DATABASE_URL")}
OWNER_DATABASE = env.database("DATABASE_OWNER_URL", env.text("DATABASE_URL", ""))

CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "core_cache",
        # A full cache throws entries away, live ones too: whoever fills it would lift the limits
        # on sign-in that it holds. Expired entries go first.
        "OPTIONS": {"MAX_ENTRIES": 20_000},
    },
}

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
# OWASP ASVS 2.1: twelve characters or more, none of the common ones, no rule of
# composition beyond that.
AUTH_PASSWORD_VALIDATORS: list[dict[str, object]] = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    # The list of common ones stops short of 123456789012.
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("email", "name")},
    },
]
# "__Host-": browsers refuse such a cookie from a neighbouring name of the town's domain, which
# could else sign a visitor in as someone, or choose the token of their forms (OWASP ASVS 3.4.4).
COOKIE_PREFIX = "__Host-" if HTTPS else ""
SESSION_ENGINE = "riverain.accounts.sessions"
SESSION_COOKIE_NAME = f"{COOKIE_PREFIX}sessionid"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SECURE = HTTPS
# Seconds after the sign-in, and without any request, after which one signs in again: twelve hours
# and thirty minutes (OWASP ASVS 4.0.3, 3.3.2, level 2).
SESSION_COOKIE_AGE = env.integer("RIVERAIN_SESSION_LIFE", 43_200, low=3_600, high=86_400)
SESSION_IDLE = env.integer("RIVERAIN_SESSION_IDLE", 1_800, low=300, high=86_400)
CSRF_COOKIE_NAME = f"{COOKIE_PREFIX}csrftoken"
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SECURE = HTTPS
CSRF_TRUSTED_ORIGINS = [PUBLIC_URL]
LANGUAGE_COOKIE_NAME = f"{COOKIE_PREFIX}django_language"
LANGUAGE_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_SECURE = HTTPS
LANGUAGE_COOKIE_SAMESITE = "Lax"
MESSAGE_STORAGE = "riverain.web.ui.told.Told"
# Only a proxy that we trust says that the visitor came by HTTPS.
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if TRUSTED_PROXIES else None
SECURE_REFERRER_POLICY = "same-origin"
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
# OWASP ASVS 14.4.5: names below ours are held to HTTPS too.
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
X_FRAME_OPTIONS = "DENY"

LANGUAGE_CODE = "fr"
LANGUAGES = [("fr", "Français"), ("en", "English")]
LOCALE_PATHS = [ROOT / "locale"]
TIME_ZONE = "Europe/Paris"
USE_TZ = True
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

STATIC_URL = "/static/"
STATIC_ROOT = HOME / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "riverain.web.ui.sheets.SheetStorage"},
    "pictures": {"BACKEND": "riverain.files.storage.DurableFileSystemStorage"},
}

MAIL = env.mail("RIVERAIN_MAIL", HOME / "mail")
DEMO_SENDER = "ne-pas-repondre@demo.example"
DEFAULT_FROM_EMAIL = env.sender("RIVERAIN_MAIL_FROM", DEMO_SENDER)
EMAIL_BACKEND = (
    "django.core.mail.backends.smtp.EmailBackend"
    if MAIL.folder is None
    else "riverain.notifications.folder.FolderBackend"
)
EMAIL_HOST, EMAIL_PORT = MAIL.host, MAIL.port
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = MAIL.user, MAIL.password
EMAIL_USE_TLS, EMAIL_USE_SSL = MAIL.starttls, MAIL.tls
EMAIL_TIMEOUT = 10
# Seconds within which the steps of one report make one mail (docs/coverage.md, how statuses read).
NOTICE_WINDOW = env.integer("RIVERAIN_NOTICE_WINDOW", 600, low=0, high=86_400)

FILES_ROOT = HOME / "files"
# A picture's largest size in bytes and in pixels, before it is decoded.
PICTURE_BYTES = env.integer("RIVERAIN_PICTURE_BYTES", 15_000_000, low=100_000, high=100_000_000)
PICTURE_PIXELS = env.integer("RIVERAIN_PICTURE_PIXELS", 60_000_000, low=1_000_000, high=300_000_000)
# A whole form up to Django's 2.5 MB stays in memory; past that, each file goes to a capped one.
FILE_UPLOAD_HANDLERS = [
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "riverain.files.uploads.CappedUploadHandler",
]
DATA_UPLOAD_MAX_MEMORY_SIZE = 1_000_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 300
DATA_UPLOAD_MAX_NUMBER_FILES = 8

PROOF_OF_WORK = env.flag("RIVERAIN_PROOF_OF_WORK", default=True)
LIMITS = env.flag("RIVERAIN_LIMITS", default=True)

LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/agents/"
LOGOUT_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "riverain.web.desk.adapter.AccountAdapter"
ACCOUNT_FORMS = {
    "login": "riverain.web.desk.account_forms.SignInForm",
    "request_login_code": "riverain.web.desk.account_forms.CodeRequestForm",
    "confirm_login_code": "riverain.web.desk.account_forms.CodeForm",
    "reset_password": "riverain.web.desk.account_forms.ResetForm",
    "confirm_password_reset_code": "riverain.web.desk.account_forms.CodeForm",
    "reset_password_from_key": "riverain.web.desk.account_forms.NewPasswordForm",
}
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_PREVENT_ENUMERATION = True
# The administrator gives the address, and a code proves it: there is no other verification.
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
# Whoever did not ask for a new password hears of it (OWASP ASVS 4.0.3, 2.2.3).
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_SESSION_REMEMBER = False
# Codes, never links: mail scanners open links, and would spend them.
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_PASSWORD_RESET_BY_CODE_ENABLED = True
# Ten minutes at most for a code sent by mail (OWASP ASVS 2.7.2).
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 600
ACCOUNT_PASSWORD_RESET_BY_CODE_TIMEOUT = 600
# Eight digits, three tries a code, ten codes an hour: one guess in three million an hour.
ALLAUTH_USER_CODE_FORMAT = {"numeric": True, "length": 8, "dashed": True}
# Held in the cache that all processes share. `key` is the address that was typed.
ACCOUNT_RATE_LIMITS: dict[str, str] | bool = LIMITS and {
    "login": "30/m/ip",
    "login_failed": "10/m/ip,5/300s/key",
    "request_login_code": "20/m/ip,3/m/key,10/h/key",
    "reset_password": "20/m/ip,3/m/key,10/h/key",
    "reset_password_from_key": "20/m/ip",
}

# Asked where our own addresses have no answer; empty, nobody is.
GEOCODER_URL = env.service("RIVERAIN_GEOCODER_URL", "https://data.geopf.fr/geocodage")

# The page that shows every component to developers, at /ui/.
GALLERY = env.flag("RIVERAIN_GALLERY", default=False)

TILES = env.tiles("RIVERAIN_TILES_URL", "RIVERAIN_TILES_ATTRIBUTION")

# Nothing inline but the import map, whose hash web/ui adds; nothing from elsewhere but map tiles.
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "worker-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:", "blob:", *TILES.origins],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "manifest-src": ["'self'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'none'"],
        "base-uri": ["'none'"],
    },
}
# Where the sealed heads of the log and the ledger of erasures are written: elsewhere than the
# database, so that a cut tail shows.
SEAL_KEY = env.secret("RIVERAIN_SEAL_KEY", SECRET_KEY)
SEALS_ROOT = Path(env.text("RIVERAIN_SEALS", str(HOME / "seals"))).resolve()

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s: %(message)s"}},
    "filters": {
        "codes": {"()": "riverain.web.portal.journal.WithoutCodes"},
        "away": {"()": "riverain.web.ui.away.OnceAMinute"},
    },
    "handlers": {
        "stderr": {
            "class": "logging.StreamHandler",
            "formatter": "line",
            "filters": ["codes"],
            "stream": sys.stderr,
        },
    },
    "root": {"handlers": ["stderr"], "level": "INFO"},
    "loggers": {
        "procrastinate": {"level": "WARNING"},
        # One line a minute while the database is away, rather than a trace a request.
        "django.request": {"filters": ["away"]},
        # Whoever knocks under another name is answered 400: a trace for each would fill the disk.
        "django.security.DisallowedHost": {"level": "CRITICAL"},
    },
}
