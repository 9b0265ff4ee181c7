"""What a complainant can prove: first a promise, then a proof that needs nothing of ours."""

import base64

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from amends.journal import verifier
from amends.journal.checkpoints import read_note
from amends.journal.exporting import public_keys
from amends.journal.receipts import receipt_of
from amends.journal.recording import leaf_hash, record, record_many
from amends.journal.tree import root_from_inclusion
from amends.journal.vocabulary import Subject
from amends.people import events
from amends.people.standing import SYSTEM
from tests.cast import AT
from tests.journal import journals

pytestmark = pytest.mark.django_db


def entries(many: int):
    lot = [(events.PersonChanged(person=Subject("person", 1), manager=None), None)] * many
    return record_many(lot, by=SYSTEM, at=AT, about_kind="person")


def test_at_first_there_is_a_promise():
    entry = record(events.Joined(person=Subject("person", 1)), by=SYSTEM, at=AT)
    receipt = receipt_of(entry)
    assert receipt.leaf == leaf_hash(entry).hex()
    assert (receipt.number, receipt.is_covered, receipt.path) == (None, False, ())


def test_then_it_has_a_number():
    entry = entries(3)[2]
    journals.seal(AT)
    receipt = receipt_of(entry)
    assert (receipt.number, receipt.is_covered) == (2, False)


@pytest.mark.parametrize("number", [0, 1, 255, 256, 299, 300, 511, 599])
def test_then_a_proof_that_leads_to_the_signed_root(number):
    made = entries(600)
    promises = receipt_of(made[number])
    for _ in range(6):
        journals.seal(AT, 100)
        journals.sign(AT)
    receipt = receipt_of(made[number])
    assert receipt.is_covered
    assert receipt.leaf == promises.leaf, "what was promised is what is proved"
    assert (receipt.number, receipt.size) == (number, number // 100 * 100 + 100), "the first checkpoint that covers it"
    path = [bytes.fromhex(step) for step in receipt.path]
    root = root_from_inclusion(bytes.fromhex(receipt.leaf), receipt.number, receipt.size, path)
    assert root == base64.b64decode(receipt.root) == read_note(receipt.checkpoint).root
    assert verifier.signature_holds(verifier.read_note(receipt.checkpoint), public_keys())
    assert root_from_inclusion(leaf_hash(made[number - 1]), receipt.number, receipt.size, path) != root


def test_a_proof_takes_the_same_few_queries_in_a_longer_journal():
    made = entries(700)
    for _ in range(7):
        journals.seal(AT, 100)
        journals.sign(AT)
    counts = []
    for number in (50, 650):
        with CaptureQueriesContext(connection) as queries:
            receipt_of(made[number])
        counts.append(len(queries))
    assert max(counts) <= 7
