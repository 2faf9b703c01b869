"""Django settings, all read from the environment (see docs/reference/settings.md)."""

from motcua.web.settings.base import *  # noqa: F403
