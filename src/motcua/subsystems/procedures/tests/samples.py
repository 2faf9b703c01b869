"""Complete, plausible answers to every form."""

from __future__ import annotations

from typing import Any

from motcua.subsystems.procedures.tests.more_samples import MORE

HERE = {"commune": "26740", "line": "12 Lê Lợi"}
ELSEWHERE = {"line": "5 Tràng Tiền, phường Hoàn Kiếm, Hà Nội"}
REQUESTER: dict[str, Any] = {
    "requester_name": "Nguyễn Ngọc Mai",
    "requester_identity": "098194000001",
    "requester_birth_date": "1994-05-12",
    "requester_phone": "0100000001",
    "requester_address": HERE,
    "result_channel": "online",
    "truthful": True,
}
BIRTH: dict[str, Any] = {
    **REQUESTER,
    "relation": "mother",
    "child_name": "Trần Gia An",
    "child_sex": "male",
    "child_birth_date": "2026-11-01",
    "child_ethnicity": "kinh",
    "child_nationality": "Việt Nam",
    "child_home_town": "Thành phố Hồ Chí Minh",
    "child_situation": "normal",
    "birth_place_kind": "facility",
    "birth_facility": "Bệnh viện Từ Dũ",
    "birth_place": HERE,
    "birth_proof": "electronic",
    "birth_notice_number": "GCS-2026-000123",
    "mother_known": "yes",
    "mother_name": "Nguyễn Ngọc Mai",
    "mother_birth_date": "1994-05-12",
    "mother_identity": "098194000001",
    "mother_ethnicity": "kinh",
    "mother_nationality": "Việt Nam",
    "mother_address": HERE,
    "father_known": "no",
}
FATHER: dict[str, Any] = {
    "father_known": "yes",
    "father_name": "Trần Quốc Bảo",
    "father_birth_date": "1988-09-03",
    "father_identity": "098088000002",
    "father_ethnicity": "kinh",
    "father_nationality": "Việt Nam",
    "father_address": ELSEWHERE,
    "parents_married": "yes",
    "marriage_number": "12/2020",
    "marriage_date": "2020-06-01",
}
MARITAL: dict[str, Any] = {
    **REQUESTER,
    "relation": "self",
    "person_sex": "female",
    "person_ethnicity": "kinh",
    "person_nationality": "Việt Nam",
    "person_address": HERE,
    "lived_elsewhere": "no",
    "marital_status": "never",
    "purpose": "property",
    "copies": 1,
    "had_previous": "no",
}
BUSINESS: dict[str, Any] = {
    **REQUESTER,
    "founder_type": "individual",
    "owner_sex": "female",
    "owner_nationality": "Việt Nam",
    "filed_by": "owner",
    "business_name": "Cơm tấm Mai",
    "no_premises": "no",
    "office_address": HERE,
    "premises_lawful": True,
    "main_line": "Dịch vụ ăn uống",
    "main_line_code": "5610",
    "conditional_line": "no",
    "capital": 200_000_000,
    "workers": 3,
    "start_date": "2026-12-01",
    "tax_address_same": "yes",
    "vat_method": "revenue",
    "not_barred": True,
    "no_other_business": True,
}
BUILDING: dict[str, Any] = {
    **REQUESTER,
    "owner_kind": "person",
    "plot_address": HERE,
    "plot_number": "123",
    "map_sheet": "45",
    "plot_area": 100,
    "land_paper": "certificate",
    "land_paper_number": "CH 012345",
    "land_paper_in_database": "yes",
    "work_kind": "house",
    "storeys": 3,
    "has_basement": "no",
    "building_area": 80,
    "floor_area": 240,
    "height": 12,
    "adjoining": "no",
    "fire_approval": "no",
    "verification_report": "no",
    "designer_name": "Công ty Thiết kế Phương Nam",
    "designer_certificate": "HCM-00012345",
    "start_planned": "2027-01-15",
    "months": 8,
}
PENSION: dict[str, Any] = {
    **REQUESTER,
    "relation": "self",
    "requester_birth_date": "1949-11-21",
    "person_sex": "female",
    "person_ethnicity": "kinh",
    "person_address": HERE,
    "poverty": "none",
    "has_pension": "no",
    "has_assistance": "no",
    "payment": "cash",
}
SAMPLES = {
    "1.001193": BIRTH,
    "1.001612": BUSINESS,
    "1.004873": MARITAL,
    "1.013225": BUILDING,
    "1.014027": PENSION,
    **MORE,
}
