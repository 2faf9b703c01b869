"""Settings of the test run: throw-away keys and folders, fast password hashing."""

import os
import tempfile
from pathlib import Path
from typing import Any

_scratch = Path(tempfile.mkdtemp(prefix="motcua-test-"))
os.environ.setdefault("MOTCUA_DATA_DIR", str(_scratch))
os.environ["MOTCUA_SECRET_KEY"] = "test-secret-key-of-no-worth-at-all-0123456789"  # noqa: S105 - worth nothing
os.environ["MOTCUA_DATA_KEYS"] = "test-data-key"

from motcua.web.settings.base import *  # noqa: E402, F403
from motcua.web.settings.base import database  # noqa: E402

DATABASES = {"default": database(os.environ.get("MOTCUA_TEST_DATABASE_URL", "sqlite:///:memory:"))}
if suffix := os.environ.get("MOTCUA_TEST_SUFFIX"):
    DATABASES["default"]["TEST"] = {"NAME": f"test_motcua_{suffix}"}
if "sqlite3" in str(DATABASES["default"]["ENGINE"]):
    # A file, as in real life (threads, locks), but of no worth: in a scratch folder, no fsync.
    DATABASES["default"]["TEST"] = {"NAME": str(_scratch / "test.sqlite3")}
    _options: Any = DATABASES["default"]["OPTIONS"]
    _options["init_command"] = _options["init_command"].replace("=FULL", "=OFF")
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
ALLOWED_HOSTS = ["*"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
# Transactional tests empty every table; the ledger's own tests put its guards on.
MOTCUA_LEDGER_UNGUARDED = True
