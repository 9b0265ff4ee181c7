"""The follow-up sheet on one page and the complete file: for those who may see it, and recorded."""

from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from amends.complaints import actions
from amends.complaints.actions.name_subject import name_subject
from amends.complaints.intake import Contact
from amends.complaints.models import Complaint
from amends.complaints.stages import Stage
from amends.journal.models import Entry, Pseudonym, ReadEvent
from amends.journal.recording import leaf_hash
from amends.people.models import Person
from amends.workspace.complaint import record_facts
from tests import builders
from tests.cast import World
from tests.rendering.paper import faults_of, pages_of, words_of
from tests.workspace.complaint.conftest import Door, text_of

LONG = "Nobody told us anything about the water for three whole weeks, and nobody answered. " * 40
ARABIC = "مريم بنت عبد العزيز الأحمد"
BLOCKS = ["1 Receipt", "2 Complainant", "3 Complaint", "4 Problem", "5 Assessment", "6 Resolution", "7 Tracking"]


def a_full_case(world: World, **changes: object) -> Complaint:
    """Everything as long as it may be."""
    return builders.a_complaint(
        world,
        Stage.CLOSED,
        remedies=3,
        points=3,
        title="Water switched off without notice " * 4,
        text=LONG,
        remedy_wanted_text=LONG[:2000],
        site=LONG[:120],
        order_reference="4711" * 20,
        occurred_text=LONG[:120],
        **changes,
    )


def reads_of(complaint: Complaint, group: str) -> int:
    name = Pseudonym.objects.get(kind="complaint", key=complaint.pk).name
    return ReadEvent.objects.filter(subject=name, field_group=group).count()


def in_language(person: Person, language: str) -> Person:
    person.language = language
    person.save(update_fields=["language"])
    return person


def test_the_sheet_has_seven_blocks_in_order_and_eight_lines(world: World, door: Door) -> None:
    complaint = builders.a_complaint(world, Stage.CLOSED)
    page = " ".join(text_of(door.get(world.liis, complaint, "sheet/")).split())
    paper = words_of(door.get(world.liis, complaint, "sheet.pdf").content)
    lines = ["Acknowledged", "Assessed", "Investigated", "Resolved", "Complainant informed", "Correction made"]
    for said in (page, paper):
        places = [said.index(title) for title in (*BLOCKS, *lines, "Correction verified", "Complaint closed")]
        assert places == sorted(places)
    assert "Mari Saar" in paper
    assert "Liis Tamm" in paper
    assert "mari@example.org" not in paper + page


def test_what_has_not_been_done_yet_is_an_empty_line(world: World, door: Door) -> None:
    complaint = builders.a_complaint(world, Stage.RECEIVED)
    paper = words_of(door.get(world.liis, complaint, "sheet.pdf").content)
    assert "Not assessed" in paper
    assert "Complaint closed –" in paper


@pytest.mark.parametrize("language", ["en", "et", "tr"])
@pytest.mark.parametrize("name", ["Mari Saar " * 15, ARABIC * 5])
def test_the_sheet_is_one_tagged_page(world: World, door: Door, tmp_path: Path, language: str, name: str) -> None:
    complaint = a_full_case(world, complainant=Contact(name=name[:160], email="m@example.org", contact_by="email"))
    response = door.get(in_language(world.liis, language), complaint, "sheet.pdf")
    assert response["Content-Type"] == "application/pdf"
    assert pages_of(response.content) == 1
    assert faults_of(response.content, tmp_path) == []
    assert "…" in words_of(response.content)
    assert f"/Lang({language}" in response.content.decode("latin-1").replace("/Lang (", "/Lang(")


def test_names_are_only_for_those_who_may_know_them(world: World, door: Door) -> None:
    complaint = builders.a_complaint(world, Stage.COMMUNICATED)
    for path in ("sheet.pdf", "file.pdf", "file.pdf?for=outside"):
        assert "Mari Saar" not in words_of(door.get(world.dario, complaint, path).content)
        assert "Name hidden" in words_of(door.get(world.dario, complaint, path).content)
        assert "Mari Saar" in words_of(door.get(world.liis, complaint, path).content)
    assert "Mari Saar" not in text_of(door.get(world.dario, complaint, "sheet/"))


def test_the_wall_holds_on_paper(world: World, door: Door) -> None:
    complaint = builders.a_complaint(world, Stage.ASSESSED)
    name_subject(complaint, world.uma, by=world.as_(world.clara), at=world.at)
    for path in ("sheet/", "sheet.pdf", "file.pdf"):
        assert door.get(world.uma, complaint, path).status_code == 404
        assert door.get(world.bruno, complaint, path).status_code == 404
        assert door.get(world.clara, complaint, path).status_code == 200
        assert door.client(world.adam).get(f"/staff/complaints/{complaint.reference}/{path}").status_code == 403


