"""Django registration of this slice."""

from django.apps import AppConfig


class ProcedureEditorConfig(AppConfig):
    name = "motcua.subsystems.procedure_editor"
    label = "procedure_editor"
    verbose_name = "Soạn thủ tục"

    def ready(self) -> None:
        from motcua.subsystems.procedure_editor.menu import register_menu

        register_menu()
