"""Django registration of this slice."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from motcua.foundation.navigation import NavItem
from motcua.foundation.navigation import register as add


class ApplicationsConfig(AppConfig):
    name = "motcua.subsystems.applications"
    label = "applications"
    verbose_name = "Hồ sơ một cửa"

    def ready(self) -> None:
        from motcua.subsystems.applications import lists
        from motcua.subsystems.applications.console_views.menu import register_menu
        from motcua.subsystems.applications.manifest import register

        register()
        register_menu()
        lists.register()
        add(
            NavItem(
                "own-dossiers", _("Hồ sơ của tôi"), "applications:list", "folder-open", "portal",
                order=30, needs_login=True,
            )
        )  # fmt: skip
