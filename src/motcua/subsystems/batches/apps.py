"""Django registration of this slice."""

from django.apps import AppConfig


class BatchesConfig(AppConfig):
    name = "motcua.subsystems.batches"
    label = "batches"
    verbose_name = "Ký nhiều kết quả"

    def ready(self) -> None:
        """Permissions, menu, queues, lists, and the way in from the queues."""
        from motcua.subsystems.batches import lists, manifest, tasks

        manifest.register()
        lists.register()
        assert tasks
