"""Settings for every face; each value a person may set is an environment variable."""

from __future__ import annotations

import os
from pathlib import Path
from urllib.parse import unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

PACKAGE = Path(__file__).resolve().parents[2]
DATA_DIR = Path(os.environ.get("MOTCUA_DATA_DIR", "var")).resolve()
DEMO = os.environ.get("MOTCUA_DEMO", "") == "1"
DEBUG = os.environ.get("MOTCUA_DEBUG", "") == "1"


def _secret(name: str) -> str:
    """A secret from the environment, or from a file made once for a single-machine set-up."""
    if value := os.environ.get(name):
        return value
    path = DATA_DIR / "secrets" / name.lower()
    if path.exists():
        return path.read_text().strip()
    if os.environ.get("MOTCUA_SECRETS_REQUIRED") == "1":
        raise ImproperlyConfigured(f"{name} is not set")
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    value = os.urandom(32).hex()
    try:
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(value)
    except FileExistsError:
        return path.read_text().strip()
    return value


SECRET_KEY = _secret("MOTCUA_SECRET_KEY")
MOTCUA_DATA_KEYS = [k for k in _secret("MOTCUA_DATA_KEYS").split(",") if k]
ALLOWED_HOSTS = os.environ.get("MOTCUA_HOSTS", "localhost,127.0.0.1,[::1]").split(",")
CSRF_TRUSTED_ORIGINS = [o for o in os.environ.get("MOTCUA_ORIGINS", "").split(",") if o]
PUBLIC_URL = os.environ.get("MOTCUA_PUBLIC_URL", "http://127.0.0.1:8000")

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "motcua.foundation.outbox",
    "motcua.foundation.limiting",
    "motcua.foundation.newdatabase",
    "motcua.casework.people",
    "motcua.casework.agencies",
    "motcua.casework.access",
    "motcua.casework.calendar",
    "motcua.casework.ledger",
    "motcua.casework.cases",
    "motcua.casework.clock",
    "motcua.casework.workflow",
    "motcua.casework.forms",
    "motcua.casework.attachments",
    "motcua.casework.issuing",
    "motcua.casework.notices",
    "motcua.casework.search",
    "motcua.casework.exports",
    "motcua.subsystems.procedures",
    "motcua.subsystems.procedure_editor",
    "motcua.subsystems.payments",
    "motcua.subsystems.applications",
    "motcua.subsystems.batches",
    "motcua.subsystems.escalation",
    "motcua.subsystems.reception",
    "motcua.subsystems.papers",
    "motcua.subsystems.national_portal",
    "motcua.subsystems.partners",
    "motcua.subsystems.supervision",
    "motcua.subsystems.reports",
    "motcua.subsystems.staffing",
    "motcua.subsystems.slip_templates",
    "motcua.subsystems.mass_notices",
    "motcua.web.design",
    "motcua.web.portal",
    "motcua.web.api",
    "motcua.web.console",
    "motcua.web.demo",
]
AUTH_USER_MODEL = "people.Account"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "motcua.web.language.LanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "motcua.web.middleware.ActorMiddleware",
    "motcua.web.middleware.DomainErrorMiddleware",
]
ROOT_URLCONF = "motcua.web.urls"
WSGI_APPLICATION = "motcua.web.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [PACKAGE / "web" / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.messages.context_processors.messages",
                "motcua.web.context.shell",
            ],
        },
    }
]


def database(url: str) -> dict[str, object]:
    """A Django database entry from ``sqlite:///path`` or ``postgresql://user:pass@host/name``."""
    parts = urlsplit(url)
    if parts.scheme == "sqlite":
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": parts.path[1:] or ":memory:",
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",
                "timeout": 20,
                "init_command": "PRAGMA journal_mode=WAL;PRAGMA synchronous=FULL;"
                "PRAGMA foreign_keys=ON;PRAGMA cache_size=-65536;PRAGMA temp_store=MEMORY;",
            },
        }
    if parts.scheme in {"postgresql", "postgres"}:
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": parts.path[1:],
            "USER": unquote(parts.username or ""),
            "PASSWORD": unquote(parts.password or ""),
            "HOST": parts.hostname or "",
            "PORT": str(parts.port or ""),
            "CONN_MAX_AGE": None,
            "CONN_HEALTH_CHECKS": True,
        }
    raise ImproperlyConfigured(f"DATABASE_URL: scheme {parts.scheme!r} is not supported")


