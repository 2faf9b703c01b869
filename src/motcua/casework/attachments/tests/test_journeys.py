"""A file's way: draft, case, derived copies, hands of others, withdrawal, forgetting."""

from __future__ import annotations

import datetime as dt
import hashlib
import io
import os
import time
import uuid

import pytest
from django.test import RequestFactory
from PIL import Image

from motcua.casework.access.public import ANONYMOUS, SYSTEM
from motcua.casework.attachments import errors, upkeep, views
from motcua.casework.attachments.models import Attachment, Blob, Derivative
from motcua.casework.attachments.public import (
    FolderStore,
    attach_made,
    attachment_of,
    attachments_of,
    claim_drafts,
    draft_attachments,
    make_derivatives,
    open_original,
    purge_drafts,
    put_bytes,
    read_bytes,
    receive_upload,
    reuse,
    sweep_store,
    text_of,
    withdraw,
)
from motcua.casework.attachments.tests import samples
from motcua.casework.cases.public import change_case
from motcua.casework.ledger.public import check_ledger, entries, reveal
from motcua.foundation.errors import NotAllowed, NotFound
from motcua.foundation.outbox.public import run_until_idle
from motcua.foundation.timesource import at_time, now

pytestmark = pytest.mark.django_db


def give(actor, data=None, name="Giấy khai sinh.pdf", **where) -> Attachment:
    where = where or {"draft_key": "d1"}
    data = samples.pdf() if data is None else data
    return receive_upload(
        actor=actor, file=samples.upload(data, name), component_code="KS", **where
    )


def test_from_draft_to_case(citizen, officer, stranger, case):
    data = samples.pdf()
    given = give(citizen, data)
    assert list(draft_attachments(citizen, "d1")) == [given]
    assert list(draft_attachments(stranger, "d1")) == []
    with pytest.raises(NotFound):
        attachment_of(officer, given.uid)
    moved = claim_drafts(actor=citizen, draft_key="d1", case_id=case.pk)
    assert moved == [given]
    assert list(attachments_of(case.pk)) == [given]
    assert not draft_attachments(citizen, "d1").exists()
    attachment, file = open_original(officer, given.uid)
    with file:
        assert file.read() == data
    assert attachment.blob_id == hashlib.sha256(data).hexdigest()
    assert attachment.blob.scan_state == "unscanned"
    assert attachment.blob.get_scan_state_display() == "Chưa quét mã độc"
    with pytest.raises(NotFound):
        attachment_of(stranger, given.uid)
    with pytest.raises(NotFound):
        attachment_of(ANONYMOUS, given.uid)
    last = entries(f"case:{case.pk}").last()
    assert last.verb == "attachments.attach"
    assert "Giấy khai sinh" not in str(last.after)
    assert reveal(last.after["name"]) == "Giấy khai sinh.pdf"
    assert check_ledger() == []


def test_the_case_goes_on_after_a_file_came_in(citizen, officer, case):
    give(citizen, case_id=case.pk)
    change_case(actor=officer, case=case, verb="test.begin", to_state="working")
    case.refresh_from_db()
    change_case(actor=officer, case=case, verb="test.finish", to_state="done")
    assert check_ledger() == []


def test_nobody_adds_to_an_unseen_case_or_without_a_place(citizen, stranger, case):
    with pytest.raises(NotFound):
        give(stranger, case_id=case.pk)
    with pytest.raises(NotAllowed):
        give(citizen, draft_key="")
    with pytest.raises(NotAllowed):
        give(ANONYMOUS, draft_key="d1")


def test_an_official_digitises_paper(officer, case):
    scanned = give(officer, case_id=case.pk, source="scan", kind="certified")
    assert (scanned.digitised_by_id, scanned.kind) == (officer.account_id, "certified")


def test_statements(citizen, case, django_assert_max_num_queries):
    with django_assert_max_num_queries(11):  # two of them are the test's own savepoint
        give(citizen, case_id=case.pk)
    give(citizen)
    with django_assert_max_num_queries(7):
        claim_drafts(actor=citizen, draft_key="d1", case_id=case.pk)
    uid = attachments_of(case.pk)[0].uid
    with django_assert_max_num_queries(1):
        attachment_of(citizen, uid)


