"""Django registration of this part."""

from django.apps import AppConfig


class CasesConfig(AppConfig):
    name = "motcua.casework.cases"
    label = "cases"
    verbose_name = "Vụ việc"

    def ready(self) -> None:
        from motcua.casework.agencies.public import on_succession
        from motcua.casework.cases.services.history import mirror_head
        from motcua.casework.cases.services.succession import move_open_cases
        from motcua.casework.ledger.public import mirror_heads

        on_succession("cases", move_open_cases)
        mirror_heads("case", mirror_head)
