"""Routes of this part."""

from __future__ import annotations

from django.urls import path

from motcua.web.portal.views import account, entering, finding, home

app_name = "portal"
urlpatterns = [
    path("", home.home, name="home"),
    path("tim-kiem/", finding.search, name="search"),
    path("tra-cuu/", finding.lookup, name="lookup"),
    path("tra-cuu/<str:code>", finding.state, name="state"),
    path("login/", entering.log_in, name="login"),
    path("logout/", entering.log_out, name="logout"),
    path("dang-ky/", entering.register, name="register"),
    path("tai-khoan/", account.account, name="account"),
    path("tai-khoan/ngon-ngu/", account.language, name="language"),
    path("tai-khoan/ma-xac-thuc/", account.one_time_codes, name="totp"),
]
