"""Django registration of this part."""

from django.apps import AppConfig


class AgenciesConfig(AppConfig):
    name = "motcua.casework.agencies"
    label = "agencies"
    verbose_name = "Cơ quan"
