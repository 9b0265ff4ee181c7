"""The organisation's logo: drawn anew whatever was sent, on the public pages and on letters, and taken away again."""

import io

import pikepdf
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image, PngImagePlugin

from amends.complaints.letter_paper import Paper, pdf_of
from amends.framework.models import Logo
from amends.framework.queries import the_organisation
from amends.journal.models import Entry
from tests.cast import AT
from tests.rendering.paper import faults_of, pages_of

PAGE = "/settings/logo/"
SHOWN = 'class="brand-logo" src="/logo/'
PAPER = Paper("tr", "Biz · Cadde 1", ("Ada", "Sokak 2"), (("Tarih", "bugün"),), "Konu", ("Söz.",), "Biz", "f")


def a_picture(form="PNG", size=(900, 300), **more):
    made = io.BytesIO()
    Image.new("RGB", size, "#1f4e79").save(made, form, **more)
    return made.getvalue()


def sends(client, content, seen=0, **more):
    file = SimpleUploadedFile("logo.png", content) if content is not None else ""
    return client.post(PAGE, {"seen": str(seen), "logo": file, **more})


def test_it_is_drawn_anew_shown_and_taken_away(world, as_, tmp_path):
    adam, visitor = as_(world.adam), Client()
    plain = pdf_of([PAPER], the_organisation(), at=AT, language="tr")
    assert SHOWN not in visitor.get("/en/").content.decode()
    told = PngImagePlugin.PngInfo()
    told.add_text("Comment", "made by <script>alert(1)</script>")
    assert sends(adam, a_picture(pnginfo=told) + b"<script>trailing</script>").status_code == 302
    row = Logo.objects.get()
    assert (row.version, row.width, row.height, row.made_by) == (1, 480, 160, world.adam)
    assert b"script" not in bytes(row.content)
    page = visitor.get("/en/").content.decode()
    assert f'{SHOWN}1.png" alt="Logo of Larkhaven Utilities"' in page
    picture = visitor.get("/logo/1.png")
    assert (picture["Content-Type"], picture["X-Content-Type-Options"]) == ("image/png", "nosniff")
    assert Image.open(io.BytesIO(picture.content)).size == (480, 160)
    assert len(Entry.objects.get(event="framework.logo_changed").facts["digest"]) == 64
    made = pdf_of([PAPER, PAPER], the_organisation(), at=AT, language="tr")
    assert (faults_of(made, tmp_path), pages_of(made)) == ([], 2)
    with pikepdf.open(io.BytesIO(made)) as document:
        alternatives = [
            str(item.Alt) for item in document.objects if isinstance(item, pikepdf.Dictionary) and "/Alt" in item
        ]
    assert alternatives.count("Larkhaven Utilities logosu") == 2
    assert sends(adam, a_picture("JPEG"), seen=0).status_code == 409, "somebody else was quicker"
    assert sends(adam, None, 1, away="1").status_code == 302
    assert SHOWN not in visitor.get("/en/").content.decode()
    assert pdf_of([PAPER], the_organisation(), at=AT, language="tr") == plain
    assert [visitor.get(f"/logo/{version}.png").status_code for version in (2, 3, 2**40)] == [404] * 3
    assert "Taken away" in adam.get(PAGE).content.decode()


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>', "of the kind PNG or JPEG"),
        (b"GIF89a" + bytes(20), "of the kind PNG or JPEG"),
        (a_picture()[:200], "could not be drawn"),
        (b"\x89PNG\r\n\x1a\n" + bytes(2_000_001), "at most 2 MB"),
        (a_picture(size=(3001, 10)), "at most 3000 points"),
        (None, "Choose a picture"),
    ],
)
def test_what_is_no_picture_for_this_is_refused_in_the_form(world, as_, content, said):
    answer = sends(as_(world.adam), content)
    assert (answer.status_code, said in answer.content.decode()) == (422, True)
    assert not Logo.objects.exists()


def test_only_those_who_may_change_the_organisation_change_it(world, as_):
    assert sends(as_(world.liis), a_picture()).status_code == 403
    assert not Logo.objects.exists()
