"""Django registration of this part."""

from django.apps import AppConfig


class LedgerConfig(AppConfig):
    name = "motcua.casework.ledger"
    label = "ledger"
    verbose_name = "Sổ cái"
