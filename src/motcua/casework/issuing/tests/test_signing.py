"""Signatures by RSA and P-256 from files and devices, one revision after another."""

from __future__ import annotations

import datetime as dt
import io
import os
import subprocess
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from pyhanko.pdf_utils.reader import PdfFileReader

from motcua.adapters.signing.pkcs11 import parse_uri
from motcua.casework.issuing import demo_authority
from motcua.casework.issuing.errors import KeyUnusable, TimestampUnavailable
from motcua.casework.issuing.rendering import SignaturePlace, render_for_signing
from motcua.casework.issuing.rules import Box, seal_box, signature_box
from motcua.casework.issuing.signing import drawing, pades
from motcua.casework.issuing.signing.ports import KeyReference, open_key, timestamp_authority
from motcua.casework.issuing.tests.conftest import AGENCY, SIGNER, LocalAuthority, make_identity
from motcua.casework.issuing.tests.samples import SAMPLES
from motcua.casework.issuing.verification.engine import verify
from motcua.foundation.timesource import now

SOFTHSM = Path("/usr/lib/softhsm/libsofthsm2.so")


def marks(template: str = "results/social-pension") -> tuple[bytes, pades.Mark, pades.Mark]:
    """A rendered document, the signer's mark and the seal's."""
    rendered = render_for_signing(template, SAMPLES[template])
    place = rendered.place("signer")
    assert place is not None
    room = Box(place.left, place.bottom, place.right, place.top)

    def at(box: Box) -> SignaturePlace:
        return SignaturePlace("x", place.page, box.left, box.bottom, box.right, box.top)

    hand = pades.Mark("Ky", at(signature_box(room)), drawing.signature_png(SIGNER), SIGNER)
    seal = pades.Mark("Dau", at(seal_box(room)), drawing.seal_png(AGENCY), AGENCY)
    return rendered.pdf, hand, seal


@pytest.mark.parametrize("algorithm", ["rsa", "ec-p256"])
def test_hand_then_seal_leave_each_other_whole(algorithm: str) -> None:
    pdf, hand, seal = marks()
    signed = pades.sign(pdf, make_identity("person", algorithm), hand)
    sealed = pades.sign(signed, make_identity("organisation", algorithm), seal)
    assert signed.startswith(pdf)
    assert sealed.startswith(signed)
    report = verify(sealed)
    assert report.indication == "TOTAL-PASSED"
    person, organisation = report.signatures
    assert (person.role, organisation.role) == ("signer", "organisation")
    assert person.signer == f"{SIGNER} (DEMO)"
    assert person.organisation == AGENCY
    assert (person.covers, person.changes_after) == ("revision", "signatures-only")
    assert (organisation.covers, organisation.changes_after) == ("file", "none")
    assert person.algorithm.startswith("sha256_rsa" if algorithm == "rsa" else "sha256_ecdsa")
    assert report.demo
    assert "DEMO" in report.sentence().en


def test_a_sealed_file_keeps_what_pdf_a_asks() -> None:
    """ISO 19005-2: annotations that print, an output intent, no active content."""
    pdf, hand, seal = marks()
    sealed = pades.sign(pades.sign(pdf, make_identity(), hand), make_identity("organisation"), seal)
    reader = PdfFileReader(io.BytesIO(sealed))
    assert "/OutputIntents" in reader.root
    assert b"pdfaid:part" in reader.root["/Metadata"].data
    assert "/Encrypt" not in reader.trailer
    form = reader.root["/AcroForm"]
    assert not form.get("/NeedAppearances", False)
    assert [field.get_object()["/T"] for field in form["/Fields"]] == ["Ky", "Dau"]
    for field in form["/Fields"]:
        widget = field.get_object()
        assert int(widget["/F"]) & 0b100
        assert not int(widget["/F"]) & 0b100010
        assert "/N" in widget["/AP"]
        assert "/AA" not in widget


def test_the_signing_time_is_the_houses() -> None:
    pdf, hand, _ = marks()
    moment = dt.datetime(2025, 3, 4, 1, 30, tzinfo=dt.UTC)
    identity = make_identity(valid_from=dt.datetime(2025, 1, 1, tzinfo=dt.UTC))
    found = verify(pades.sign(pdf, identity, hand, at=moment)).signatures[0]
    assert found.claimed_at == moment


