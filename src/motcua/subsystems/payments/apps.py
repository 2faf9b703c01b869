"""Django registration of this part."""

from django.apps import AppConfig


class PaymentsConfig(AppConfig):
    name = "motcua.subsystems.payments"
    label = "payments"
    verbose_name = "Phí, lệ phí"

    def ready(self) -> None:
        from motcua.subsystems.payments import lists, menu, permissions, printing, tasks

        permissions.register()
        lists.register()
        printing.register()
        tasks.register()
        menu.register_menu()
