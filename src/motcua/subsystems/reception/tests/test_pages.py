"""The pages of the hall by HTTP: kiosk, screen, console, tablet, booking, calendar."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from django.core import mail
from django.test import Client

from motcua.foundation.outbox.public import run_until_idle
from motcua.foundation.timesource import at_time
from motcua.subsystems.applications.tests.console import client_of
from motcua.subsystems.reception.errors import SlotClosed, SlotFull
from motcua.subsystems.reception.models import Appointment, Device, Ticket, TicketRating
from motcua.subsystems.reception.selectors import slots_on
from motcua.subsystems.reception.services import Booking, book
from motcua.subsystems.reception.tests.world import HallWorld, make_hall

pytestmark = pytest.mark.django_db
CARD = "079190001234|024999888|Trần Thị Lan|03021990|Nữ|12 Lê Lợi, Sài Gòn|01072021"


@pytest.fixture
def place(working_morning: dt.datetime) -> HallWorld:
    return make_hall()


def test_from_the_kiosk_to_the_tablet(place: HallWorld) -> None:
    kiosk, screen, tablet = (f"/may/{place.device(k)}/" for k in ("kiosk", "screen", "tablet"))
    anybody, clerk = Client(), client_of(place.world.clerk)
    field = place.fields[0]
    assert f"?linh-vuc={field}" in anybody.get(kiosk).content.decode()
    drawn = anybody.post(f"{kiosk}?linh-vuc={field}", {"field": field, "card": CARD, "group": ""})
    slip = anybody.get(drawn["Location"]).content.decode()
    assert "A001" in slip
    assert "Chưa có quầy nào mở" in slip
    clerk.post("/console/sanh/mo-quay/", {"counter": place.counters[0].pk})
    clerk.post("/console/sanh/goi/")
    called = anybody.get(f"{screen}hien-tai/")
    assert "A001" in called.content.decode()
    version = called.context["version"]
    assert anybody.get(f"{screen}hien-tai/", {"v": version}).status_code == 204
    ticket = Ticket.objects.get()
    for what in ("goi-lai", "bat-dau"):
        clerk.post(f"/console/sanh/so/{ticket.uid}/{what}/")
    board = clerk.get("/console/sanh/").content.decode()
    assert 'name="card"' in board
    assert "Kính chào" in anybody.get(tablet).content.decode()
    clerk.post(f"/console/sanh/so/{ticket.uid}/xong/")
    assert "Bạn có hài lòng" in anybody.get(tablet).content.decode()
    rated = anybody.post(
        f"{tablet}so/{ticket.uid}/danh-gia/", {"score": "2", "reasons": ["waited"]}
    )
    assert "Cảm ơn bạn" in rated.content.decode()
    assert TicketRating.objects.get().score == 2
    again = anybody.post(f"{tablet}so/{ticket.uid}/danh-gia/", {"score": "3"})
    assert again.status_code == 409


def test_a_wrong_key_and_a_device_switched_off_lead_nowhere(place: HallWorld) -> None:
    key = place.device("kiosk")
    head = client_of(place.world.head)
    assert Client().get(f"/may/{key}/").status_code == 200
    assert Client().get(f"/may/{key}/lich.ics").status_code == 404
    assert Client().get("/may/khong-co/").status_code == 404
    device = Device.objects.get()
    head.post("/console/sanh/thiet-lap/", {"what": "end", "device": device.pk})
    assert Client().get(f"/may/{key}/").status_code == 404


def test_the_head_sets_the_hall_up_and_nobody_else(place: HallWorld) -> None:
    head, clerk = client_of(place.world.head), client_of(place.world.clerk)
    setup = "/console/sanh/thiet-lap/"
    assert clerk.get(setup).status_code == 403
    assert client_of(place.world.officer).get("/console/sanh/").status_code == 403
    head.post(setup, {"what": "counter", "number": "7", "name": "Trả kết quả"})
    assert "Trả kết quả" in head.get(setup).content.decode()
    for sent, fault in (
        ({"what": "counter", "number": "0"}, "Số quầy từ 1 đến 99"),
        ({"what": "device", "kind": "tablet"}, "Chọn quầy đặt máy"),
        ({"what": "plan", "minutes": "1"}, "Nhập số từ 5 đến 240"),
    ):
        response = head.post(setup, sent)
        assert response.status_code == 422
        assert fault in response.content.decode()


def test_an_appointment_from_booking_to_arrival(
    place: HallWorld, working_morning: dt.datetime
) -> None:
    citizen, clerk = Client(), client_of(place.world.clerk)
    centre = place.world.centre
    days = citizen.get("/dat-lich-hen/")
    first = days.context["days"][0][0]
    assert first == working_morning.date()
    saturday = first + dt.timedelta(days=3)
    slots = slots_on(centre.pk, first)
    assert f"{slots[0].starts_at:%H:%M}" == "10:00"  # an hour ahead
    assert saturday.weekday() == 5
    at = slots[0].starts_at.isoformat()
    address = "/dat-lich-hen/"
    query = f"?noi={centre.code}&ngay={first}&gio={at.replace('+', '%2B')}"
    bad = citizen.post(address + query, {"name": "", "phone": "12"})
    assert bad.status_code == 422
    person = {"name": "Trần Thị Lan", "email": "lan@example.vn", "identity": "079190001234",
              "procedure": "1.004873"}  # fmt: skip
    made = citizen.post(address + query, person)
    assert made.status_code == 302, made.content.decode()
    own = str(made["Location"])
    assert "Bạn có lịch hẹn" in citizen.get(own).content.decode()
    assert citizen.get(own[:-5] + "abcd/").status_code == 404
    ics = citizen.get(f"{own}lich-hen.ics")
    assert ics["Content-Type"].startswith("text/calendar")
    assert "BEGIN:VEVENT" in ics.content.decode()
    run_until_idle()
    assert [m.subject for m in mail.outbox] == ["Xác nhận lịch hẹn"]
    assert mail.outbox[0].attachments[0][0] == "lich-hen.ics"
    moved = citizen.post(f"{own}doi/", {"gio": slots[1].starts_at.isoformat()})
    assert moved.status_code == 302
    run_until_idle()
    assert "SEQUENCE:1" in str(mail.outbox[1].attachments[0][1])
    feed = citizen.get(f"/may/{place.device('calendar')}/lich.ics").content.decode()
    assert "Trần Thị Lan" in feed
    assert "Trần Thị Lan" in clerk.get("/console/lich-hen/").content.decode()
    with at_time(slots[1].starts_at - dt.timedelta(minutes=10)):
        kiosk = f"/may/{place.device('kiosk')}/"
        drawn = citizen.post(kiosk, {"card": CARD})
    assert drawn.status_code == 302, drawn.content.decode()
    ticket = Ticket.objects.get()
    assert ticket.appointment is not None
    assert ticket.procedure_code == "1.004873"
    assert ticket.order_at == slots[1].starts_at - dt.timedelta(minutes=60)
    late = citizen.post(f"{own}doi/")
    assert late.status_code == 409
    assert "không còn thay đổi được" in late.content.decode()


def test_a_cancelled_place_is_free_again_and_a_full_slot_is_full(place: HallWorld) -> None:
    centre = place.world.centre
    slot = slots_on(centre.pk, dt.date(2026, 11, 19))[0]
    citizen = place.world.citizen

    def take(name: str) -> Appointment:
        wanted = Booking(
            agency_id=centre.pk, starts_at=slot.starts_at, name=name, phone="0901234567"
        )
        return book(actor=citizen, booking=wanted)

    first, _second = take("Một"), take("Hai")
    with pytest.raises(SlotFull):
        take("Ba")
    own = re.sub(r"doi/$", "", f"/lich-hen/{first.uid}/{_token(first)}/doi/")
    Client().post(f"{own}doi/")
    first.refresh_from_db()
    assert first.state == "cancelled"
    assert take("Ba").place == 1
    for wrong in (dt.timedelta(minutes=7), dt.timedelta(days=3), dt.timedelta(days=40)):
        with pytest.raises(SlotClosed):
            book(actor=citizen, booking=Booking(
                agency_id=centre.pk, starts_at=slot.starts_at + wrong, name="X",
                phone="0901234567"))  # fmt: skip


def _token(appointment: Appointment) -> str:
    from motcua.subsystems.reception.mailing import token_of

    return token_of(appointment.uid)


def test_forms_of_secret_pages_pass_the_origin_check(place: HallWorld) -> None:
    """A page that hides its origin would have its own forms refused."""
    kiosk = f"/may/{place.device('kiosk')}/"
    assert Client().get(kiosk)["Referrer-Policy"] == "same-origin"
    slot = slots_on(place.world.centre.pk, dt.date(2026, 11, 19))[0]
    made = book(
        actor=place.world.citizen,
        booking=Booking(agency_id=place.world.centre.pk, starts_at=slot.starts_at, name="Lan",
                        phone="0901234567"),
    )  # fmt: skip
    own = f"/lich-hen/{made.uid}/{_token(made)}/"
    assert Client().get(own)["Referrer-Policy"] == "same-origin"


@pytest.mark.parametrize(
    ("typed", "said"),
    [(CARD, "chưa thấy lịch hẹn nào của thẻ này"), ("0791", "Chưa đọc được thẻ")],
)
def test_a_card_without_an_appointment_is_told_what_to_do(
    place: HallWorld, typed: str, said: str
) -> None:
    answer = Client().post(f"/may/{place.device('kiosk')}/", {"card": typed})
    assert answer.status_code == 422
    assert said in answer.content.decode()
