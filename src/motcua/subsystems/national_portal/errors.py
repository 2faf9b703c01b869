"""What can stand in the way of talking to the portal."""

from __future__ import annotations

from motcua.foundation.errors import Bilingual, DomainError


class PortalBusy(DomainError):
    """The portal answered that it cannot work now."""

    code = "portal-busy"
    status = 503
    message = Bilingual(
        "Cổng Dịch vụ công quốc gia đang bận ({answer}).",
        "The national public-service portal is busy ({answer}).",
    )
    advice = Bilingual("Hệ thống tự gửi lại; không cần làm gì thêm.", "It is sent again by itself.")


class PortalNotConnected(DomainError):
    """Nobody has set up the connection."""

    code = "portal-not-connected"
    status = 409
    message = Bilingual(
        "Chưa thiết lập kết nối với Cổng Dịch vụ công quốc gia.",
        "The connection to the national public-service portal is not set up.",
    )
    advice = Bilingual(
        "Đặt MOTCUA_NATIONAL_PORTAL_URL và tài khoản kết nối, rồi khởi động lại.",
        "Set MOTCUA_NATIONAL_PORTAL_URL and its account, then start again.",
    )
