"""Django registration of this part."""

from django.apps import AppConfig


class MassNoticesConfig(AppConfig):
    name = "motcua.subsystems.mass_notices"
    label = "mass_notices"
    verbose_name = "Thông báo hàng loạt"

    def ready(self) -> None:
        """Permissions, menu, templates of notices and the queue."""
        from motcua.subsystems.mass_notices import manifest, tasks

        manifest.register()
        assert tasks
