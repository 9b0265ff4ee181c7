"""Display names: whatever a file was called, one clean line with its extension."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amends.files.names import LONGEST_BYTES, display_name, extension_of, with_extension

pytestmark = pytest.mark.engineless

HOSTILE = [
    ("../../etc/passwd", "passwd"),
    ("/etc/cron.d/job.txt", "job.txt"),
    ("..\\..\\windows\\win.txt", "win.txt"),
    ("C:\\Users\\jane\\bill.pdf", "bill.pdf"),
    ("C:bill.pdf", "bill.pdf"),
    ("\\\\server\\share\\bill.pdf", "bill.pdf"),
    ("..", "file"),
    ("", "file"),
    (None, "file"),
    ("   ", "file"),
    ("///", "file"),
    ("bill.pdf/", "bill.pdf"),
    ("bill\0.pdf", "bill.pdf"),
    ("bill.pdf\0.exe", "bill.pdf.exe"),
    ("bill\r\nSet-Cookie: x.pdf", "bill Set-Cookie- x.pdf"),
    ("bill\x1b[2J.pdf", "bill[2J.pdf"),
    ("invoice\u202efdp.exe", "invoicefdp.exe"),
    ("a\u200b\u2066b\ufeff.pdf", "ab.pdf"),
    ("a\u2028b.pdf", "ab.pdf"),
    (".htaccess", "file.htaccess"),
    (".pdf", "file.pdf"),
    ("...pdf", "file.pdf"),
    ("-rf.txt", "rf.txt"),
    ("--output=x.txt", "output=x.txt"),
    ("bill.pdf.", "bill.pdf"),
    ("bill.pdf . . ", "bill.pdf"),
    ("bill .pdf", "bill.pdf"),
    ("CON.txt", "_CON.txt"),
    ("nul", "_nul"),
    ("Lpt1.tar.txt", "_Lpt1.tar.txt"),
    ("com¹.txt", "_com¹.txt"),
    ("bill.txt::$DATA", "bill.txt--$DATA"),
    ("bill.asp:.jpg", "bill.asp.jpg"),
    ("..%2f..%2fetc%2fpasswd", "passwd"),
    ("%2e%2e%5cboot.txt", "boot.txt"),
    ("%252e%252e%252fx.txt", "x.txt"),
    ("bill%00.pdf", "bill.pdf"),
    ("%c0%ae%c0%ae%c0%afpasswd", "_c0_ae_c0_ae_c0_afpasswd"),
    ("..∕..∕passwd", "passwd"),
    ("..／passwd", "passwd"),
    ('a"b<c>d|e?f*.pdf', "a_b_c_d_e_f_.pdf"),
    ("<img src=x onerror=alert(1)>.png", "_img src=x onerror=alert(1)_.png"),
    ("Arve detsember.pdf", "Arve detsember.pdf"),
    ("Şikâyet dilekçesi.docx", "Şikâyet dilekçesi.docx"),
    ("e\u0301.pdf", "é.pdf"),
    ("شكوى.pdf", "شكوى.pdf"),
    ("photo (1).JPEG", "photo (1).JPEG"),
    ("no extension", "no extension"),
]


@pytest.mark.parametrize(("given_name", "shown"), HOSTILE)
def test_hostile_name_becomes_one_clean_line(given_name, shown):
    assert display_name(given_name) == shown


@pytest.mark.parametrize("stem", ["a" * 5000, "ü" * 300, "日" * 200, "🙂" * 100, "a." * 500])
def test_long_name_is_cut_and_keeps_its_extension(stem):
    name = display_name(stem + ".jpeg")
    assert name.endswith(".jpeg")
    assert len(name.encode()) <= LONGEST_BYTES


hostile_text = st.one_of(
    st.text(),
    st.text(alphabet="%./\\:CONcon12e5 -~\u0301é\u202e\u0000\n0aF"),
    st.text(alphabet=st.characters(min_codepoint=0xD7F0, max_codepoint=0xE010)),
)


@given(hostile_text)
def test_every_name_is_inert_and_stays_as_it_is_when_cleaned_again(given_name):
    name = display_name(given_name)
    assert name
    assert name == display_name(name)
    assert len(name.encode()) <= LONGEST_BYTES + len("_")
    assert not set(name) & set('/\\:"<>|?*\0\r\n')
    assert not name.startswith((".", "-", " "))
    assert not name.endswith((".", " "))
    assert unicodedata.is_normalized("NFC", name)
    assert all(unicodedata.category(character)[0] != "C" for character in name)


def test_two_names_that_look_alike_are_spelled_alike():
    assert display_name("Õismäe.pdf") == display_name("O\u0303isma\u0308e.pdf")


def test_extension_is_told_in_lower_case_and_replaced():
    assert extension_of("Photo.JPEG") == "jpeg"
    assert extension_of("no extension") == ""
    assert extension_of("strange.ex tension") == ""
    assert with_extension("photo.jpg", "png") == "photo.png"
    assert with_extension("photo", "png") == "photo.png"
