"""Django registration of this slice."""

from django.apps import AppConfig


class EscalationConfig(AppConfig):
    name = "motcua.subsystems.escalation"
    label = "escalation"
    verbose_name = "Thang nhắc hạn"

    def ready(self) -> None:
        """Permissions, menu, notices, schedules and the panel on the page of a case."""
        from motcua.subsystems.escalation import manifest, tasks

        manifest.register()
        assert tasks
