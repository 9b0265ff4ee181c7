"""Names and addresses are found in texts however they are written, and other words are left alone."""

import pytest

from amends.complaints.masking import OPEN, Mask, new_pseudonym
from amends.complaints.models import Party

PARTIES = [
    Party(role="complainant", name="Mari-Liis Õunapuu", email="mari.ounapuu@example.org", phone="+372 5555 0142"),
    Party(role="representative", name="Jaan Ild", address="Kase 7"),
    Party(role="subject", name="Liis Tamm"),
]


@pytest.mark.parametrize(
    "text",
    [
        "I am Mari-Liis Õunapuu.",
        "mari-liis  õunapuu",
        "MARI LIIS ÕUNAPUU",
        "write to mari.ounapuu@example.org",
        "call +372 5555 0142",
        "Õunapuule",
        "bill_mari-liis_õunapuu.pdf",
        "Jaan Ild, Kase 7",
        "Õunapuu’s meter",
    ],
)
def test_it_is_hidden(text):
    hidden = Mask.of(PARTIES, "[K7]").hides(text)
    assert "[K7]" in hidden
    for word in ("mari", "õunapuu", "ounapuu", "5555", "jaan"):
        assert word not in hidden.casefold(), hidden


def test_other_words_stay():
    text = "The summary of the kasett and Tamm said: no water. Wild."
    assert Mask.of(PARTIES, "[K7]").hides(text) == text
    assert OPEN.hides("Mari") == "Mari"
    assert Mask.of([], "[K7]").hides("Mari") == "Mari"


def test_a_pseudonym_is_short_and_hardly_ever_the_same():
    made = {new_pseudonym() for _ in range(200)}
    assert len(made) > 100
    assert all(2 <= len(one) <= 3 and one[0] not in "IO" for one in made)
