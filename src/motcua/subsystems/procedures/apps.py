"""Django registration of this part."""

from django.apps import AppConfig


class ProceduresConfig(AppConfig):
    name = "motcua.subsystems.procedures"
    label = "procedures"
    verbose_name = "Thủ tục hành chính"

    def ready(self) -> None:
        from motcua.subsystems.procedures.manifest import register_menu

        register_menu()
