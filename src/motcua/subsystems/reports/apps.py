"""Django registration of this slice."""

from django.apps import AppConfig


class ReportsConfig(AppConfig):
    name = "motcua.subsystems.reports"
    label = "reports"
    verbose_name = "Phản ánh, kiến nghị (1022)"

    def ready(self) -> None:
        from motcua.subsystems.reports.manifest import register

        register()
