"""Django registration of this part."""

from django.apps import AppConfig


class ConsoleConfig(AppConfig):
    name = "motcua.web.console"
    label = "console"
    verbose_name = "Bàn làm việc"

    def ready(self) -> None:
        from motcua.web.console import lists
        from motcua.web.console.menu import register

        register()
        lists.register()
