"""Text that people typed: kept as they meant it, found as they search for it."""

import time
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amends.kit.text import clean_line, clean_text, direction_closed, fold, shortened


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("one\r\ntwo\rthree\u2028four\u2029five\x85six", "one\ntwo\nthree\nfour\nfive\nsix"),
        ("a word processor's line\vand page\fend", "a word processor's line\nand page\nend"),
        ("nul\x00 bell\x07 escape\x1b[31m delete\x7f c1\x9b", "nul bell escape[31m delete c1"),
        ("half \ud800 a character", "half  a character"),
        ("e\u0301", "é"),
        ("\t indented stays inside\tthe text ", "indented stays inside\tthe text"),
        ("\u200fمرحبا\u200f (\u200e123)", "\u200fمرحبا\u200f (\u200e123)"),
        ("family 👨\u200d👩\u200d👧", "family 👨\u200d👩\u200d👧"),
        ("", ""),
    ],
)
def test_text_is_kept_clean(typed, kept):
    assert clean_text(typed) == kept


@given(st.text())
def test_clean_text_can_be_stored_anywhere(typed):
    clean = clean_text(typed)
    assert clean_text(clean) == clean
    clean.encode("utf-8")
    assert not any(unicodedata.category(sign) in {"Cc", "Cs"} and sign not in "\n\t" for sign in clean)
    assert clean.splitlines() == clean.split("\n") or not clean


@given(st.text())
def test_a_clean_line_is_one_line(typed):
    line = clean_line(typed)
    assert len(line.splitlines()) <= 1
    assert clean_line(line) == line
    assert "  " not in line
    assert line == line.strip()


@pytest.mark.parametrize(
    ("written", "searched"),
    [
        ("Şikâyet", "sikayet"),
        ("ŞİKÂYET", "şikayet"),
        ("ISPARTA", "ısparta"),
        ("Õismäe", "oismae"),
        ("Straße", "STRASSE"),
        ("Łódź", "lodz"),
        ("Ørsted", "orsted"),
        ("Æther œuvre", "aether oeuvre"),
        ("ﬁne", "fine"),
        ("Ａｂｃ", "abc"),
        ("㎒", "mhz"),
        ("№", "no"),
        ("Ⅳ", "iv"),
        ("Ǆ", "dz"),
        ("ΣΊΣΥΦΟΣ", "σισυφος"),
    ],
)
def test_texts_meet_in_their_folded_form(written, searched):
    assert fold(written) == fold(searched)


@given(st.text())
def test_folding_twice_changes_nothing(text):
    assert fold(fold(text)) == fold(text)


@given(st.text())
def test_case_makes_no_difference(text):
    assert fold(text.upper()) == fold(fold(text).upper())


@pytest.mark.parametrize(
    ("text", "length", "short"),
    [
        ("short", 10, "short"),
        ("exactly ten", 11, "exactly ten"),
        ("The kettle broke on the first day.", 20, "The kettle broke on…"),
        ("The kettle, which broke", 13, "The kettle…"),
        ("Donaudampfschiff", 8, "Donauda…"),
        ("two\nlines", 20, "two lines"),
        ("", 5, ""),
    ],
)
def test_a_text_is_cut_at_a_word(text, length, short):
    assert shortened(text, length) == short


@given(st.text(), st.integers(2, 50))
def test_a_cut_text_is_never_too_long(text, length):
    assert len(shortened(text, length)) <= length


@pytest.mark.parametrize(
    ("text", "closed"),
    [
        ("plain", "plain"),
        ("\u202eabc", "\u202eabc\u202c"),
        ("\u2067a\u202ab", "\u2067a\u202ab\u202c\u2069"),
        ("a\u202cb\u2069", "ab"),
        ("\u2068ok\u2069", "\u2068ok\u2069"),
        ("\u202ea\nb", "\u202ea\u202c\nb"),
        ("\u2066\u202c\u2069", "\u2066\u2069"),
    ],
)
def test_steering_signs_end_where_they_began(text, closed):
    assert direction_closed(text) == closed


@given(st.text(alphabet="a\n\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"))
def test_closed_text_is_closed(text):
    closed = direction_closed(text)
    assert direction_closed(closed) == closed
    for line in closed.split("\n"):
        assert sum(line.count(sign) for sign in "\u202a\u202b\u202d\u202e") == line.count("\u202c")
        assert sum(line.count(sign) for sign in "\u2066\u2067\u2068") == line.count("\u2069")


@pytest.mark.parametrize("piece", ["a\u0301", " ", "\n", "\r", "\x00", "\u202e", "İ", "x "])
def test_a_million_signs_take_no_time(piece):
    begun = time.process_time()
    text = piece * (1_000_000 // len(piece))
    clean_text(text), clean_line(text), fold(text), direction_closed(text), shortened(text, 100)
    assert time.process_time() - begun < 4
