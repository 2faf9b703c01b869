"""Words from the form to the paper: journey, access, versions, what issuing prints."""

from __future__ import annotations

import datetime as dt
import unicodedata
from uuid import uuid4

import pypdfium2
import pytest
from django.test import Client
from django.urls import reverse

from motcua.casework.access.public import SYSTEM, Actor
from motcua.casework.issuing.public import (
    Draft,
    IssuedDocument,
    add_demo_key,
    document_bytes,
    issue,
    layout,
    make_demo_authority,
)  # fmt: skip
from motcua.casework.ledger.public import entries
from motcua.casework.people.public import Account
from motcua.casework.testing.makers import make_agency, make_citizen, make_official
from motcua.foundation.timesource import at_time, now, today
from motcua.subsystems.slip_templates import services
from motcua.subsystems.slip_templates.errors import DraftElsewhere, OwnWords
from motcua.subsystems.slip_templates.forms import FORMS
from motcua.subsystems.slip_templates.models import SlipDraft, SlipVersion
from motcua.subsystems.slip_templates.printing import pictures
from motcua.subsystems.slip_templates.rules import Content
from motcua.subsystems.slip_templates.samples import sample_of
from motcua.subsystems.slip_templates.selectors import content_in_force

pytestmark = pytest.mark.django_db


def client_of(actor: Actor) -> Client:
    client = Client()
    client.force_login(Account.objects.get(pk=actor.account_id))
    return client


def published(
    writer: Actor, second: Actor, scope: str, texts: dict[str, str], *, slug: str = "01",
    day: dt.date | None = None, standard: bool = False,
) -> SlipVersion:  # fmt: skip
    draft = services.start(actor=writer, scope_code=scope, slug=slug, standard=standard)
    if not standard:
        services.save(actor=writer, uid=draft.uid, content=Content(texts), revision=draft.revision)
    services.submit(actor=writer, uid=draft.uid)
    return services.publish(actor=second, uid=draft.uid, valid_from=day or today())


def test_journey_from_words_to_version() -> None:
    centre = make_agency("Trung tâm Bến Thành", phone="028 1")
    writer, second = make_official(centre, "centre_head"), make_official(centre, "centre_head")
    own, other = client_of(writer), client_of(second)
    page = own.get("/console/mau-phieu/").content.decode()
    assert "Mẫu 01. Giấy tiếp nhận hồ sơ" in page
    began = own.post(f"/console/mau-phieu/{centre.code}/01/soan/")
    draft = SlipDraft.objects.get()
    url = reverse("slip_templates:draft", args=[draft.uid])
    assert began.url == url
    typed = {"revision": "1", "contact_vi": "Gọi {dien_thoai}, hỏi {ma_hs}", "notes_en": "Bring it"}
    wrong = own.post(f"{url}sua/", typed | {"verb": "save"})
    assert wrong.status_code == 422
    told = wrong.content.decode()
    assert "Dòng 1, ký tự 23" in told
    assert "Gọi {dien_thoai}, hỏi {ma_hs}" in told
    inserted = own.post(
        f"{url}sua/", typed | {"verb": "insert", "token": "{ma_ho_so}", "into": "notes_en"}
    ).content.decode()
    assert "Bring it {ma_ho_so}" in inserted
    typed["contact_vi"] = "Gọi {dien_thoai}"
    look = own.post(f"{url}xem/", typed)
    assert b"data:image/png;base64," in look.content
    assert SlipDraft.objects.get().revision == 1
    kept = typed | {"verb": "submit", "languages": "vi_en", "hidden": ["lookup", "owner"]}
    assert own.post(f"{url}sua/", kept).status_code == 302
    assert "data:image/png" in own.get(url).content.decode()
    with pytest.raises(OwnWords):
        services.publish(actor=writer, uid=draft.uid, valid_from=today())
    assert "Công bố</" in other.get(url).content.decode().replace("</span>", "</")
    day = today()
    gone = {
        "verb": "publish",
        "valid_from_day": "1",
        "valid_from_month": "1",
        "valid_from_year": "2020",
    }
    assert other.post(f"{url}quyet-dinh/", gone).status_code == 422
    said = {
        "verb": "publish", "valid_from_day": str(day.day), "valid_from_month": str(day.month),
        "valid_from_year": str(day.year),
    }  # fmt: skip
    assert other.post(f"{url}quyet-dinh/", said).status_code == 302
    version = SlipVersion.objects.get()
    assert (version.number, version.content["hidden"]) == (1, ["lookup"])
    assert version.content["bilingual"] is True
    history = own.get(f"/console/mau-phieu/{centre.code}/01/").content.decode()
    assert str(version.uid) in history
    shown = own.get(f"/console/mau-phieu/ban/{version.uid}/").content.decode()
    assert "Gọi {dien_thoai}" in shown
    verbs = [entry.verb for entry in entries(f"agency:{centre.pk}")]
    assert verbs[-1] == "slip_templates.publish"


def test_paper_keeps_the_words_of_the_day_it_was_ordered() -> None:
    make_demo_authority()
    centre = make_agency("Trung tâm Sài Gòn", phone="028 7")
    add_demo_key(
        actor=SYSTEM,
        purpose="organisation",
        agency_id=centre.pk,
        name=centre.name,
        organisation=centre.name,
    )
    writer, second = make_official(centre, "centre_head"), make_official(centre, "centre_head")
    published(writer, second, centre.code, {"notes_vi": "Lời cũ của {co_quan}"})
    published(
        writer, second, centre.code, {"notes_vi": "Lời mới"}, day=today() + dt.timedelta(days=3)
    )

    def printed(as_of: dt.datetime) -> str:
        document = issue(
            actor=SYSTEM,
            draft=Draft(
                template="forms/01", agency_id=centre.pk, data=sample_of("01"), as_of=as_of
            ),
        )
        return text_of(document)

    with at_time(now() + dt.timedelta(days=4)):
        assert "Lời cũ của Trung tâm Sài Gòn" in printed(now() - dt.timedelta(days=4))
        assert "Lời mới" in printed(now())