def test_each_paper_is_recorded_as_a_read_of_its_own(world: World, door: Door) -> None:
    complaint = builders.a_complaint(world, Stage.ASSESSED)
    for path, group in (("sheet.pdf", "sheet"), ("file.pdf", "file"), ("file.pdf?for=outside", "file_outside")):
        assert reads_of(complaint, group) == 0
        response = door.get(world.liis, complaint, path)
        assert reads_of(complaint, group) == 1
        assert "no-store" in response["Cache-Control"]
        assert "attachment" in response["Content-Disposition"]
    assert reads_of(complaint, "text") == 1


def test_the_file_holds_everything_with_contents_and_hashes(world: World, door: Door, tmp_path: Path) -> None:
    complaint = builders.a_complaint(world, Stage.CLOSED)
    made = door.get(world.liis, complaint, "file.pdf").content
    assert faults_of(made, tmp_path) == []
    said = words_of(made)
    for title in ("Summary", "People", "Assessments", "Messages", "Remedies", "Deadlines", "Attachments", "Journal"):
        assert said.count(title) >= 2, title
    assert builders.TEXT in said
    assert "The notice was printed for another street." in said
    names = Pseudonym.objects.filter(kind="complaint", key=complaint.pk).values("name")
    for entry in Entry.objects.filter(subject__in=names):
        assert leaf_hash(entry).hex() in said.replace(" ", "")


def test_an_outsider_gets_no_internal_note(world: World, door: Door) -> None:
    complaint = builders.a_complaint(world, Stage.INVESTIGATING)
    liis = world.as_(world.liis)
    actions.write_note(complaint, text="Canary among ourselves", by=liis, at=world.at)
    actions.write_message(complaint, text="A word to you", by=liis, at=world.at)
    inside = words_of(door.get(world.liis, complaint, "file.pdf").content)
    outside = words_of(door.get(world.liis, complaint, "file.pdf?for=outside").content)
    assert "Canary among ourselves" in inside
    assert "Canary" not in outside
    assert "A word to you" in outside
    assert "Internal notes have been left out" in outside


def test_a_long_correspondence_is_cut_and_says_so(world: World, door: Door, monkeypatch: pytest.MonkeyPatch) -> None:
    complaint = builders.a_complaint(world, Stage.INVESTIGATING)
    actions.write_message(complaint, text="A later word", by=world.as_(world.liis), at=world.at)
    monkeypatch.setattr(record_facts, "MOST_SAID", 70)
    said = words_of(door.get(world.liis, complaint, "file.pdf").content)
    assert "A later word" not in said
    assert "1 later messages do not fit" in said
    monkeypatch.setattr("amends.rendering.pdf.MOST_CHARACTERS", 100)
    assert door.get(world.liis, complaint, "file.pdf").status_code == 422


def test_paper_costs_the_same_for_few_and_many_messages(world: World, door: Door) -> None:
    complaint = builders.a_complaint(world, Stage.INVESTIGATING)
    counts = []
    for more in (1, 19):
        for number in range(more):
            actions.write_note(complaint, text=f"Note {number}", by=world.as_(world.liis), at=world.at)
        door.get(world.liis, complaint, "file.pdf")
        with CaptureQueriesContext(
            connection,
        ) as queries:
            door.get(world.liis, complaint, "file.pdf")
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_a_shielded_name_stands_in_no_text_of_a_paper(world: World, door: Door) -> None:
    told = "I am Mari Saar, and the notice for Mari Saar went to another street."
    complaint = builders.a_complaint(world, Stage.INVESTIGATING, text=told)
    actions.write_note(complaint, text="Mari Saar rang again", by=world.as_(world.liis), at=world.at)
    assert "Mari Saar" in words_of(door.get(world.liis, complaint, "file.pdf").content)
    Complaint.objects.filter(pk=complaint.pk).update(is_shielded=True)
    for path in ("sheet.pdf", "file.pdf", "file.pdf?for=outside"):
        said = words_of(door.get(world.liis, complaint, path).content)
        assert "another street" in said
        assert "Saar" not in said


def test_the_page_leads_to_it(world: World, door: Door) -> None:
    complaint = builders.a_complaint(world, Stage.RECEIVED)
    assert f"/staff/complaints/{complaint.reference}/sheet/" in text_of(door.get(world.dario, complaint))
