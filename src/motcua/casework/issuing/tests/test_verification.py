"""Checking files: honest ones, touched ones, foreign ones, broken ones."""

from __future__ import annotations

import datetime as dt
import io
import re
import subprocess
import sys
import zlib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.pdf_utils.writer import copy_into_new_writer

from motcua.casework.issuing import demo_authority
from motcua.casework.issuing.signing import pades
from motcua.casework.issuing.tests.conftest import make_identity
from motcua.casework.issuing.tests.test_signing import marks
from motcua.casework.issuing.verification.anchors import anchor_set
from motcua.casework.issuing.verification.apart import verify_apart
from motcua.casework.issuing.verification.engine import verify
from motcua.foundation.timesource import now

SHARED = Path("/work/shared/data/signed-pdf")


@pytest.fixture
def sealed() -> bytes:
    pdf, hand, seal = marks()
    signed = pades.sign(pdf, make_identity("person"), hand)
    return pades.sign(signed, make_identity("organisation"), seal)


def signed_ranges(pdf: bytes) -> list[tuple[int, int]]:
    """What the last signature covers, as half-open ranges."""
    last = re.findall(rb"/ByteRange\s*\[\s*(\d+) +(\d+) +(\d+) +(\d+)", pdf)[-1]
    a, b, c, d = map(int, last)
    return [(a, a + b), (c, c + d)]


def test_every_flipped_byte_is_seen(sealed: bytes) -> None:
    (a, b), (c, d) = signed_ranges(sealed)

    @hypothesis_settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
    @given(st.one_of(st.integers(a, b - 1), st.integers(c, d - 1)), st.integers(1, 255))
    def check(position: int, mask: int) -> None:
        touched = bytearray(sealed)
        touched[position] ^= mask
        report = verify(bytes(touched))
        assert not report.passed

    check()


def test_a_flipped_content_byte_is_called_a_hash_failure(sealed: bytes) -> None:
    touched = bytearray(sealed)
    touched[sealed.index(b"stream") + 40] ^= 1
    report = verify(bytes(touched))
    assert (report.indication, report.sub_indication) == ("TOTAL-FAILED", "HASH_FAILURE")
    assert "bị thay đổi" in report.signatures[0].sentence().vi


def test_content_added_after_signing_fails_although_the_bytes_are_whole(sealed: bytes) -> None:
    writer = IncrementalPdfFileWriter(io.BytesIO(sealed), strict=False)
    stream = writer.add_object(generic.StreamObject(stream_data=b"0 0 300 300 re f"))
    page = writer.find_page_for_modification(0)[0].get_object()
    page["/Contents"] = generic.ArrayObject([page.raw_get("/Contents"), stream])
    writer.update_container(page)
    out = io.BytesIO()
    writer.write(out)
    report = verify(out.getvalue())
    assert (report.indication, report.sub_indication) == ("TOTAL-FAILED", "FORMAT_FAILURE")
    assert all(s.bytes_intact and s.changes_after == "forbidden" for s in report.signatures)


def test_a_signature_carried_to_another_file_fails(sealed: bytes) -> None:
    ours, theirs = sealed, verify(sealed)
    assert theirs.passed
    other, hand, _ = marks("results/letter")
    signed = pades.sign(other, make_identity(), hand)
    contents = re.compile(rb"/Contents ?<([0-9a-fA-F]{1000,})>")
    stolen = contents.search(ours)
    target = contents.search(signed)
    assert stolen
    assert target
    assert len(stolen[1]) == len(target[1])
    forged = signed[: target.start(1)] + stolen[1] + signed[target.end(1) :]
    assert verify(forged).indication == "TOTAL-FAILED"


def test_an_untrusted_chain_is_undecided_not_passed(sealed: bytes, tmp_path: Path) -> None:
    report = verify(sealed, anchors=anchor_set(tmp_path))
    assert report.indication == "INDETERMINATE"
    assert report.sub_indication == "NO_CERTIFICATE_CHAIN_FOUND"
    assert all(s.bytes_intact for s in report.signatures)


def test_an_anchor_is_believed_only_in_its_window(sealed: bytes) -> None:
    folder = demo_authority.trust_dir()
    (folder / "demo-root.pem.json").write_text('{"to": "2021-01-01", "demo": true}')
    assert verify(sealed).sub_indication == "NO_CERTIFICATE_CHAIN_FOUND"


def test_a_revoked_certificate_is_not_believed() -> None:
    pdf, hand, _ = marks()
    made = demo_authority.issue_demo_certificate("Lê A", "UBND")
    demo_authority.write_private(demo_authority.keys_dir() / "r.p12", made.pkcs12("x"))
    from motcua.casework.issuing.signing.ports import KeyReference, open_key

    signed = pades.sign(pdf, open_key(KeyReference("pkcs12", "r.p12", "x")), hand)
    demo_authority.revoke_demo_certificates({})
    assert verify(signed).signatures[0].revocation == "good"
    serial = made.certificate.serial_number
    demo_authority.revoke_demo_certificates({serial: now() - dt.timedelta(hours=1)})
    found = verify(signed).signatures[0]
    assert found.revocation == "revoked"
    assert found.sub_indication in {"REVOKED", "REVOKED_NO_POE"}
    assert found.indication != "TOTAL-PASSED"


# --- hostile input ------------------------------------------------------------