def text_of(document: IssuedDocument) -> str:
    pages = pypdfium2.PdfDocument(document_bytes(document))
    text = " ".join(page.get_textpage().get_text_bounded() for page in pages)
    return " ".join(unicodedata.normalize("NFC", text).split())


def test_own_words_before_the_citys_and_back_to_the_standard() -> None:
    office, centre = make_agency("Văn phòng", level="city"), make_agency("Trung tâm")
    first, second = make_official(office, "administrator"), make_official(office, "administrator")
    head = make_official(centre, "centre_head")
    published(first, second, "thanh-pho", {"head_vi": "Thành phố"})
    assert content_in_force("01", centre.pk, today()).texts["head_vi"] == "Thành phố"
    published(head, second, centre.code, {"head_vi": "Riêng"})
    assert content_in_force("01", centre.pk, today()).texts["head_vi"] == "Riêng"
    assert content_in_force("01", office.pk, today()).texts["head_vi"] == "Thành phố"
    back = published(head, second, centre.code, {}, standard=True)
    assert (back.number, back.standard) == (2, True)
    assert content_in_force("01", centre.pk, today()).texts["head_vi"] == "Thành phố"
    assert content_in_force("02", centre.pk, today()).standard


def test_absent_and_forbidden_are_the_same() -> None:
    centre, other = make_agency("A"), make_agency("B")
    writer, stranger = make_official(centre, "centre_head"), make_official(other, "centre_head")
    draft = services.start(actor=writer, scope_code=centre.code, slug="01")
    client = client_of(stranger)
    for there, absent in (
        (f"ban-soan/{draft.uid}/", f"ban-soan/{uuid4()}/"),
        (f"{centre.code}/01/", "khong-co/01/"),
        ("thanh-pho/01/", f"{other.code}/99/"),
    ):
        answers = [client.get(f"/console/mau-phieu/{path}") for path in (there, absent)]
        assert [answer.status_code for answer in answers] == [404, 404]
    for verb in ("sua", "xem", "quyet-dinh"):
        paths = [f"/console/mau-phieu/ban-soan/{uid}/{verb}/" for uid in (draft.uid, uuid4())]
        assert [client.post(path, {"revision": "1"}).status_code for path in paths] == [404, 404]
    assert client_of(make_citizen()).get("/console/mau-phieu/").status_code in (302, 403, 404)


def test_a_leader_above_publishes_but_does_not_write() -> None:
    ward = make_agency("Phường")
    centre = make_agency("Trung tâm", parent=ward)
    head, leader = make_official(centre, "centre_head"), make_official(ward, "leader")
    draft = services.start(actor=head, scope_code=centre.code, slug="02")
    save = f"/console/mau-phieu/ban-soan/{draft.uid}/sua/"
    assert client_of(leader).post(save, {"revision": "1"}).status_code == 403
    services.submit(actor=head, uid=draft.uid)
    assert str(draft.uid) in client_of(leader).get("/console/mau-phieu/").content.decode()
    services.send_back(actor=leader, uid=draft.uid, note="Thêm số điện thoại")
    assert "Thêm số điện thoại" in client_of(head).get(
        f"/console/mau-phieu/ban-soan/{draft.uid}/"
    ).content.decode()  # fmt: skip
    with pytest.raises(DraftElsewhere):
        services.publish(actor=leader, uid=draft.uid, valid_from=today())


def test_a_second_editor_does_not_overwrite_and_loses_nothing() -> None:
    centre = make_agency("Trung tâm")
    head = make_official(centre, "centre_head")
    draft = services.start(actor=head, scope_code=centre.code, slug="01")
    services.save(actor=head, uid=draft.uid, content=Content({"head_vi": "Một"}), revision=1)
    late = client_of(head).post(
        f"/console/mau-phieu/ban-soan/{draft.uid}/sua/", {"revision": "1", "head_vi": "Hai"}
    )
    assert late.status_code == 409
    assert "Hai" in late.content.decode()


def test_a_real_dossier_is_seen_only_by_who_may() -> None:
    centre = make_agency("Trung tâm")
    head = make_official(centre, "centre_head")
    draft = services.start(actor=head, scope_code=centre.code, slug="01")
    page = client_of(head).post(
        f"/console/mau-phieu/ban-soan/{draft.uid}/xem/", {"dossier": "H29.X-1"}
    )
    assert "Không có hồ sơ mã này" in page.content.decode()


@pytest.mark.parametrize("slug", FORMS)
def test_every_slip_prints_with_words_and_hidden_lines_are_not_required(slug: str) -> None:
    form = FORMS[slug]
    assert not set(form.optional) & set(layout(form.template).required)
    notes = "\n".join("{" + name + "}" for name in form.placeholders[:6])
    content = Content(
        {"head_vi": "Đầu #raw[x]", "head_en": "Head", "notes_vi": notes, "footer_vi": "Chân"},
        True,
        tuple(form.optional),
    )
    pages = pictures(SYSTEM, form, content, None)
    assert pages
    assert pages != pictures(SYSTEM, form, Content({}), None)
