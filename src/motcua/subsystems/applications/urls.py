"""The citizen's routes of this part."""

from __future__ import annotations

from django.urls import path

from motcua.subsystems.applications.views import applying, group, mine

app_name = "applications"
_DRAFT = "thu-tuc/<str:code>/nop/<str:key>/"
urlpatterns = [
    path("thu-tuc/<str:code>/nop/", applying.apply, name="apply"),
    path(_DRAFT, applying.resume, name="resume"),
    path(f"{_DRAFT}bo/", applying.discard, name="discard"),
    path(f"{_DRAFT}noi-nop/", applying.office, name="office"),
    path(f"{_DRAFT}giay-to/", applying.papers, name="papers"),
    path(f"{_DRAFT}kiem-tra/", applying.check, name="check"),
    path(f"{_DRAFT}mau/<slug:step>/", applying.step, name="step"),
    path(f"{_DRAFT}mau/<slug:step>/luu/", applying.autosave, name="autosave"),
    path("ho-so/", mine.dossiers, name="list"),
    path("ho-so/<uuid:uid>/", mine.mine, name="mine"),
    path("ho-so/lien-thong/<uuid:uid>/", group.group, name="group"),
    path("ho-so/<uuid:uid>/da-nop/", mine.kept, name="kept"),
    path("ho-so/<uuid:uid>/bo-sung/", mine.supplement, name="supplement"),
    path("ho-so/<uuid:uid>/viec/<str:step>/<str:action>/", mine.act, name="act"),
    path("ho-so/<uuid:uid>/danh-gia/", mine.rating, name="rate"),
]