def test_an_expired_certificate_does_not_sign() -> None:
    pdf, hand, _ = marks()
    old = make_identity(valid_from=now() - dt.timedelta(days=4 * 365))
    with pytest.raises(KeyUnusable, match="certificate valid"):
        pades.sign(pdf, old, hand)


def test_a_signature_may_be_invisible() -> None:
    pdf, _, _ = marks()
    assert verify(pades.sign(pdf, make_identity(), pades.Mark("An"))).passed


@pytest.mark.parametrize("reference", ["absent.p12", "../outside.p12", "/etc/passwd"])
def test_a_key_file_outside_or_absent_is_refused(reference: str) -> None:
    with pytest.raises(KeyUnusable):
        open_key(KeyReference("pkcs12", reference, "x"))


def test_a_wrong_passphrase_is_refused_and_never_shown() -> None:
    made = demo_authority.issue_demo_certificate(SIGNER, AGENCY)
    demo_authority.write_private(demo_authority.keys_dir() / "k.p12", made.pkcs12("đúng"))
    with pytest.raises(KeyUnusable) as error:
        open_key(KeyReference("pkcs12", "k.p12", "rất bí mật"))
    assert "bí mật" not in str(error.value) + repr(KeyReference("pkcs12", "k.p12", "rất bí mật"))


def test_key_files_are_for_their_owner_only() -> None:
    demo_authority.make_demo_authority()
    path = demo_authority.keys_dir() / "demo/root.p12"
    assert path.stat().st_mode & 0o077 == 0


def test_the_demo_authority_is_made_once_and_says_demo() -> None:
    first = demo_authority.make_demo_authority()
    assert demo_authority.make_demo_authority().certificate == first.certificate
    made = demo_authority.issue_demo_certificate(SIGNER, AGENCY)
    for name in (made.certificate.subject, made.certificate.issuer):
        assert "DEMO" in name.rfc4514_string()


def test_an_unknown_backend_is_refused() -> None:
    with pytest.raises(KeyUnusable):
        open_key(KeyReference("cloud", "x", "x"))


# --- timestamps -------------------------------------------------------------


def test_level_b_t_carries_a_trusted_stamp(tsa: LocalAuthority, settings: Any) -> None:
    settings.MOTCUA_TSA_URL = tsa.url
    pdf, hand, seal = marks()
    stamps = timestamp_authority()
    signed = pades.sign(pdf, make_identity(), hand, stamps=stamps)
    sealed = pades.sign(signed, make_identity("organisation"), seal, stamps=stamps)
    report = verify(sealed)
    assert report.passed
    assert tsa.asked == 2
    for found in report.signatures:
        assert found.level == "B-T"
        assert found.timestamp is not None
        assert found.timestamp.valid
        assert found.timestamp.trusted


def test_a_stamp_keeps_a_signature_good_after_its_certificate_ends(tsa: LocalAuthority) -> None:
    from motcua.adapters.signing.timestamp import HttpTimestampAuthority

    start = dt.datetime(2024, 1, 10, tzinfo=dt.UTC)
    at = start + dt.timedelta(days=30)
    identity = make_identity(valid_from=start)
    later = start + dt.timedelta(days=3 * 365 - 5)  # both still valid
    after = start + dt.timedelta(days=3 * 365 + 5)
    pdf, hand, _ = marks()
    bare = pades.sign(pdf, identity, hand, at=at)
    tsa.moment = at
    stamped = pades.sign(pdf, identity, hand, at=at, stamps=HttpTimestampAuthority(tsa.url))
    assert verify(stamped, at=later).passed
    assert verify(bare, at=after).sub_indication == "OUT_OF_BOUNDS_NO_POE"
    assert verify(bare, at=after).indication == "INDETERMINATE"


@pytest.mark.parametrize("answer", [b"", b"not asn1", b"\x30\x03\x02\x01\x02"])
def test_a_broken_timestamp_answer_stops_the_signing(tsa: LocalAuthority, answer: bytes) -> None:
    from motcua.adapters.signing.timestamp import HttpTimestampAuthority

    tsa.answer = answer
    pdf, hand, _ = marks()
    with pytest.raises(TimestampUnavailable):
        pades.sign(pdf, make_identity(), hand, stamps=HttpTimestampAuthority(tsa.url))


