"""Django registration of this part."""

from django.apps import AppConfig


class WorkflowConfig(AppConfig):
    name = "motcua.casework.workflow"
    label = "workflow"
    verbose_name = "Quy trình"
