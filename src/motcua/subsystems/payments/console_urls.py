"""Routes of the cashier's desk; mounted under ``console/``."""

from __future__ import annotations

from django.urls import path

from motcua.subsystems.payments.views import books, cash, obligations, reconciling, refunding, setup

app_name = "payments_console"
urlpatterns = [
    path("quy-tien-mat/", cash.desk, name="cash"),
    path("quy-tien-mat/<uuid:uid>/", cash.drawer, name="drawer"),
    path("quy-tien-mat/<uuid:uid>/bien-ban.pdf", cash.sheet, name="sheet"),
    path("doi-soat/", reconciling.reconcile, name="reconcile"),
    path("hoan-tra/", refunding.refunds, name="refunds"),
    path("so-thu/", books.book, name="book"),
    path("tai-khoan-thu/", setup.setup, name="setup"),
    path("nghia-vu/<uuid:uid>/", obligations.obligations, name="obligations"),
    path("bien-lai/<int:number>/thay-the/", refunding.replace, name="replace"),
]
