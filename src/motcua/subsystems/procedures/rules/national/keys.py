"""Names of a record's fields: one spelling for all the ways sources write them."""

from __future__ import annotations

from typing import Final

from motcua.foundation.folding import words

_SAME: Final = {
    "title": "ten_thu_tuc",
    "ten": "ten_thu_tuc",
    "ma": "ma_thu_tuc",
    "ma_tthc": "ma_thu_tuc",
    "ten_tthc": "ten_thu_tuc",
    "ket_qua": "ket_qua_xu_ly",
    "ket_qua_thuc_hien": "ket_qua_xu_ly",
    "ket_qua_giai_quyet": "ket_qua_xu_ly",
    "yeu_cau_dieu_kien_thuc_hien": "yeu_cau_dieu_kien",
    "yeu_cau": "yeu_cau_dieu_kien",
    "can_cu": "can_cu_phap_ly",
    "dia_chi_tiep_nhan_hs": "dia_chi_tiep_nhan",
    "thu_tuc_hanh_chinh_lien_quan": "thu_tuc_lien_quan",
    "loai_tthc": "loai_thu_tuc",
    "url": "detail_url",
    "link": "detail_url",
    "thoi_han": "thoi_han_giai_quyet",
    "le_phi": "phi_le_phi",
    "so_luong": "so_luong_ban_chinh",
}


def normal_key(key: str) -> str:
    """``Cách thức thực hiện`` and ``cach_thuc_thuc_hien`` are the same field.

    >>> normal_key("Mã thủ tục")
    'ma_thu_tuc'
    """
    plain = "_".join(words(key))
    return _SAME.get(plain, plain)
