"""Django registration of this part."""

from django.apps import AppConfig


class SlipTemplatesConfig(AppConfig):
    name = "motcua.subsystems.slip_templates"
    label = "slip_templates"
    verbose_name = "Mẫu phiếu"

    def ready(self) -> None:
        """Permissions, menu and the words on papers."""
        from motcua.subsystems.slip_templates import manifest

        manifest.register()
