"""Django registration of this part."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from motcua.foundation.navigation import NavItem, register


class PortalConfig(AppConfig):
    name = "motcua.web.portal"
    label = "portal"
    verbose_name = "Cổng công dân"

    def ready(self) -> None:
        register(NavItem("portal-home", _("Trang chủ"), "portal:home", "house", "portal", order=10))
        register(
            NavItem(
                "portal-search", _("Các thủ tục"), "portal:search", "search", "portal", order=20
            )
        )
        register(
            NavItem(
                "portal-lookup",
                _("Tra cứu hồ sơ"),
                "portal:lookup",
                "file-search",
                "portal",
                order=40,
            )
        )
        register(
            NavItem(
                "portal-verify", _("Kiểm tra văn bản"), "issuing:verify", "shield-check", "portal",
                order=50,
            )
        )  # fmt: skip
