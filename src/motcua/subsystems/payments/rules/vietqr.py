"""The text of a VietQR code: EMVCo merchant-presented QR with NAPAS's account block.

Sources: EMV QR Code Specification for Payment Systems (Merchant-Presented Mode); the account
block 38 with AID ``A000000727`` and service ``QRIBFTTA`` as NAPAS documents publicly.
"""

from __future__ import annotations

AID = "A000000727"
TO_ACCOUNT = "QRIBFTTA"
DONG = "704"
MAX_REFERENCE = 25


def crc16(text: str) -> str:
    """CRC-16/CCITT-FALSE (polynomial 0x1021, start 0xFFFF) as four hex digits.

    >>> crc16("123456789")
    '29B1'
    """
    crc = 0xFFFF
    for byte in text.encode("utf-8"):
        crc ^= byte << 8
        for _ in range(8):
            crc = ((crc << 1) ^ 0x1021 if crc & 0x8000 else crc << 1) & 0xFFFF
    return f"{crc:04X}"


def _field(tag: str, value: str) -> str:
    if not 0 < len(value) <= 99:
        raise ValueError(f"field {tag} takes 1 to 99 characters")
    return f"{tag}{len(value):02d}{value}"


def vietqr(*, bank_bin: str, account: str, amount: int, reference: str) -> str:
    """The code for one transfer of exactly ``amount`` đồng.

    Args:
        bank_bin: six digits of the bank at NAPAS.
        account: account number, at most 19 letters and digits.
        reference: what the payer's bank sends along, at most 25 plain letters and digits.

    Raises:
        ValueError: a part does not fit the format.
    """
    if not (bank_bin.isascii() and bank_bin.isdigit() and len(bank_bin) == 6):
        raise ValueError("a bank's BIN has six digits")
    if not (account.isascii() and account.isalnum() and len(account) <= 19):
        raise ValueError("an account number has at most 19 letters and digits")
    if not (reference.isascii() and reference.isalnum() and len(reference) <= MAX_REFERENCE):
        raise ValueError("a reference has at most 25 plain letters and digits")
    if amount <= 0 or len(str(amount)) > 13:
        raise ValueError("an amount is positive and has at most 13 digits")
    where = _field("00", bank_bin) + _field("01", account)
    block = _field("00", AID) + _field("01", where) + _field("02", TO_ACCOUNT)
    text = (
        _field("00", "01")
        + _field("01", "12")
        + _field("38", block)
        + _field("53", DONG)
        + _field("54", str(amount))
        + _field("58", "VN")
        + _field("62", _field("08", reference))
        + "6304"
    )
    return text + crc16(text)
