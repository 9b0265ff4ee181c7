"""Evidence, talks with both sides and what is done at once, on the Investigation tab."""

from datetime import timedelta

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from amends.complaints import actions
from amends.complaints.actions.add_evidence import Piece
from amends.complaints.actions.record_hearing import Talk
from amends.complaints.models import Complaint, Custody, Evidence, Hearing, InterimMeasure, Issue, Unheard
from amends.complaints.stages import Stage
from tests import builders
from tests.workspace.complaint.conftest import text_of

TAB = "investigation/"


def went_to_the_tab(answer):
    assert answer.status_code == 302, text_of(answer)
    return "/investigation/#" in answer["Location"]


def test_a_new_file_becomes_evidence_and_a_thing_changes_hands(door):
    world = door.world
    complaint = builders.a_complaint(world, Stage.INVESTIGATING)
    day = world.at.date().isoformat()
    roster = SimpleUploadedFile("roster.txt", b"Shift A", "text/plain")
    piece = {"title": "Shift roster", "origin": "The dispatch team", "taken_on": day}
    assert went_to_the_tab(door.post(world.liis, complaint, "evidence/", kind="file", attachment=roster, **piece))
    first = Evidence.objects.get()
    page = text_of(door.get(world.liis, complaint, TAB))
    assert first.sha256 in page
    assert "roster.txt" in page
    assert "roster.txt" in text_of(door.get(world.liis, complaint, "files/"))
    bare = door.post(world.liis, complaint, "evidence/", kind="file", **piece)
    assert "Choose the file, or say that it is something else." in text_of(bare)
    thing = {"title": "The notice", "origin": "Mari Saar", "taken_on": day, "holder": "Liis Tamm"}
    assert went_to_the_tab(door.post(world.liis, complaint, "evidence/", kind="thing", **thing))
    assert "The notice" in text_of(door.get(world.liis, complaint, "evidence/2/custody/"))
    assert door.post(world.liis, complaint, "evidence/2/custody/", what="handed_over").status_code == 422
    sent = door.post(world.liis, complaint, "evidence/2/custody/", what="handed_over", holder="Uma Patel")
    assert went_to_the_tab(sent)
    assert went_to_the_tab(door.post(world.uma, complaint, "evidence/1/check/", note="Counted again"))
    page = text_of(door.get(world.liis, complaint, TAB))
    assert "Handed over" in page
    assert "Counted again" in page
    assert "Evidence 2 changed hands or place" in text_of(door.get(world.liis, complaint))
    assert door.get(world.liis, complaint, "evidence/3/check/").status_code == 404
    assert door.get(world.dario, complaint, "evidence/").status_code == 403


def test_a_talk_is_written_down_and_checked(door):
    world = door.world
    complaint = builders.a_complaint(world, Stage.INVESTIGATING)
    form = text_of(door.get(world.liis, complaint, "hearings/"))
    assert 'value="witness"' in form
    assert 'value="subject"' not in form
    talk = {"side": "witness", "how": "phone", "held_on": world.at.date().isoformat(), "record": "It was dry."}
    nameless = door.post(world.liis, complaint, "hearings/", **talk)
    assert "Say who the witness is." in text_of(nameless)
    assert "It was dry." in text_of(nameless)
    assert went_to_the_tab(door.post(world.liis, complaint, "hearings/", who="A neighbour", **talk))
    assert "1 statement is not checked against anything else." in text_of(door.get(world.liis, complaint, TAB))
    assert "It was dry." in text_of(door.get(world.liis, complaint, "hearings/1/check/"))
    assert went_to_the_tab(door.post(world.liis, complaint, "hearings/1/check/", against="The meter"))
    page = text_of(door.get(world.liis, complaint, TAB))
    assert "Checked against: <bdi>The meter</bdi>" in page
    assert "Every statement was checked." in page


def test_a_response_waits_for_the_other_side_and_says_what_to_do(door):
    world = door.world
    complaint = builders.a_complaint(world, Stage.INVESTIGATING)
    issue, liis = Issue.objects.get(complaint=complaint), world.as_(world.liis)
    actions.record_finding(complaint, issue, builders.a_conclusion(), by=liis, at=world.at)
    actions.name_subject(complaint, world.zoe, by=world.as_(world.uma), at=world.at)
    page = text_of(door.get(world.liis, complaint, TAB))
    assert "A response waits for their word, or for a reason." in page
    answers = {"summary": "You were right.", "reasons": "It went elsewhere.", "language": "en"}
    sent = door.post(world.liis, complaint, "response/", **answers)
    assert sent.status_code == 422
    assert "say on the Investigation tab why they are not heard" in text_of(sent)
    assert "It went elsewhere." in text_of(sent)
    assert 'value="subject"' in text_of(door.get(world.liis, complaint, "hearings/"))
    why = {"party": "1", "reason": "not_needed", "explanation": "The roster shows another shift."}
    assert went_to_the_tab(door.post(world.liis, complaint, "hearings/unheard/", **why))
    assert Unheard.objects.get().party.person == world.zoe
    page = text_of(door.get(world.liis, complaint, TAB))
    assert "The roster shows another shift." in page
    assert "Say why somebody is not heard" not in page
    again = door.post(world.liis, complaint, "hearings/unheard/", **why)
    assert again.status_code == 422


def test_what_is_done_at_once_is_told_and_shown(door):
    world = door.world
    complaint = builders.a_complaint(world, Stage.INVESTIGATING)
    day = (world.at + timedelta(days=2)).date().isoformat()
    half = {"measure": "Bottled water.", "step_1": "A plumber comes.", "day_1": day, "step_2": "We decide."}
    bare = door.post(world.liis, complaint, "interim/", channel="portal", **half)
    assert bare.status_code == 422
    assert "Choose the day" in text_of(bare)
    assert not InterimMeasure.objects.exists()
    assert went_to_the_tab(door.post(world.liis, complaint, "interim/", channel="portal", **half, day_2=day))
    page = text_of(door.get(world.liis, complaint, TAB))
    assert "Bottled water." in page
    assert "We decide." in page
    assert "Something was done at once, with a plan" in text_of(door.get(world.liis, complaint))
    assert "Until we decide, this is what we do for you" in text_of(door.get(world.liis, complaint))


def test_much_of_everything_costs_what_one_costs(door):
    world = door.world
    complaint = builders.a_complaint(world, Stage.INVESTIGATING)
    liis, day = world.as_(world.liis), world.at.date()

    def add():
        fresh = Complaint.objects.get(pk=complaint.pk)
        piece = actions.add_evidence(fresh, Piece(Evidence.Kind.THING, "Key", "Mari", day), by=liis, at=world.at)
        piece.complaint = fresh
        actions.move_evidence(
            piece, what=Custody.What.MOVED, holder="", place="Safe", note="", by=liis, at=world.at
        )  # fmt: skip
        talk = Talk(Hearing.Side.WITNESS, Hearing.How.PHONE, day, "It was dry.", who="A neighbour")
        actions.record_hearing(fresh, talk, by=liis, at=world.at)

    def cost():
        with CaptureQueriesContext(connection) as made:
            assert door.get(world.liis, complaint, TAB).status_code == 200
        return len(made)

    add()
    cost()
    one = cost()
    for _more in range(9):
        add()
    assert cost() == one
