"""Django registration of this part."""

from django.apps import AppConfig


class PortalConfig(AppConfig):
    name = "motcua.web.portal"
    label = "portal"
    verbose_name = "Cổng công dân"
