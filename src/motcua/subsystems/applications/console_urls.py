"""Routes of dossiers for officials; mounted under ``console/``."""

from __future__ import annotations

from django.urls import path

from motcua.subsystems.applications.console_views import (
    acting,
    books,
    case_page,
    counter,
    counter_done,
    documents,
    fees,
    group,
    queues,
)

app_name = "applications_console"
urlpatterns = [
    path("ho-so/<uuid:uid>/", case_page.case, name="case"),
    path("lien-thong/<uuid:uid>/", group.group, name="group"),
    path("lien-thong/<uuid:uid>/<slug:member>/mo/", group.open_member, name="open_member"),
    path("ho-so/<uuid:uid>/thuc-hien/", acting.act_on, name="act"),
    path("ho-so/<uuid:uid>/dang-xem/", case_page.ping, name="ping"),
    path("ho-so/<uuid:uid>/giay-to/", case_page.papers, name="papers"),
    path("ho-so/<uuid:uid>/giu/", case_page.hold, name="hold"),
    path("ho-so/<uuid:uid>/thoi-giu/", case_page.let_go, name="let_go"),
    path("ho-so/<uuid:uid>/so-do/", case_page.diagram, name="diagram"),
    path("ho-so/<uuid:uid>/so-do.bpmn", case_page.process_file, name="process"),
    path("ho-so/<uuid:uid>/in/<str:form>/", documents.print_slip, name="print"),
    path("ho-so/<uuid:uid>/thu-phi/", fees.take_fee, name="take_fee"),
    path("ho-so/<uuid:uid>/bien-lai/", fees.receipt, name="receipt"),
    path("van-ban/<uuid:uid>.pdf", documents.document, name="document"),
    path("van-ban/<uuid:uid>/trang/<int:number>", documents.document_page, name="document_page"),
    path("so-theo-doi/", documents.register, name="register"),
    path("so-theo-doi/khoa/", books.close_register, name="close_register"),
    path("giao-nhan/", books.hand_over, name="hand_over"),
    path("nhap-so-giay/", books.outage, name="outage"),
    path("nhap-so-giay/mau.csv", books.outage_template, name="outage_template"),
    path("cho-ky/", queues.signing, name="signing"),
    path("cho-dong-dau/", queues.sealing, name="sealing"),
    path("tiep-nhan/", counter.start, name="counter"),
    path("tiep-nhan/bat-dau/", counter.begin, name="counter_begin"),
    path("tiep-nhan/xong/<uuid:uid>/", counter_done.done, name="counter_done"),
    path("tiep-nhan/<str:code>/<uuid:key>/nguoi-nop/", counter.person, name="counter_person"),
    path("tiep-nhan/<str:code>/<uuid:key>/to-khai/<slug:step>/", counter.form, name="counter_form"),
    path(
        "tiep-nhan/<str:code>/<uuid:key>/to-khai/<slug:step>/luu/",
        counter.autosave,
        name="counter_autosave",
    ),
    path("tiep-nhan/<str:code>/<uuid:key>/giay-to/", counter.papers, name="counter_papers"),
    path(
        "tiep-nhan/<str:code>/<uuid:key>/giay-to/<uuid:uid>/bo/",
        counter.drop_upload,
        name="counter_drop",
    ),
]
