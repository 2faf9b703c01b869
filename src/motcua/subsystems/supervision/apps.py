"""Django registration of this part."""

from django.apps import AppConfig


class SupervisionConfig(AppConfig):
    name = "motcua.subsystems.supervision"
    label = "supervision"
    verbose_name = "Giám sát và đánh giá"

    def ready(self) -> None:
        """Permissions, menu, subscriptions and queues."""
        from motcua.subsystems.supervision import manifest, tasks

        manifest.register()
        assert tasks