def test_refusals_store_nothing(citizen, settings, files_dir):
    settings.MOTCUA_UPLOAD_MAX_BYTES = 50_000
    with pytest.raises(errors.EmptyFile):
        give(citizen, b"")
    with pytest.raises(errors.FileTooLarge):
        give(citizen, b"%PDF-1.7" + b"x" * 60_000)
    with pytest.raises(errors.WrongType):
        give(citizen, b"MZ")
    assert not Blob.objects.exists()
    assert [p for p in files_dir.rglob("*") if p.is_file()] == []


def test_a_draft_has_limits(citizen, settings):
    settings.MOTCUA_UPLOAD_MAX_BYTES = 3_000
    for n in range(40):
        try:
            give(citizen, samples.png((16 + n, 16)) + b"\0" * 2000, "a.png")
        except errors.DraftFull:
            break
    else:
        pytest.fail("the draft took everything")
    assert n > 5


def test_the_same_bytes_are_kept_once_and_never_rewritten(citizen, stranger, files_dir):
    data = samples.pdf()
    one = give(citizen, data)
    path = FolderStore().path(one.blob_id)
    before = path.stat()
    two = give(stranger, data, "khác.pdf")
    assert one.blob_id == two.blob_id
    assert Blob.objects.count() == 1
    assert (path.stat().st_ino, path.stat().st_mode & 0o777) == (before.st_ino, 0o440)
    assert list((files_dir / "landing").iterdir()) == []
    with pytest.raises(ValueError, match="SHA"):
        FolderStore().path("../../etc/passwd")