def test_an_absent_timestamp_server_stops_the_signing() -> None:
    from motcua.adapters.signing.timestamp import HttpTimestampAuthority

    pdf, hand, _ = marks()
    with pytest.raises(TimestampUnavailable):
        pades.sign(pdf, make_identity(), hand, stamps=HttpTimestampAuthority("http://127.0.0.1:9/"))


# --- devices ----------------------------------------------------------------


DEVICE_KEYS = {"dau-rsa": "rsa", "dau-ec": "ec-p256"}


@pytest.fixture(scope="module")
def token(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A SoftHSM2 token with an RSA and a P-256 key; its URI without the object."""
    import pkcs11

    if not SOFTHSM.exists():
        pytest.skip("SoftHSM2 is not installed")
    folder = tmp_path_factory.mktemp("softhsm")
    (folder / "tokens").mkdir()
    config = folder / "softhsm2.conf"
    config.write_text(f"directories.tokendir = {folder}/tokens\nobjectstore.backend = file\n")
    os.environ["SOFTHSM2_CONF"] = str(config)
    command = ["softhsm2-util", "--init-token", "--free", "--label", "thu"]
    subprocess.run([*command, "--pin", "1234", "--so-pin", "5678"], check=True, capture_output=True)
    with pkcs11.lib(str(SOFTHSM)).get_token(token_label="thu").open(user_pin="1234", rw=True) as s:
        for label, algorithm in DEVICE_KEYS.items():
            put_into_token(s, label, algorithm)
    return f"pkcs11:token=thu;object=%s?module-path={SOFTHSM}"


def put_into_token(session: Any, label: str, algorithm: str) -> None:
    """Import a key with a certificate of a throw-away authority into the token."""
    from pkcs11 import Attribute
    from pkcs11.util.ec import decode_ec_private_key
    from pkcs11.util.rsa import decode_rsa_private_key
    from pkcs11.util.x509 import decode_x509_certificate

    root = demo_authority._make_root()
    made = demo_authority.issue_demo_certificate(
        AGENCY, AGENCY, purpose="organisation", algorithm=algorithm, authority=root
    )  # type: ignore[arg-type]
    raw = made.key.private_bytes(Encoding.DER, PrivateFormat.TraditionalOpenSSL, NoEncryption())
    decode = decode_rsa_private_key if algorithm == "rsa" else decode_ec_private_key
    certificate = decode_x509_certificate(made.certificate.public_bytes(Encoding.DER))
    more = {Attribute.TOKEN: True, Attribute.LABEL: label}
    session.create_object({**decode(raw), **more, Attribute.SIGN: True})
    session.create_object({**certificate, **more})


@pytest.mark.parametrize("label", sorted(DEVICE_KEYS))
def test_a_device_signs_and_keeps_its_key(token: str, label: str) -> None:
    demo_authority.make_demo_authority()
    identity = open_key(KeyReference("pkcs11", token % label, "1234"))
    assert identity.algorithm == DEVICE_KEYS[label]
    pdf, _, seal = marks()
    found = verify(pades.sign(pdf, identity, seal)).signatures[0]
    assert found.bytes_intact
    assert found.sub_indication == "NO_CERTIFICATE_CHAIN_FOUND"
    assert found.role == "organisation"


def test_a_device_that_dropped_its_session_is_opened_again(token: str) -> None:
    from motcua.adapters.signing import pkcs11

    identity = open_key(KeyReference("pkcs11", token % "dau-ec", "1234"))
    for _, session in pkcs11._sessions.values():
        session.close()
    assert identity.sign(b"x")


@pytest.mark.parametrize(
    ("uri", "pin"),
    [("dau-khong-co", "1234"), ("dau-ec", "0000"), ("dau-ec;token=khac", "1234")],
)
def test_a_device_with_a_wrong_pin_or_key_is_refused(token: str, uri: str, pin: str) -> None:
    with pytest.raises(KeyUnusable):
        open_key(KeyReference("pkcs11", token % uri, pin))


@pytest.mark.parametrize("uri", ["", "file:x", "pkcs11:token=a", "pkcs11:token=a;object=b"])
def test_an_incomplete_device_uri_is_refused(uri: str) -> None:
    with pytest.raises(KeyUnusable):
        parse_uri(uri)


def test_a_device_uri_is_percent_decoded() -> None:
    parts = parse_uri("pkcs11:token=D%E1%BA%A5u;object=a%20b?module-path=/x.so&pin-source=env")
    assert (parts["token"], parts["object"]) == ("Dấu", "a b")
