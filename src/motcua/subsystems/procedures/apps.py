"""Django registration of this part."""

from django.apps import AppConfig


class ProceduresConfig(AppConfig):
    name = "motcua.subsystems.procedures"
    label = "procedures"
    verbose_name = "Thủ tục hành chính"
