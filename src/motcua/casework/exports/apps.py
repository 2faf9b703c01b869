"""Django registration of this part."""

from pathlib import Path

from django.apps import AppConfig

TEMPLATES = Path(__file__).parent / "data" / "templates"


class ExportsConfig(AppConfig):
    name = "motcua.casework.exports"
    label = "exports"
    verbose_name = "Xuất danh sách"

    def ready(self) -> None:
        from motcua.casework.exports.menu import register
        from motcua.casework.notices.public import add_templates

        add_templates(TEMPLATES)
        register()
