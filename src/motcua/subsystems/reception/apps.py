"""Django registration of this slice."""

from django.apps import AppConfig


class ReceptionConfig(AppConfig):
    name = "motcua.subsystems.reception"
    label = "reception"
    verbose_name = "Sảnh tiếp dân"

    def ready(self) -> None:
        from motcua.subsystems.reception.manifest import register
        from motcua.subsystems.reception.menu import register_menu

        register()
        register_menu()