@pytest.mark.parametrize(
    "junk",
    [b"", b"%PDF-1.7", b"not a pdf at all", b"%PDF-1.7\n" + b"[" * 20_000, b"\x00" * 4096,
     b"%PDF-1.4\ntrailer<</Root 1 0 R>>\nstartxref\n0\n%%EOF",
     b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 1 0 R>>endobj\nxref\n0 2\n"
     b"0000000000 65535 f \n0000000009 00000 n \ntrailer<</Size 2/Root 1 0 R/Prev 60>>\n"
     b"startxref\n60\n%%EOF"],
)  # fmt: skip
def test_junk_gets_an_answer(junk: bytes) -> None:
    report = verify(junk)
    assert report.problem in {"unreadable", "no-signature"}
    assert report.indication == "INDETERMINATE"
    assert report.sentence().vi


def test_a_torn_file_gets_an_answer(sealed: bytes) -> None:
    @hypothesis_settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
    @given(st.integers(0, len(sealed) - 2))
    def check(length: int) -> None:
        report = verify(sealed[:length])
        assert report.indication in {"TOTAL-PASSED", "TOTAL-FAILED", "INDETERMINATE"}
        if report.passed:  # torn exactly back to the leader's own revision
            assert len(report.signatures) == 1

    check()


def test_an_encrypted_file_is_named_so() -> None:
    pdf, _, _ = marks()
    writer = copy_into_new_writer(PdfFileReader(io.BytesIO(pdf)))
    writer.encrypt("mật khẩu")
    out = io.BytesIO()
    writer.write(out)
    assert verify(out.getvalue()).problem == "encrypted"


def test_an_unsigned_file_is_named_so() -> None:
    pdf, _, _ = marks()
    report = verify(pdf)
    assert (report.problem, report.passed) == ("no-signature", False)


def test_a_huge_file_is_not_read(settings: Any) -> None:
    settings.MOTCUA_UPLOAD_MAX_BYTES = 1000
    assert verify(b"%PDF" + b"0" * 2000).problem == "too-large"


def bomb() -> bytes:
    """A PDF of a few megabytes whose cross-reference stream unfolds to gigabytes."""
    packer = zlib.compressobj(9)
    zeros = bytes(1 << 20)
    first = packer.compress(zeros) + packer.flush(zlib.Z_FULL_FLUSH)
    again = packer.compress(zeros) + packer.flush(zlib.Z_FULL_FLUSH)
    packed = first + again * 4000
    head = b"%PDF-1.7\n"
    body = (
        b"1 0 obj\n<</Type/XRef/Size 2/Root 1 0 R/W[1 2 1]/Filter/FlateDecode/Length %d>>"
        b"\nstream\n" % len(packed)
    )
    tail = b"\nendstream\nendobj\nstartxref\n%d\n%%%%EOF" % len(head)
    return head + body + packed + tail


def test_a_strangers_bomb_is_contained(sealed: bytes) -> None:
    trust = demo_authority.trust_dir()
    limit = 20 * 1024 * 1024
    report = verify_apart(bomb(), at=now(), trust=trust, limit=limit)
    assert (report.problem, report.passed) == ("unreadable", False)
    assert verify_apart(sealed, at=now(), trust=trust, limit=limit).passed


def test_a_web_process_that_signs_nothing_loads_no_engine() -> None:
    code = (
        "import django,sys;django.setup();import motcua.casework.issuing.public,"
        "motcua.casework.issuing.views;"
        "print(sorted({m.split('.')[0] for m in sys.modules}"
        "&{'pyhanko','typst','asn1crypto','pkcs11','segno','requests'}))"
    )
    source = str(Path(demo_authority.__file__).parents[3])
    environment = {"PYTHONPATH": source, "DJANGO_SETTINGS_MODULE": "motcua.web.settings.testing"}
    done = subprocess.run(
        [sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=False
    )
    assert done.stdout.strip() == "[]", done.stderr[-500:]


# --- real files from elsewhere ----------------------------------------------------

_HONEST = {
    "minimal-two-fields-signed-twice.pdf": 2,
    "minimal-signed-twice-no-sig-type.pdf": 2,
    "pdf-sig-with-econtent.pdf": 1,
    "sig-no-signed-attrs.pdf": 1,
    "pades-with-old-style-signing-cert-attr-issser.pdf": 1,
    "pades-lta-dss-indirect-arrs-test-2.pdf": 2,
}


@pytest.mark.shared
@pytest.mark.skipif(not SHARED.exists(), reason="the shared signed files are absent")
class TestRealFiles:
    @pytest.mark.parametrize("name", sorted(_HONEST))
    def test_an_honest_file_of_strangers_is_whole_but_unknown(self, name: str) -> None:
        demo_authority.make_demo_authority()
        report = verify((SHARED / name).read_bytes())
        assert not report.problem
        assert len(report.signatures) >= 1
        assert not report.passed

    def test_bytes_are_whole_in_honest_files_and_not_after_a_flip(self) -> None:
        demo_authority.make_demo_authority()
        data = (SHARED / "minimal-two-fields-signed-twice.pdf").read_bytes()
        report = verify(data)
        assert [s.bytes_intact for s in report.signatures] == [True, True]
        assert report.sub_indication == "CHAIN_CONSTRAINTS_FAILURE"  # a self-signed stranger
        touched = bytearray(data)
        touched[120] ^= 4
        assert not verify(bytes(touched)).passed

    def test_every_real_file_gets_an_answer(self) -> None:
        demo_authority.make_demo_authority()
        for path in sorted(SHARED.glob("*.pdf")):
            report = verify(path.read_bytes())
            assert not report.passed, path.name
            assert report.sentence().en
