"""WSGI entry point."""

import os

from django.core.wsgi import get_wsgi_application

from motcua.foundation.telemetry import configure_logging

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "motcua.web.settings.base")

configure_logging()
application = get_wsgi_application()
