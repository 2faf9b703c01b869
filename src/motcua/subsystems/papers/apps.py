"""Django registration of this slice."""

from django.apps import AppConfig


class PapersConfig(AppConfig):
    name = "motcua.subsystems.papers"
    label = "papers"
    verbose_name = "Kho giấy tờ"

    def ready(self) -> None:
        """Menu, subscriptions, and the store behind the kernel's port."""
        from motcua.subsystems.papers import events, manifest, tasks

        manifest.register()
        assert events
        assert tasks
