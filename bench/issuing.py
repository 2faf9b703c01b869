"""Pages, signatures, seals and checks per second on one core, beside named floors.

``python bench/issuing.py`` from the project folder (no database). Floors, measured in the
same run: one ECDSA P-256 or RSA-2048 signature by the cryptography library over a SHA-256
hash of the same file, and one ECDSA verification. Goals: 40 pages/s, 10 seals/s.
"""

from __future__ import annotations

import os
import resource
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "src"))

import django
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa

from bench.table import Table
from motcua.casework.issuing import demo_authority, rendering
from motcua.casework.issuing.rendering import SignaturePlace
from motcua.casework.issuing.rules import Box, seal_box, signature_box
from motcua.casework.issuing.signing import drawing, pades
from motcua.casework.issuing.signing.ports import KeyReference, SigningIdentity, open_key
from motcua.casework.issuing.tests.samples import SAMPLES
from motcua.casework.issuing.verification.engine import verify

AGENCY, SIGNER = "Ủy ban nhân dân phường Bến Thành", "Trần Quốc Vượng"
TEMPLATE = "results/social-pension"


def rate(work: Callable[[int], object], count: int) -> float:
    """Best of three rounds, times per second of CPU."""
    work(-1)
    best = float("inf")
    for turn in range(3):
        began = time.process_time()
        for i in range(count):
            work(turn * count + i)
        best = min(best, time.process_time() - began)
    return count / best


def show(name: str, found: float, goal: float = 0, floor: float = 0) -> bool:
    """One line; whether the goal is met."""
    ratio = f"{floor / found:.0f} × the floor" if floor else ""
    if not goal:
        print(f"  {name:<46}{found:>9,.1f} /s   {ratio}".rstrip())
        return True
    table = Table()
    table.line(name, found, "/s", goal, least=True, beside=ratio)
    return table.met


def identity(purpose: demo_authority.Purpose, algorithm: str) -> SigningIdentity:
    """A demo key opened from its PKCS#12 file."""
    name = SIGNER if purpose == "person" else AGENCY
    kind = "rsa" if algorithm == "rsa" else "ec-p256"
    made = demo_authority.issue_demo_certificate(name, AGENCY, purpose=purpose, algorithm=kind)
    file = f"{purpose}-{algorithm}.p12"
    demo_authority.write_private(demo_authority.keys_dir() / file, made.pkcs12("bench"))
    return open_key(KeyReference("pkcs12", file, "bench"))


def marks(rendered: rendering.Rendered) -> tuple[pades.Mark, pades.Mark]:
    """Where and how hand and seal are set."""
    place = rendered.place("signer")
    assert place is not None
    room = Box(place.left, place.bottom, place.right, place.top)

    def at(box: Box) -> SignaturePlace:
        return SignaturePlace("x", place.page, box.left, box.bottom, box.right, box.top)

    return (
        pades.Mark("Ky", at(signature_box(room)), drawing.signature_png(SIGNER), SIGNER),
        pades.Mark("Dau", at(seal_box(room)), drawing.seal_png(AGENCY), AGENCY),
    )


def floors(pdf: bytes) -> tuple[float, float, float]:
    """Bare signatures (P-256, RSA-2048) and a bare P-256 verification, per second."""
    curve = ec.generate_private_key(ec.SECP256R1())
    number = rsa.generate_private_key(65537, 2048)
    signature = curve.sign(pdf, ec.ECDSA(hashes.SHA256()))
    public = curve.public_key()
    return (
        rate(lambda _: curve.sign(pdf, ec.ECDSA(hashes.SHA256())), 2000),
        rate(lambda _: number.sign(pdf, padding.PKCS1v15(), hashes.SHA256()), 300),
        rate(lambda _: public.verify(signature, pdf, ec.ECDSA(hashes.SHA256())), 2000),
    )


def pages(template: str, data: dict[str, object]) -> float:
    """Documents per second, each with another number."""
    return rate(lambda i: rendering.render_for_signing(template, {**data, "number": f"{i}"}), 60)


def signatures(
    algorithm: str, pdf: bytes, both: tuple[pades.Mark, pades.Mark], floors_: tuple[float, float]
) -> list[bool]:
    """Seal alone, hand and seal, and the check of both, for one kind of key."""
    (hand, seal), (floor, check) = both, floors_
    person, organisation = identity("person", algorithm), identity("organisation", algorithm)
    signed = pades.sign(pdf, person, hand)
    sealed = pades.sign(signed, organisation, seal)
    alone = rate(lambda _: pades.sign(signed, organisation, seal), 40)
    twice = rate(lambda _: pades.sign(pades.sign(pdf, person, hand), organisation, seal), 20)
    good = [
        show(f"seal with picture, {algorithm}", alone, 10, floor),
        show(f"hand and seal with pictures, {algorithm}", twice, 10, floor),
    ]
    show(f"check of both signatures, {algorithm}", rate(lambda _: verify(sealed), 15), 0, check)
    print(f"    bytes: page {len(pdf):,}, signed {len(signed):,}, sealed {len(sealed):,}")
    return good


def main() -> int:
    """Print the table; 1 when a goal is missed."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "motcua.web.settings.testing")
    os.environ.setdefault("MOTCUA_KEYS_DIR", tempfile.mkdtemp(prefix="motcua-bench-"))
    django.setup()
    data = SAMPLES[TEMPLATE]
    rendered = rendering.render_for_signing(TEMPLATE, data)
    hand, seal = marks(rendered)
    p256, rsa2048, check = floors(rendered.pdf)
    show("floor: bare P-256 signature", p256)
    show("floor: bare RSA-2048 signature", rsa2048)
    show("floor: bare P-256 verification", check)
    slip = SAMPLES["forms/01"]
    good = [
        show("page, A4 decision, PDF/A-2b, with signature places", pages(TEMPLATE, data), 40),
        show("page, A5 slip 01", pages("forms/01", slip), 40),
    ]
    for algorithm, floor in (("ec-p256", p256), ("rsa", rsa2048)):
        good += signatures(algorithm, rendered.pdf, (hand, seal), (floor, check))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"    peak memory of this process: {peak:.0f} MB")
    return 0 if all(good) else 1


if __name__ == "__main__":
    sys.exit(main())
