"""Django registration of this part."""

from django.apps import AppConfig


class NationalPortalConfig(AppConfig):
    name = "motcua.subsystems.national_portal"
    label = "national_portal"
    verbose_name = "Đồng bộ Cổng Dịch vụ công quốc gia"

    def ready(self) -> None:
        """Permissions, menu, subscriptions and queues."""
        from motcua.subsystems.national_portal import events, manifest, tasks

        manifest.register()
        assert events
        assert tasks
