"""Routes of the editor; mounted under ``console/``."""

from __future__ import annotations

from django.urls import path

from motcua.subsystems.procedure_editor.views import (
    drafts,
    expressions,
    forms,
    process,
    remaining,
    review,
    sections,
    trying,
)

app_name = "procedure_editor"
_ONE = "soan-thu-tuc/<uuid:uid>/"
urlpatterns = [
    path("soan-thu-tuc/", drafts.listing, name="list"),
    path("soan-thu-tuc/bat-dau/", drafts.start, name="start"),
    path(_ONE, drafts.overview, name="draft"),
    path(f"{_ONE}hoan-tac/", drafts.step_back, name="step_back"),
    path(f"{_ONE}xac-nhan/", remaining.confirm, name="confirm"),
    path(f"{_ONE}linh-vuc/", remaining.new_field, name="new_field"),
    path(f"{_ONE}goi.zip", drafts.package_file, name="file"),
    path(f"{_ONE}bieu-thuc/", expressions.check_expression, name="expression"),
    path(f"{_ONE}phan/<slug:key>/", sections.section, name="section"),
    path(f"{_ONE}phan/<slug:key>/<int:index>/", sections.row, name="row"),
    path(f"{_ONE}phan/<slug:key>/<int:index>/sap-xep/", sections.arrange, name="arrange"),
    path(f"{_ONE}to-khai/", forms.form, name="form"),
    path(f"{_ONE}to-khai/sap-xep/", forms.arrange, name="form_arrange"),
    path(f"{_ONE}to-khai/json/", forms.raw, name="form_raw"),
    path(f"{_ONE}to-khai/cau/<slug:question>/", forms.field, name="form_field"),
    path(f"{_ONE}to-khai/buoc/<int:number>/", forms.step, name="form_step"),
    path(f"{_ONE}quy-trinh/", process.process, name="process"),
    path(f"{_ONE}quy-trinh/so-do.bpmn", process.process_file, name="process_file"),
    path(f"{_ONE}quy-trinh/ve/", process.save, name="process_save"),
    path(f"{_ONE}quy-trinh/bang/", process.table, name="process_table"),
    path(f"{_ONE}xem-truoc/", trying.guide, name="guide"),
    path(f"{_ONE}dien-thu/", trying.form, name="form_trial"),
    path(f"{_ONE}chay-thu/", trying.trial, name="trial"),
    path(f"{_ONE}duyet/", review.review, name="review"),
    path(f"{_ONE}duyet/quyet-dinh/", review.decide, name="decide"),
]
