"""Django registration of this part."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "motcua.casework.people"
    label = "people"
    verbose_name = "Con người"
