"""Pages of PDFs as pictures: made once, only for those who may see the file."""

from __future__ import annotations

import io

import pypdfium2 as pdfium
from django.test import Client
from PIL import Image

from motcua.casework.attachments.made import attach_made
from motcua.casework.attachments.models import Derivative
from motcua.casework.people.public import Account


def _client(actor) -> Client:
    client = Client()
    client.force_login(Account.objects.get(pk=actor.account_id))
    return client


def _pdf(pages: int) -> bytes:
    document, target = pdfium.PdfDocument.new(), io.BytesIO()
    for _ in range(pages):
        document.new_page(595, 842)
    document.save(target)
    return target.getvalue()


def test_a_page_is_a_picture_made_once_for_those_who_may_see(case, citizen, stranger) -> None:
    paper = attach_made(
        actor=citizen, case_id=case.pk, data=_pdf(2), mime="application/pdf", name="a.pdf"
    )
    client = _client(citizen)
    for _ in range(2):
        response = client.get(f"/files/{paper.uid}/pages/2")
        picture = Image.open(io.BytesIO(b"".join(response.streaming_content)))
        assert (picture.format, max(picture.size)) == ("WEBP", 1600)
    assert Derivative.objects.filter(kind="page", page=2).count() == 1
    assert client.get(f"/files/{paper.uid}/pages/3").status_code == 404
    assert _client(stranger).get(f"/files/{paper.uid}/pages/1").status_code == 404