DATABASES = {
    "default": database(os.environ.get("DATABASE_URL", f"sqlite:///{DATA_DIR / 'motcua.sqlite3'}"))
}

LANGUAGE_CODE = "vi"
LANGUAGES = [("vi", "Tiếng Việt"), ("en", "English")]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Ho_Chi_Minh"
LOCALE_PATHS = [PACKAGE / "web" / "locale"]

STATIC_URL = "/static/"
STATIC_ROOT = Path(os.environ.get("MOTCUA_STATIC_ROOT", DATA_DIR / "static"))
STATICFILES_DIRS = [PACKAGE / "web" / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        if not DEBUG
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}
MOTCUA_FILES_DIR = Path(os.environ.get("MOTCUA_FILES_DIR", DATA_DIR / "files"))

PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "/login/"
LOGIN_REDIRECT_URL = "/"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = int(os.environ.get("MOTCUA_SESSION_SECONDS", str(8 * 3600)))
HTTPS = os.environ.get("MOTCUA_HTTPS", "") == "1"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_SSL_REDIRECT = False
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CSRF_FAILURE_VIEW = "motcua.web.errors.csrf_failure"

_SELF = "'self'"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [_SELF],
        "script-src": [_SELF],
        "style-src": [_SELF],
        "img-src": [_SELF, "data:", "blob:"],
        "font-src": [_SELF],
        "connect-src": [_SELF],
        "object-src": ["'none'"],
        "frame-src": [_SELF],
        "frame-ancestors": [_SELF],
        "base-uri": [_SELF],
        "form-action": [_SELF],
    }
}

DATA_UPLOAD_MAX_NUMBER_FIELDS = 3000
FILE_UPLOAD_MAX_MEMORY_SIZE = 1_048_576
MOTCUA_UPLOAD_MAX_BYTES = int(os.environ.get("MOTCUA_UPLOAD_MAX_BYTES", str(20 * 1024 * 1024)))
MOTCUA_CLAMD_URL = os.environ.get("MOTCUA_CLAMD_URL", "")
MOTCUA_TSA_URL = os.environ.get("MOTCUA_TSA_URL", "")
MOTCUA_NATIONAL_PORTAL_URL = os.environ.get("MOTCUA_NATIONAL_PORTAL_URL", "")
MOTCUA_NATIONAL_PORTAL_USER = os.environ.get("MOTCUA_NATIONAL_PORTAL_USER", "")
MOTCUA_NATIONAL_PORTAL_PASSWORD = os.environ.get("MOTCUA_NATIONAL_PORTAL_PASSWORD", "")
MOTCUA_NATIONAL_PORTAL_ADAPTER = "motcua.adapters.national_portal.NationalPortal"
MOTCUA_NATIONAL_PORTAL_FILE_DAYS = int(os.environ.get("MOTCUA_NATIONAL_PORTAL_FILE_DAYS", "30"))
MOTCUA_WEBHOOKS_PRIVATE = os.environ.get("MOTCUA_WEBHOOKS_PRIVATE", "") == "1"
MOTCUA_KEYS_DIR = Path(os.environ.get("MOTCUA_KEYS_DIR", DATA_DIR / "keys"))
MOTCUA_TRUST_DIR = os.environ.get("MOTCUA_TRUST_DIR", "")
MOTCUA_PRINT_FONTS_DIR = os.environ.get("MOTCUA_PRINT_FONTS_DIR", "")

EMAIL_BACKEND = (
    "django.core.mail.backends.smtp.EmailBackend"
    if os.environ.get("MOTCUA_SMTP_HOST")
    else "motcua.casework.notices.mailbox.MailboxBackend"
)
EMAIL_HOST = os.environ.get("MOTCUA_SMTP_HOST", "")
EMAIL_PORT = int(os.environ.get("MOTCUA_SMTP_PORT", "25"))
EMAIL_HOST_USER = os.environ.get("MOTCUA_SMTP_USER", "")
EMAIL_HOST_PASSWORD = os.environ.get("MOTCUA_SMTP_PASSWORD", "")
EMAIL_USE_TLS = os.environ.get("MOTCUA_SMTP_TLS", "") == "1"
EMAIL_TIMEOUT = 20
MOTCUA_QUIET_HOURS = os.environ.get("MOTCUA_QUIET_HOURS", "21:00-07:00")
DEFAULT_FROM_EMAIL = os.environ.get("MOTCUA_MAIL_FROM", "Một Cửa <khong-tra-loi@motcua.test>")

LOGGING_CONFIG = None
