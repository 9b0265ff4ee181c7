"""Papers are tagged, deterministic and bounded, and what people wrote stays what they wrote."""

import json
import time
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from amends.rendering.pdf import MISSING, MOST_CHARACTERS, Template, TooLongError, lacks_signs, pdf, plain
from tests.rendering.paper import faults_of, pages_of, words_of
from tests.rendering.xss_vectors import VECTORS

pytestmark = pytest.mark.engineless

AT = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
MARKUP = '#panic("x") #import "look.typ" *b* _i_ $x^2$ [a] \\ @foo <l> `raw` // c #read("/etc/passwd") #sys.inputs'


def a_sheet(text: str = "Plain words", language: str = "en", **changes: Any) -> bytes:
    block = {"title": "Block", "lines": [["Name", text], [text, "value"]], "text": text, "text_lang": "en"}
    data: dict[str, Any] = {
        "organisation": text,
        "foot": text,
        "blocks": [{"number": number, **block} for number in range(1, 7)],
        "tracking": {"number": 7, "title": "Tracking", "columns": ["What"] * 4, "rows": [[text] * 4] * 8},
        "notes": [text],
    }
    return pdf(Template.SHEET, data | changes, title="Follow-up sheet", language=language, at=AT)


def a_record(text: str, *, rows: int = 1) -> bytes:
    parts: list[dict[str, Any]] = [
        {"kind": "heading", "text": text},
        {"kind": "pairs", "rows": [[text, text]]},
        {"kind": "passage", "head": text, "text": text, "lang": "en", "internal": True},
        {"kind": "table", "widths": [0, 1], "columns": ["Name", "Hash"], "rows": [[text[:80], "a" * 64]] * rows},
        {"kind": "note", "text": text},
    ]
    data = {"organisation": "L", "foot": "f", "under": [text], "contents": "Contents"}
    whole = {**data, "sections": [{"title": "One", "parts": parts}, {"title": text, "parts": parts[:1]}]}
    return pdf(Template.RECORD, whole, title="File", language="en", at=AT)


@pytest.mark.parametrize("language", ["en", "et", "tr", "ar"])
def test_a_sheet_is_tagged_titled_and_in_its_language(language: str, tmp_path: Path) -> None:
    made = a_sheet("Mari Saar, مريم الأحمد", language)
    assert faults_of(made, tmp_path) == []
    (tmp_path / "again.pdf").write_bytes(made)
    with pikepdf.open(tmp_path / "again.pdf") as document:
        assert str(document.Root.Lang).startswith(language)
        assert str(document.docinfo["/Title"]) == "Follow-up sheet"


def test_a_record_has_contents_that_lead_to_its_sections(tmp_path: Path) -> None:
    made = a_record("Plain words")
    assert faults_of(made, tmp_path) == []
    words = words_of(made)
    assert words.index("Contents") < words.index("One")
    with pikepdf.open(tmp_path / "made.pdf") as document:
        assert any(note.Subtype == "/Link" for note in document.pages[0].Annots)


def test_the_checker_would_find_a_paper_without_tags(tmp_path: Path) -> None:
    with pikepdf.new() as empty:
        empty.add_blank_page()
        empty.save(tmp_path / "empty.pdf")
    assert faults_of((tmp_path / "empty.pdf").read_bytes(), tmp_path) != []


def test_markup_stays_what_somebody_wrote() -> None:
    for made in (a_sheet(MARKUP), a_record(MARKUP)):
        assert MARKUP in words_of(made)


def test_hostile_texts_make_a_paper_and_nothing_else() -> None:
    for text in VECTORS[::25]:
        with pikepdf.open(BytesIO(a_record(text))) as document:
            names = {str(key) for item in document.objects for key in (item.keys() if _has_keys(item) else ())}
            assert names.isdisjoint({"/JS", "/JavaScript", "/OpenAction", "/AA", "/EmbeddedFiles", "/URI", "/Launch"})


@settings(max_examples=25, deadline=None)
@given(st.text(st.characters(codec=None), max_size=60))
def test_any_text_at_all_can_be_set(text: str) -> None:
    assert a_sheet(text).startswith(b"%PDF")


def test_signs_without_a_glyph_are_shown_as_missing_and_foretold() -> None:
    assert plain("水 → 😀") == f"{MISSING} {MISSING} {MISSING}"
    assert lacks_signs("水")
    assert lacks_signs("a\ue000")
    assert not lacks_signs("Õismäe, İstanbul, مريم\n")


def test_steering_and_control_signs_do_not_reach_the_paper() -> None:
    assert plain("a\u202eb\x00c\x1bd\ud800") == f"abcd{MISSING}"
    assert plain({"a": [1, True, None, "x\r\ny"]}) == {"a": [1, True, None, "x\ny"]}


def test_a_word_without_end_breaks_and_a_hash_does_not() -> None:
    assert "\u200b" in str(plain("y" * 100))
    assert plain("a" * 64) == "a" * 64
    assert json.dumps(plain("short words only")) == '"short words only"'


@pytest.mark.parametrize("text", ["Long words. " * 50, "y" * 600, "سكان الحي يشتكون من انقطاع المياه. " * 14])
def test_a_sheet_stays_one_page_whatever_was_written(text: str) -> None:
    assert pages_of(a_sheet(text)) == 1


def test_the_same_data_at_the_same_moment_is_the_same_file() -> None:
    assert a_sheet() == a_sheet()
    assert a_sheet() != a_sheet("Other words")


def test_time_and_size_are_bounded() -> None:
    a_record("warm")
    began = time.monotonic()
    made = a_record("Twenty thousand characters of it. " * 600, rows=500)
    assert time.monotonic() - began < 5  # about 0.3 s alone on one core
    assert len(made) < 5_000_000
    with pytest.raises(TooLongError):
        a_record("x" * (MOST_CHARACTERS + 1))


def _has_keys(item: Any) -> bool:
    return isinstance(item, pikepdf.Dictionary | pikepdf.Stream)