def test_pictures_are_shown_upright_and_without_exif(citizen):
    exif = Image.Exif()
    exif[0x0112] = 6  # rotated
    exif[0x010F] = "Camera"
    exif.get_ifd(0x8825)[1] = "N"  # a place on earth
    given = give(citizen, samples.jpeg((4000, 2000), exif=exif), "anh.jpg")
    assert run_until_idle() is not None
    kinds = {d.kind: d for d in Derivative.objects.filter(blob_id=given.blob_id)}
    assert kinds.keys() == {"thumbnail", "preview"}
    for kind, box in (("thumbnail", 320), ("preview", 1600)):
        with Image.open(io.BytesIO(read_bytes(kinds[kind].sha256))) as image:
            assert (image.format, image.size) == ("WEBP", (box // 2, box))
            assert not image.getexif()
    assert make_derivatives(given.blob_id) == 0
    assert make_derivatives("0" * 64) == 0


def test_a_pdf_gives_its_first_page_and_its_text(citizen):
    given = give(citizen, samples.pdf(text="SO 12345"))
    assert make_derivatives(given.blob_id) == 3
    assert text_of(given.blob_id) == "SO 12345"


def test_transparent_pictures_stand_on_white(citizen):
    given = give(citizen, samples.png(), "a.png")
    assert make_derivatives(given.blob_id) == 2
    thumbnail = Derivative.objects.get(blob_id=given.blob_id, kind="thumbnail")
    with Image.open(io.BytesIO(read_bytes(thumbnail.sha256))) as image:
        assert image.getpixel((1, 1)) == (255, 255, 255)


def test_other_types_have_no_copies(citizen):
    assert make_derivatives(give(citizen, samples.heic(), "a.heic").blob_id) == 0


def test_what_the_house_made_is_marked_so(officer, citizen, case):
    made = attach_made(
        actor=officer,
        case_id=case.pk,
        data=samples.pdf(),
        mime="application/pdf",
        name="Kết quả",
    )
    assert (made.name, made.kind, made.blob.scan_state) == ("Kết quả.pdf", "result", "made")
    assert attachment_of(citizen, made.uid) == made
    assert put_bytes(b"<x/>", "application/xml") == hashlib.sha256(b"<x/>").hexdigest()


def test_a_file_is_given_again_without_copying(citizen, stranger, case):
    old = give(citizen, case_id=case.pk)
    again = reuse(actor=citizen, uid=old.uid, component_code="KS", draft_key="d2")
    assert (again.blob_id, again.reused_from_id, again.source) == (old.blob_id, old.pk, "store")
    with pytest.raises(NotFound):
        reuse(actor=stranger, uid=old.uid, component_code="KS", draft_key="d2")


def test_withdrawing_keeps_the_record(citizen, officer, case):
    given = give(citizen, case_id=case.pk)
    with pytest.raises(NotAllowed):
        withdraw(actor=officer, uid=given.uid)
    withdraw(actor=citizen, uid=given.uid)
    with pytest.raises(NotFound):
        withdraw(actor=citizen, uid=given.uid)
    assert not attachments_of(case.pk).exists()
    assert attachments_of(case.pk, withdrawn=True).count() == 1


def test_abandoned_drafts_are_forgotten(citizen, stranger, case, files_dir):
    with at_time(now() - dt.timedelta(days=31)):
        old = give(citizen)
        make_derivatives(old.blob_id)
        alive = give(citizen, samples.png(), "a.png", draft_key="d2")
        kept = give(citizen, samples.jpeg(), "a.jpg", case_id=case.pk)
        put_bytes(b"result", "text/plain")
    give(citizen, samples.png((9, 9)), "b.png", draft_key="d2")
    assert purge_drafts(actor=SYSTEM) == 1
    assert set(Attachment.objects.values_list("pk", flat=True)) >= {alive.pk, kept.pk}
    assert not Attachment.objects.filter(pk=old.pk).exists()
    assert sweep_store() == 0  # too fresh: the same bytes may be arriving just now
    for path in files_dir.rglob("*"):
        os.utime(path, (time.time() - 90_000,) * 2)
    (files_dir / "landing" / "left").write_bytes(b"x")
    os.utime(files_dir / "landing" / "left", (0, 0))
    assert sweep_store() == 5  # the PDF, its three copies, and what a killed upload left
    assert FolderStore().holds(kept.blob_id)
    assert FolderStore().holds(hashlib.sha256(b"result").hexdigest())
    assert check_ledger() == []


def ask(actor, view, uid, query="", **more):
    request = RequestFactory().get(f"/files/{uid}{query}")
    request.actor = actor
    return view(request, uid=uid, **more)


def body(response) -> bytes:
    """The bytes; closes the file but not the database, as ``response.close()`` would."""
    data = b"".join(response.streaming_content)
    response.file_to_stream.close()
    return data


def test_files_are_handed_out_safely(citizen, officer, case):
    given = give(citizen, case_id=case.pk)
    response = ask(officer, views.original, given.uid)
    assert body(response) == read_bytes(given.blob_id)
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Disposition"].startswith("attachment; filename*=utf-8''Gi%E1%BA%A5y")
    assert response["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in response["Content-Security-Policy"]
    assert response["Cache-Control"] == "private, no-store"
    inline = ask(officer, views.original, given.uid, "?view=1")
    assert inline["Content-Disposition"].startswith("inline")
    assert "sandbox" not in inline["Content-Security-Policy"]
    body(inline)
    archive = give(citizen, samples.packed({"a.pdf": b"x"}), "a.zip", case_id=case.pk)
    zipped = ask(officer, views.original, archive.uid, "?view=1")
    assert zipped["Content-Disposition"].startswith("attachment")
    body(zipped)


def test_pictures_are_handed_out(citizen, stranger):
    given = give(citizen)
    with pytest.raises(NotFound):
        ask(citizen, views.picture, given.uid, kind="thumbnail")
    make_derivatives(given.blob_id)
    response = ask(citizen, views.picture, given.uid, kind="thumbnail")
    assert response["Content-Type"] == "image/webp"
    assert body(response).startswith(b"RIFF")
    with pytest.raises(NotFound):
        ask(stranger, views.picture, given.uid, kind="thumbnail")


def test_absent_and_forbidden_are_the_same(stranger, citizen):
    given = give(citizen)
    answers = []
    for uid in (given.uid, uuid.uuid4()):
        with pytest.raises(NotFound) as refused:
            ask(stranger, views.original, uid)
        answers.append(refused.value.problem())
    assert answers[0] == answers[1]
    assert ask(ANONYMOUS, views.original, given.uid).status_code == 302


def test_a_lost_file_is_storage_s_fault(citizen):
    given = give(citizen)
    FolderStore().path(given.blob_id).unlink()
    with pytest.raises(errors.FileMissing):
        open_original(citizen, given.uid)


def test_nothing_to_rescan_without_a_scanner(citizen):
    give(citizen)
    assert upkeep.rescan_waiting() == 0


def test_states_are_shown_in_both_languages(citizen):
    from django.utils.translation import override

    from motcua.web.i18n import compile_all

    compile_all()
    blob = give(citizen).blob
    assert blob.get_scan_state_display() == "Chưa quét mã độc"
    with override("en"):
        assert blob.get_scan_state_display() == "Not scanned for viruses"
