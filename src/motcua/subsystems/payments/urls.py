"""Routes for payers, banks and the payment platform."""

from __future__ import annotations

from django.urls import path

from motcua.subsystems.payments.views import demo, hooks, paying

app_name = "payments"
urlpatterns = [
    path("thanh-toan/ho-so/<uuid:uid>/", paying.pay, name="pay"),
    path("thanh-toan/ho-so/<uuid:uid>/bien-lai/", paying.receipt, name="receipt"),
    path("thanh-toan/lenh/<uuid:uid>/ma.svg", paying.qr, name="qr"),
    path("thanh-toan/lenh/<uuid:uid>/trang-thai/", paying.state, name="state"),
    path("thanh-toan/lenh/<uuid:uid>/ngan-hang-mau/", demo.demo_bank, name="demo_bank"),
    path("thanh-toan/bao-co/", hooks.bank_notice, name="bank_notice"),
]
