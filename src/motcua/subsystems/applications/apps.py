"""Django registration of this slice."""

from django.apps import AppConfig


class ApplicationsConfig(AppConfig):
    name = "motcua.subsystems.applications"
    label = "applications"
    verbose_name = "Hồ sơ một cửa"

    def ready(self) -> None:
        from motcua.subsystems.applications.console_views.menu import register_menu
        from motcua.subsystems.applications.manifest import register

        register()
        register_menu()
