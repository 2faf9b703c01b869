"""Django registration of this part."""

from django.apps import AppConfig


class IssuingConfig(AppConfig):
    name = "motcua.casework.issuing"
    label = "issuing"
    verbose_name = "Ban hành"

    def ready(self) -> None:
        from motcua.casework.agencies.public import on_succession
        from motcua.casework.issuing import permissions, tasks  # noqa: F401
        from motcua.casework.issuing.services.numbering import close_on_succession

        on_succession("issuing", close_on_succession)
