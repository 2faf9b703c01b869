"""How many files a stranger may have checked: each costs a process of its own."""

from motcua.foundation.errors import Bilingual
from motcua.foundation.limiting.public import declare_limit

CHECKS = declare_limit(
    "verify",
    setting="MOTCUA_LIMIT_VERIFY",
    times=30,
    seconds=600,
    what=Bilingual(
        "Tệp gửi lên để kiểm tra chữ ký từ một địa chỉ mạng",
        "Files sent to be verified from one address",
    ),
    refusal=Bilingual(
        "Từ địa chỉ mạng này đã gửi quá nhiều tệp để kiểm tra.",
        "Too many files to be verified were sent from this network address.",
    ),
)
