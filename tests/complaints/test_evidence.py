"""Evidence: where it came from, who had it when, and that a file is still the one that came in."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.core.files.storage import storages
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, transaction

from amends.complaints import actions
from amends.complaints.actions.add_evidence import Piece
from amends.complaints.models import Custody, Evidence
from amends.complaints.own_files import files_of
from amends.complaints.stages import Stage
from amends.files.taking_in import take_in
from amends.journal.models import Entry
from amends.kit.invariants import all_invariants
from amends.kit.refusal import Refusal
from tests import builders

pytestmark = pytest.mark.django_db
Kind, What = Evidence.Kind, Custody.What


def refused(code, call):
    with pytest.raises(Refusal) as caught:
        call()
    assert caught.value.code == code


def a_file(name, world):
    return take_in(SimpleUploadedFile(name, name.encode(), "text/plain"), keep_original=True, at=world.at)


@pytest.fixture
def complaint(world):
    return builders.a_complaint(world, Stage.INVESTIGATING)


def added(world, complaint, **changes):
    answers = {"kind": Kind.THING, "title": "The notice", "origin": "Mari Saar", "taken_on": world.at.date()}
    return actions.add_evidence(complaint, Piece(**{**answers, **changes}), by=world.as_(world.liis), at=world.at)


def moved(world, evidence, what=What.HANDED_OVER, **changes):
    answers = {"holder": "Uma Patel", "place": "", "note": ""}
    return actions.move_evidence(evidence, what=what, **{**answers, **changes}, by=world.as_(world.uma), at=world.at)


def test_a_thing_goes_from_hand_to_hand_and_each_is_a_row(world, complaint):
    thing = added(world, complaint, holder="Liis Tamm", place="Room 4")
    moved(world, thing)
    moved(world, thing, What.MOVED, holder="", place="Safe 2")
    actions.verify_evidence(thing, note="Compared with the batch", by=world.as_(world.uma), at=world.at)
    moved(world, thing, What.RETURNED, holder="Mari Saar")
    chain = Custody.objects.order_by("number").values_list("number", "what", "holder", "place")
    assert list(chain) == [
        (1, "taken_in", "Liis Tamm", "Room 4"),
        (2, "handed_over", "Uma Patel", ""),
        (3, "moved", "", "Safe 2"),
        (4, "verified", "", ""),
        (5, "returned", "Mari Saar", ""),
    ]
    refused("evidence_gone", lambda: moved(world, thing))
    told = Entry.objects.filter(event="complaints.evidence_moved").order_by("id")
    assert [row.facts["step"] for row in told] == [2, 3, 5]
    assert "Uma" not in str([row.facts for row in told])


def test_a_file_is_kept_with_its_hash_and_checked_against_it(world, complaint):
    piece = added(world, complaint, kind=Kind.FILE, file=a_file("roster.txt", world))
    assert piece.sha256 == piece.file.sha256
    assert list(files_of(complaint)) == [piece.file]
    uma = world.as_(world.uma)
    actions.verify_evidence(piece, note="Counted again", by=uma, at=world.at)
    storage, name = storages["default"], piece.file.original
    with storage.open(name) as content:
        before = content.read()
    Path(storage.path(name)).write_bytes(b"R" + before[1:])
    assert before != b"R" + before[1:]
    refused("file_differs", lambda: actions.verify_evidence(piece, note="Again", by=uma, at=world.at))
    assert Custody.objects.filter(evidence=piece).count() == 2
    storage.delete(name)
    refused("file_gone", lambda: actions.verify_evidence(piece, note="Again", by=uma, at=world.at))


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"title": " "}, "title_needed"),
        ({"origin": ""}, "origin_needed"),
        ({"kind": Kind.FILE}, "file_needed"),
        ({"taken_on": "tomorrow"}, "taken_in_future"),
    ],
)
def test_what_is_not_whole_is_not_taken_in(world, complaint, changes, code):
    if "taken_on" in changes:
        changes = {"taken_on": (world.at + timedelta(days=1)).date()}
    refused(code, lambda: added(world, complaint, **changes))
    assert not Evidence.objects.exists()


def test_a_file_of_another_complaint_is_no_evidence_here(world, complaint):
    foreign = a_file("foreign.txt", world)
    builders.a_complaint(world, files=(foreign,))
    foreign.refresh_from_db()
    refused("file_elsewhere", lambda: added(world, complaint, kind=Kind.FILE, file=foreign))


def test_a_file_of_this_complaint_can_be_evidence_and_is_listed_once(world):
    own = a_file("map.txt", world)
    complaint = builders.a_complaint(world, Stage.INVESTIGATING, files=(own,))
    own.refresh_from_db()
    added(world, complaint, kind=Kind.FILE, file=own)
    added(world, complaint, kind=Kind.FILE, file=own)
    assert list(files_of(complaint)) == [own]


def test_taking_in_is_not_a_move_and_a_move_names_a_holder_or_a_place(world, complaint):
    thing = added(world, complaint)
    refused("move_unknown", lambda: moved(world, thing, What.TAKEN_IN))
    refused("holder_needed", lambda: moved(world, thing, holder=" "))
    assert Custody.objects.count() == 1


def test_evidence_is_given_back_after_the_complaint_is_closed(world):
    complaint = builders.a_complaint(world, Stage.CLOSED)
    liis = world.as_(world.liis)
    refused("not_at_this_stage", lambda: added(world, complaint))
    thing = Evidence.objects.create(
        complaint=complaint,
        number=1,
        kind=Kind.THING,
        title="Key",
        origin="Mari",
        taken_on=world.at.date(),
        person=world.liis,
        at=world.at,
    )
    Custody.objects.create(evidence=thing, number=1, what=What.TAKEN_IN, person=world.liis, at=world.at)
    actions.move_evidence(thing, what=What.RETURNED, holder="Mari Saar", place="", note="", by=liis, at=world.at)
    assert Custody.objects.latest("number").what == What.RETURNED


def test_a_gap_in_the_chain_is_noticed(world, complaint):
    def found():
        return [
            line for each in all_invariants() if each.name == "complaints.custody_is_whole" for line in each.check()
        ]

    thing = added(world, complaint)
    moved(world, thing)
    assert found() == []
    with pytest.raises(DatabaseError), transaction.atomic():
        Custody.objects.filter(number=2).update(number=3)
    with pytest.raises(DatabaseError), transaction.atomic():
        Custody.objects.all().delete()
    Custody.objects.create(evidence=thing, number=9, what=What.MOVED, person=world.liis, at=world.at)
    assert len(found()) == 1
    assert complaint.reference in found()[0]
