"""Money that people typed: read exactly or not at all."""

from decimal import Decimal

import pytest
from babel import Locale
from hypothesis import given
from hypothesis import strategies as st

from amends.kit.money import Money, known_currency, read_amount

EN, ET, TR = Locale("en"), Locale("et"), Locale("tr")


@pytest.mark.parametrize(
    ("typed", "currency", "locale", "minor"),
    [
        ("12.50", "EUR", EN, 1250),
        ("12,50", "EUR", EN, 1250),
        ("12,50", "EUR", ET, 1250),
        ("12.5", "EUR", ET, 1250),
        ("12", "EUR", ET, 1200),
        ("12.", "EUR", EN, 1200),
        ("12,-", "EUR", ET, 1200),
        ("12.–", "EUR", ET, 1200),
        (".5", "EUR", EN, 50),
        ("0", "EUR", EN, 0),
        ("-5", "EUR", EN, -500),
        ("−5", "EUR", EN, -500),
        ("€ -5", "EUR", EN, -500),
        ("1 200", "EUR", EN, 120_000),
        ("1\u00a0200,50", "EUR", ET, 120_050),
        ("1\u202f200", "EUR", ET, 120_000),
        ("1,234.50", "EUR", EN, 123_450),
        ("1.234,50", "TRY", TR, 123_450),
        ("1.234", "TRY", TR, 123_400),
        ("1’200", "CHF", Locale.parse("de_CH"), 120_000),
        ("  12.50 €  ", "EUR", EN, 1250),
        ("€12.50", "EUR", EN, 1250),
        ("EUR 12.50", "EUR", EN, 1250),
        ("12.50 eur.", "EUR", EN, 1250),
        ("12 eurot", "EUR", ET, 1200),
        ("12 euros", "EUR", EN, 1200),
        ("₺12", "TRY", EN, 1200),
        ("12 TL", "TRY", TR, 1200),
        ("12 TÜRK LİRASI", "TRY", TR, 1200),
        ("12 lira", "TRY", TR, 1200),
        ("$5", "USD", EN, 500),
        ("US$ 5", "USD", EN, 500),
        ("5 kr", "SEK", Locale("sv"), 500),
        ("1200", "JPY", EN, 1200),
        ("1.234", "KWD", EN, 1234),
        ("١٢", "EUR", EN, 1200),
        ("9999999999999.99", "EUR", EN, 999_999_999_999_999),
    ],
)
def test_amounts_are_read_as_people_write_them(typed, currency, locale, minor):
    assert read_amount(typed, currency, locale) == Money(minor, currency)


_UNREADABLE = [
    *("", "  ", "abc", "€", "-", ".", "Infinity", "NaN", "--5", "- -5", "²", "1²", "½", "١٢٫٥", "1\x002"),
    *("1.234", "1.234,50", "12.505", "12 50", "1 20", "1 2345", "1  200", "1'200", "1,2,3", "1..2", "12.5.5", "12,--5"),
    *("12k", "1e5", "0x10", "12 or 15", "12-15", "12 USD", "$12", "£12", "12 thousand", "EUR 12 USD"),
    *("10000000000000", "9" * 60, "9" * 100_000, "1 " * 100_000),
]


@pytest.mark.parametrize("typed", _UNREADABLE)
def test_nothing_is_guessed(typed):
    assert read_amount(typed, "EUR", EN) is None


@pytest.mark.parametrize(
    ("typed", "currency", "locale"), [("1,234", "EUR", ET), ("12.5", "JPY", EN), ("12 €", "TRY", TR)]
)
def test_what_is_money_elsewhere_is_not_guessed_here(typed, currency, locale):
    assert read_amount(typed, currency, locale) is None


_SIGNS = st.text(alphabet=st.sampled_from("0123456789.,-− '’\u00a0€$kK²٣eExX\x00abc"), max_size=12)


@given(_SIGNS | st.text(max_size=12), st.sampled_from(["EUR", "TRY", "JPY", "KWD"]), st.sampled_from([EN, ET, TR]))
def test_no_text_breaks_the_reader(typed, currency, locale):
    money = read_amount(typed, currency, locale)
    if money is not None:
        digits = [sign for sign in typed if sign.isdecimal()]
        assert str(abs(money.minor)).strip("0") in "".join(str(int(sign)) for sign in digits) + "0"


@given(
    st.integers(-(10**15) + 1, 10**15 - 1),
    st.sampled_from(["EUR", "TRY", "JPY", "KWD", "USD"]),
    st.sampled_from([EN, ET, TR]),
)
def test_what_we_write_we_read(minor, currency, locale):
    money = Money(minor, currency)
    assert read_amount(money.in_words_of(locale), currency, locale) == money


def test_the_amount_in_whole_units():
    assert Money(1250, "EUR").decimal == Decimal("12.50")
    assert Money(1250, "JPY").decimal == Decimal(1250)
    assert Money(1250, "KWD").decimal == Decimal("1.250")


def test_money_is_written_as_each_language_does():
    assert Money(123_450, "EUR").in_words_of(EN) == "€1,234.50"
    assert Money(1250, "EUR").in_words_of(ET) == "12,50\u00a0€"
    assert Money(123_450, "TRY").in_words_of(TR) == "₺1.234,50"


@pytest.mark.parametrize(
    ("code", "known"), [("EUR", True), ("TRY", True), ("eur", False), ("XQX", False), ("", False), ("EURO", False)]
)
def test_currencies_are_known_by_their_code(code, known):
    assert known_currency(code) is known
