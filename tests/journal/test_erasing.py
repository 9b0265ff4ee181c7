"""Erasing what was said while the trail still stands."""

import pytest

from amends.journal.erasing import erase_payloads
from amends.journal.models import Entry, Payload, Tombstone
from amends.journal.recording import record
from amends.journal.vocabulary import Subject
from amends.people import events
from amends.people.standing import SYSTEM
from tests.cast import AT
from tests.journal import journals

pytestmark = pytest.mark.django_db
ZOE = Subject("person", 1)


@pytest.fixture
def written(anchors) -> list[Entry]:
    texts = [{"name": "Zoe Marsh"}, None, {"name": "Zoe Marsh", "note": "moved to Harbour Street 5"}, {"n": 1}]
    return [
        record(events.PersonChanged(person=ZOE, manager=None), by=SYSTEM, at=AT, payload=payload) for payload in texts
    ]


def test_texts_and_salts_are_gone_and_the_trail_is_whole(written):
    journals.keep(AT)
    erasure = erase_payloads(written[:3], about=ZOE, reason="asked", by=SYSTEM, at=AT)
    assert list(Payload.objects.values_list("entry_id", flat=True)) == [written[3].pk]
    assert erasure.facts["count"] == 2
    assert erasure.facts["entries"] == sorted([written[0].uid.hex, written[2].uid.hex])
    assert set(Tombstone.objects.values_list("entry_id", "erasure_id")) == {
        (written[0].pk, erasure.pk),
        (written[2].pk, erasure.pk),
    }
    for _ in range(2):  # before the erasure itself has its number, and after
        verdict = journals.verdict()
        assert verdict.is_whole
        assert verdict.erased == 2
        journals.keep(AT)


def test_what_is_gone_is_not_erased_again(written):
    erase_payloads(written[:1], about=ZOE, reason="asked", by=SYSTEM, at=AT)
    again = erase_payloads(written, about=ZOE, reason="retention", by=SYSTEM, at=AT)
    assert again.facts["count"] == 2
    assert written[0].uid.hex not in again.facts["entries"]
    journals.keep(AT)
    assert journals.verdict().is_whole


def test_a_whole_life_can_be_erased(written):
    many = [
        record(events.PersonChanged(person=ZOE, manager=None), by=SYSTEM, at=AT, payload={"n": n}) for n in range(300)
    ]
    journals.keep(AT)
    erase_payloads(many, about=ZOE, reason="asked", by=SYSTEM, at=AT)
    journals.keep(AT)
    verdict = journals.verdict()
    assert verdict.is_whole
    assert verdict.erased == 300
