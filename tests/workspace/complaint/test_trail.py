"""The audit trail: every entry with its number and hash, and the proof of each."""

import html
import re

from amends.complaints import actions
from amends.complaints.stages import Stage
from amends.journal.models import Entry
from amends.journal.receipts import receipt_of
from amends.journal.recording import leaf_hash
from tests import builders
from tests.journal import journals
from tests.workspace.complaint.conftest import text_of


def test_every_entry_is_listed_with_its_hash_and_once_sealed_its_number(door):
    world = door.world
    complaint = builders.a_complaint(world, Stage.ASSESSED)
    entries = list(Entry.objects.filter(event__startswith="complaints.").order_by("-id"))
    page = text_of(door.get(world.dario, complaint, "trail/"))
    assert [leaf[:12] for leaf in re.findall(r'aria-hidden="true">([0-9a-f]{12})…', page)] == [
        leaf_hash(entry).hex()[:12] for entry in entries
    ]
    assert page.count("Not sealed yet") == len(entries)
    journals.seal(world.at)
    journals.sign(world.at)
    page = text_of(door.get(world.dario, complaint, "trail/"))
    assert "Not sealed yet" not in page
    assert [int(number) for number in re.findall(r'scope="row">(\d+)</th>', page)] == [
        entry.seal.number for entry in Entry.objects.filter(pk__in=[e.pk for e in entries]).order_by("-id")
    ]


def test_the_proof_of_an_entry_is_a_promise_first_and_then_the_way_to_a_signed_root(door):
    world = door.world
    complaint = builders.a_complaint(world)
    entry = Entry.objects.get(event="complaints.received")
    page = text_of(door.get(world.dario, complaint, f"trail/{entry.uid.hex}/"))
    assert leaf_hash(entry).hex() in page
    assert "No signed checkpoint covers this entry yet" in page
    assert "Saar" not in page
    journals.seal(world.at)
    journals.sign(world.at)
    page = text_of(door.get(world.dario, complaint, f"trail/{entry.uid.hex}/"))
    receipt = receipt_of(entry)
    assert receipt.is_covered
    assert receipt.path
    for proof in (receipt.leaf, str(receipt.number), receipt.root, *receipt.path):
        assert html.escape(proof) in page


def test_pages_of_fifty_lose_nothing(door):
    world = door.world
    complaint = builders.a_complaint(world)
    for number in range(60):
        actions.write_note(complaint, text=f"Note {number}", by=world.as_(world.liis), at=world.at)
    client = door.client(world.liis)
    first = text_of(client.get(f"/staff/complaints/{complaint.reference}/trail/"))
    older = re.search(r'<a href="([^"]+)" rel="next">', first).group(1)
    second = text_of(client.get(older))
    hashes = [re.findall(r'aria-hidden="true">([0-9a-f]{12})…', page) for page in (first, second)]
    assert [len(found) for found in hashes] == [50, 11]
    assert len({*hashes[0], *hashes[1]}) == 61
    assert "Newest" in second


def test_an_entry_of_another_complaint_is_not_found_here(door):
    world = door.world
    one, other = builders.a_complaint(world), builders.a_complaint(world, text="Another one.")
    entries = Entry.objects.filter(event="complaints.received").order_by("id")
    assert door.get(world.liis, one, f"trail/{entries[0].uid.hex}/").status_code == 200
    assert door.get(world.liis, other, f"trail/{entries[0].uid.hex}/").status_code == 404
    assert door.get(world.liis, other, f"trail/?before={entries[0].uid.hex}").status_code == 200
