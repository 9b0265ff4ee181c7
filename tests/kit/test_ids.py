"""References and codes that people copy by hand: every slip is noticed, nothing is guessed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amends.kit import ids

KEY = b"a key of the tests"
_CHARACTERS = st.text(alphabet=ids.ALPHABET, min_size=7, max_size=7)
_PREFIX_LETTERS = [letter for letter in ids.ALPHABET if letter.isalpha()]


def a_reference(body: str = "7K3M9TQ") -> str:
    return ids.new_reference("AMD", 2026, lambda length: body[:length])


def test_the_alphabet_has_no_characters_that_look_alike():
    assert len(ids.ALPHABET) == len(set(ids.ALPHABET)) == 31
    assert not set("0O1IL") & set(ids.ALPHABET)


def test_a_reference_has_prefix_year_and_check():
    assert a_reference() == "AMD-26-7K3M9TQ" + ids.check_character("AMD267K3M9TQ")
    assert ids.read_reference(ids.new_reference("QQ", 2007)) is not None


@pytest.mark.parametrize(
    "change",
    [
        str.lower,
        lambda reference: f"  {reference} \n",
        lambda reference: reference.replace("-", ""),
        lambda reference: reference.replace("-", " "),
        lambda reference: reference.replace("-", "–"),
        lambda reference: reference.replace("-", "_"),
        lambda reference: " ".join(reference),
        lambda reference: reference.replace("-", "\u00a0"),
    ],
)
def test_a_reference_is_read_as_people_write_it(change):
    assert ids.read_reference(change(a_reference())) == a_reference()


@pytest.mark.parametrize(
    "typed",
    [
        *("", "AMD", "AMD-26-", "AMD-26-7K3M9TQ", "AMD-2-7K3M9TQHX", "A-26-7K3M9TQH", "AMDAMDA-26-7K3M9TQH"),
        *("AMD-26-7K3M9T0H", "٢٦", "ＡＭＤ-26-7K3M9TQH", "\x00", "\ud800", "AMD-26-7K3M9TQH" * 1000),
    ],
)
def test_what_cannot_be_a_reference_is_none(typed):
    assert ids.read_reference(typed) is None


def test_a_turkish_letter_is_not_taken_for_an_ascii_one():
    reference = next(r for r in (ids.new_reference("KIT", 2026) for _ in range(99)) if ids.read_reference(r))
    assert ids.read_reference(reference.replace("I", "ı")) is None
    assert ids.read_reference(reference.replace("I", "İ")) is None


@given(_CHARACTERS, st.data())
def test_every_single_slip_is_found(body, data):
    reference = a_reference(body).replace("-", "")
    place = data.draw(st.integers(0, len(reference) - 1))
    same_kind = "0123456789" if place in (3, 4) else _PREFIX_LETTERS if place < 3 else ids.ALPHABET
    other = data.draw(st.sampled_from([c for c in same_kind if c != reference[place]]))
    assert ids.read_reference(reference[:place] + other + reference[place + 1 :]) is None


@given(_CHARACTERS, st.integers(0, 11))
def test_every_swap_of_neighbours_is_found(body, place):
    reference = a_reference(body).replace("-", "")
    swapped = reference[:place] + reference[place + 1] + reference[place] + reference[place + 2 :]
    assert swapped == reference or ids.read_reference(swapped) is None


@given(st.text(max_size=30))
def test_no_text_breaks_the_readers(typed):
    for read in (ids.read_reference, ids.read_access_code, ids.read_draft_code):
        found = read(typed)
        assert found is None or read(found) == found


def test_an_access_code_belongs_to_its_token():
    code = ids.access_code_from("token", KEY)
    assert code == ids.access_code_from("token", KEY)
    assert code != ids.access_code_from("token", b"another key")
    assert code != ids.access_code_from("another token", KEY)
    assert [len(group) for group in code.split("-")] == [6, 6, 6]
    assert ids.read_access_code(code.lower().replace("-", " ")) == code.replace("-", "")


@given(st.text(min_size=1), st.data())
def test_a_mistyped_access_code_is_found(token, data):
    code = ids.access_code_from(token.encode("utf-8", "replace").decode(), KEY).replace("-", "")
    place = data.draw(st.integers(0, len(code) - 1))
    other = data.draw(st.sampled_from([c for c in ids.ALPHABET if c != code[place]]))
    assert ids.read_access_code(code[:place] + other + code[place + 1 :]) is None
    if place:
        swapped = code[: place - 1] + code[place] + code[place - 1] + code[place + 1 :]
        assert swapped == code or ids.read_access_code(swapped) is None


def test_codes_use_the_whole_alphabet():
    drawn = "".join(ids.access_code_from(str(number), KEY) for number in range(300)) + ids.random_characters(500)
    assert set(drawn) - {"-"} == set(ids.ALPHABET)


def test_draft_codes_are_read_as_people_write_them():
    code = ids.new_draft_code()
    assert [len(group) for group in code.split("-")] == [4, 4, 4]
    assert ids.read_draft_code(f" {code.lower()} ") == code.replace("-", "")
    assert ids.read_draft_code(code[:-1]) is None
    assert ids.read_draft_code(code[:-1] + "0") is None


def test_what_is_kept_of_a_code_differs_by_purpose_and_key():
    kept = {
        ids.keyed_hash("CODE", key, purpose) for key in (KEY, b"other") for purpose in ("draft", "access", "draft\0x")
    }
    assert len(kept) == 6
    assert ids.derived_token("n", KEY, "a") != ids.derived_token("n", KEY, "b") != ids.derived_token("m", KEY, "b")
    assert len(ids.derived_token("n", KEY, "a")) == 64


def test_a_code_with_half_a_character_is_a_wrong_code():
    """JSON can carry half of a character; that is no reason to fall over."""
    assert not ids.same("\ud800", "CODE")
    assert ids.same("\ud800", "\ud800")
    assert ids.keyed_hash("\ud800", KEY, "draft") != ids.keyed_hash("?", KEY, "draft")
    assert ids.same("Ä", "Ä")
