"""Every environment variable the house reads, with its default and its meaning.

The reference page of the documentation is made from this list, and an
architecture test refuses an ``os.environ`` use that is not declared here.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from motcua.foundation.errors import Bilingual


@dataclass(frozen=True, slots=True)
class Setting:
    """One environment variable. ``default`` is how the default reads in the documentation."""

    name: str
    default: str
    doc: Bilingual
    secret: bool = False


_DECLARED: dict[str, Setting] = {}


def declare(name: str, default: str, vi: str, en: str, *, secret: bool = False) -> Setting:
    """Add a setting to the reference. Raises ValueError when the name is taken."""
    if name in _DECLARED:
        raise ValueError(f"setting {name} is declared twice")
    setting = Setting(name, default, Bilingual(vi, en), secret)
    _DECLARED[name] = setting
    return setting


def declared() -> Iterator[Setting]:
    """All settings by name."""
    yield from (_DECLARED[name] for name in sorted(_DECLARED))


def is_declared(name: str) -> bool:
    return name in _DECLARED


def reference_table(language: str = "en") -> str:
    """The settings as a Markdown table for the documentation, in ``en`` or ``vi``."""
    heads = {
        "en": ("Variable", "Default", "Meaning", "Secret", "yes"),
        "vi": ("Biến", "Mặc định", "Ý nghĩa", "Bí mật", "có"),
    }
    variable, default, meaning, secret, yes = heads["vi" if language.startswith("vi") else "en"]
    lines = [f"| {variable} | {default} | {meaning} | {secret} |", "|---|---|---|---|"]
    for setting in declared():
        shown = f"`{setting.default}`" if setting.default else "–"
        text = setting.doc.in_language(language).replace("|", "\\|")
        lines.append(f"| `{setting.name}` | {shown} | {text} | {yes if setting.secret else ''} |")
    return "\n".join(lines) + "\n"


declare(
    "DATABASE_URL",
    "sqlite:///<MOTCUA_DATA_DIR>/motcua.sqlite3",
    "Cơ sở dữ liệu: `sqlite:///đường-dẫn` hoặc `postgresql://người-dùng:mật-khẩu@máy/tên`.",
    "The database: `sqlite:///path` or `postgresql://user:password@host/name`.",
    secret=True,
)
declare(
    "MOTCUA_DATA_DIR",
    "var",
    "Thư mục chứa mọi thứ hệ thống ghi ra khi không đặt chỗ khác.",
    "Folder for everything the system writes unless told otherwise.",
)
declare(
    "MOTCUA_DEMO",
    "",
    "`1` bật thành phố mẫu: tài khoản mẫu, hộp thư mẫu và dải báo “bản dùng thử”.",
    "`1` turns on the demo city: demo accounts, the mail viewer and the demo banner.",
)
declare(
    "MOTCUA_DEMO_PASSWORD",
    "",
    "Mật khẩu chung của các tài khoản mẫu; để trống thì tự đặt khi dựng thành phố mẫu.",
    "The one password of all demo accounts; made up with the demo city when empty.",
    secret=True,
)
declare(
    "MOTCUA_DEBUG",
    "",
    "`1` hiện lỗi kỹ thuật chi tiết; không bao giờ dùng khi vận hành.",
    "`1` shows technical errors in full; never in operation.",
)
declare(
    "MOTCUA_SECRET_KEY",
    "<MOTCUA_DATA_DIR>/secrets",
    "Khoá ký phiên làm việc và liên kết; tự sinh một lần khi chạy trên một máy.",
    "Key that signs sessions and links; made once on a single machine.",
    secret=True,
)
declare(
    "MOTCUA_DATA_KEYS",
    "<MOTCUA_DATA_DIR>/secrets",
    "Các khoá mã hoá dữ liệu cá nhân, cách nhau bằng dấu phẩy; khoá đầu dùng để mã hoá.",
    "Keys that encrypt personal data, separated by commas; the first one encrypts.",
    secret=True,
)
declare(
    "MOTCUA_SECRETS_REQUIRED",
    "",
    "`1` không cho tự sinh khoá: thiếu khoá thì không khởi động.",
    "`1` forbids making keys: without them the system does not start.",
)
declare(
    "MOTCUA_HOSTS",
    "localhost,127.0.0.1,[::1]",
    "Các tên máy được phục vụ, cách nhau bằng dấu phẩy.",
    "Host names that are served, separated by commas.",
)
declare(
    "MOTCUA_ORIGINS",
    "",
    "Các địa chỉ gốc được gửi biểu mẫu khi đứng sau máy chủ trung gian.",
    "Origins from which forms are accepted behind a proxy.",
)
declare(
    "MOTCUA_PUBLIC_URL",
    "http://127.0.0.1:8000",
    "Địa chỉ mà người dân thấy; dùng trong thư, mã QR và giấy tờ.",
    "The address citizens see; used in mail, QR codes and papers.",
)
declare(
    "MOTCUA_PROXIES",
    "0",
    "Số máy chủ trung gian của mình trước hệ thống; để đọc đúng địa chỉ người gửi khi giới hạn.",
    "How many proxies of ours stand before the system, to read a sender's address for limits.",
)
declare(
    "MOTCUA_HTTPS",
    "",
    "`1` khi phục vụ qua HTTPS: cookie chỉ đi qua HTTPS, bật HSTS.",
    "`1` when served over HTTPS: cookies only over HTTPS, HSTS on.",
)
declare(
    "MOTCUA_SESSION_SECONDS",
    "28800",
    "Thời gian giữ phiên đăng nhập, tính bằng giây.",
    "How long a session lasts, in seconds.",
)
declare(
    "MOTCUA_STATIC_ROOT",
    "<MOTCUA_DATA_DIR>/static",
    "Thư mục chứa tệp tĩnh đã chuẩn bị.",
    "Folder of prepared static files.",
)
declare(
    "MOTCUA_FILES_DIR",
    "<MOTCUA_DATA_DIR>/files",
    "Thư mục lưu tệp đính kèm theo mã băm nội dung.",
    "Folder of attachments, stored by the hash of their content.",
)
declare(
    "MOTCUA_KEYS_DIR",
    "<MOTCUA_DATA_DIR>/keys",
    "Thư mục khoá ký và chứng thư số.",
    "Folder of signing keys and certificates.",
)
declare(
    "MOTCUA_UPLOAD_MAX_BYTES",
    "20971520",
    "Dung lượng tối đa của một tệp tải lên, tính bằng byte.",
    "Largest uploaded file, in bytes.",
)
declare(
    "MOTCUA_CLAMD_URL",
    "",
    "Địa chỉ của ClamAV để quét mã độc; để trống là không quét.",
    "Address of the ClamAV daemon that scans uploads; empty means no scan.",
)
declare(
    "MOTCUA_TSA_URL",
    "",
    "Dịch vụ dấu thời gian RFC 3161 dùng khi ký số.",
    "RFC 3161 time-stamping service used when signing.",
)
declare(
    "MOTCUA_SMTP_HOST",
    "",
    "Máy chủ gửi thư; để trống thì thư nằm trong hộp thư mẫu.",
    "Mail server; when empty, mail stays in the demo mailbox.",
)
declare(
    "MOTCUA_TRUST_DIR",
    "<MOTCUA_KEYS_DIR>/trust",
    "Thư mục chứng thư gốc và danh sách thu hồi được tin cậy khi kiểm tra chữ ký số.",
    "Folder of root certificates and revocation lists believed when signatures are checked.",
)
declare(
    "MOTCUA_PRINT_FONTS_DIR",
    "",
    "Thư mục phông chữ in văn bản; mặc định là phông đi kèm giao diện.",
    "Folder of the fonts for printed documents; default the ones built with the front end.",
)
declare("MOTCUA_SMTP_PORT", "25", "Cổng của máy chủ gửi thư.", "Port of the mail server.")
declare("MOTCUA_SMTP_USER", "", "Tên đăng nhập máy chủ gửi thư.", "User name at the mail server.")
declare(
    "MOTCUA_SMTP_PASSWORD",
    "",
    "Mật khẩu máy chủ gửi thư.",
    "Password at the mail server.",
    secret=True,
)
declare(
    "MOTCUA_SMTP_TLS",
    "",
    "`1` dùng STARTTLS khi gửi thư.",
    "`1` uses STARTTLS when sending mail.",
)
declare(
    "MOTCUA_MAIL_FROM",
    "Một Cửa <khong-tra-loi@motcua.test>",
    "Người gửi ghi trên thư.",
    "Sender named on mail.",
)
declare(
    "MOTCUA_QUIET_HOURS",
    "21:00-07:00",
    "Khoảng giờ không gửi thư chưa gấp, theo giờ thành phố; để trống là gửi mọi lúc.",
    "Hours without mail that can wait, on the city's clock; empty means mail at any time.",
)
declare(
    "MOTCUA_TEST_DATABASE_URL",
    "sqlite:///:memory:",
    "Cơ sở dữ liệu của bộ kiểm thử.",
    "Database of the test suite.",
    secret=True,
)
declare(
    "MOTCUA_TEST_SUFFIX",
    "",
    "Hậu tố tên cơ sở dữ liệu kiểm thử khi chạy nhiều lượt cùng lúc.",
    "Suffix of the test database's name when several runs share a server.",
)
declare(
    "MOTCUA_BANK_URL",
    "http://127.0.0.1:8000",
    "Nơi ngân hàng mô phỏng báo có (chỉ để thử).",
    "Where the simulated bank tells of transfers (trials only).",
)
declare(
    "MOTCUA_BANK_KEY",
    "",
    "Mã khoá báo có của ngân hàng mô phỏng; để trống thì dùng khoá của bản trình diễn.",
    "Id of the simulated bank's notice key; empty means the demo's.",
)
declare(
    "MOTCUA_BANK_SECRET",
    "",
    "Khoá bí mật báo có của ngân hàng mô phỏng.",
    "Secret of the simulated bank's notice key.",
    secret=True,
)
declare(
    "MOTCUA_NATIONAL_PORTAL_URL",
    "",
    "Địa chỉ kết nối Cổng Dịch vụ công quốc gia; để trống thì không đồng bộ.",
    "Address of the national public-service portal's interface; empty means no synchronisation.",
)
declare(
    "MOTCUA_NATIONAL_PORTAL_USER",
    "",
    "Tài khoản kết nối Cổng Dịch vụ công quốc gia.",
    "The account for the national public-service portal.",
)
declare(
    "MOTCUA_NATIONAL_PORTAL_PASSWORD",
    "",
    "Mật khẩu kết nối Cổng Dịch vụ công quốc gia.",
    "The password for the national public-service portal.",
    secret=True,
)
declare(
    "MOTCUA_NATIONAL_PORTAL_FILE_DAYS",
    "30",
    "Số ngày địa chỉ tệp gửi cho Cổng còn dùng được.",
    "Days for which an address of a file told to the portal can be used.",
)
declare(
    "MOTCUA_WEBHOOKS_PRIVATE",
    "",
    "`1` cho phép gửi thông báo tới địa chỉ trong mạng riêng và không mã hoá (http).",
    "`1` lets webhooks go to addresses of the private network and over plain http.",
)
