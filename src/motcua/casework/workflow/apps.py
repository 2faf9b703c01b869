"""Django registration of this part."""

from django.apps import AppConfig


class WorkflowConfig(AppConfig):
    name = "motcua.casework.workflow"
    label = "workflow"
    verbose_name = "Quy trình"

    def ready(self) -> None:
        """Follow agencies through mergers."""
        from motcua.casework.agencies.public import on_succession
        from motcua.casework.workflow.services import inherit

        on_succession("workflow", inherit)
