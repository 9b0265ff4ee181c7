"""The journal in words: every event of complaints has its sentence, and no code is left as it is."""

import re

import pytest

from amends.complaints import actions, events
from amends.complaints.models import Acknowledgement
from amends.complaints.stages import Stage
from amends.journal.models import Entry
from amends.journal.vocabulary import all_events
from amends.people.standing import SYSTEM
from amends.workspace.complaint.names import Names
from amends.workspace.complaint.sentences import _WORDED, told
from tests import builders

NAMES = Names("the complainant")


def entry_of(event: str, particulars: str) -> Entry:
    return Entry(event=event, particulars=particulars)


def test_every_event_of_complaints_is_worded():
    declared = {event.name for event in all_events() if event.name.startswith("complaints.")}
    assert declared == set(_WORDED)


@pytest.mark.django_db
def test_no_code_and_no_slot_is_left_in_any_sentence_of_a_whole_life():
    world = builders.a_world()
    for stage in builders.WAY_TO:
        builders.a_complaint(world, stage, text=f"Text of {stage}.")
    for entry in Entry.objects.filter(event__startswith="complaints."):
        text = told(entry, NAMES).text
        assert "%(" not in text, entry.event
        assert not re.search(r"\b[a-z]+_[a-z_]+\b", text), text
        assert text[0].isupper()


@pytest.mark.parametrize(
    ("event", "particulars", "words"),
    [
        ("complaints.acknowledged", '{"how":"phone","was_late":true}', "Receipt confirmed · By telephone · late"),
        ("complaints.closed", '{"reason":"no_answer","dropped_remedies":1}', "1 remedy not carried out"),
        ("complaints.decided", '{"outcome":"partly","is_by_one_person":true}', "proposed and approved by one person"),
        ("complaints.contact_attempted", '{"channel":"phone","count":2}', "Telephone · attempt 2"),
        ("complaints.remedy_proved", '{"number":2,"done_on":"2026-03-04"}', "Remedy 2 carried out · 4 March 2026"),
        ("complaints.remedy_proved", '{"number":2,"done_on":"soon"}', "Remedy 2 carried out"),
        ("complaints.communicated", '{"channel":"portal","outcome":"upheld"}', "Upheld · tracking page"),
        ("complaints.closed", '{"reason":"of_tomorrow"}', "of_tomorrow"),
        ("complaints.assessed", "{}", "Assessed"),
        ("complaints.of_tomorrow", '{"code":"x"}', "complaints.of_tomorrow"),
    ],
)
def test_particulars_become_words(event, particulars, words):
    assert words in told(entry_of(event, particulars), NAMES).text


def test_names_are_escaped():
    line = told(entry_of("complaints.assigned", '{"handler":"%s"}' % ("0" * 32)), _Nasty())
    assert "<i>" not in line.sentence
    assert "&lt;i&gt;" in line.sentence


class _Nasty(Names):
    def __init__(self) -> None:
        super().__init__("x")

    def of(self, name: object) -> str:
        return "<i>Ann</i>" if name else ""


@pytest.mark.django_db
def test_people_units_and_the_installation_are_named_from_the_journal(as_, world):
    complaint = builders.a_complaint(world)
    actions.acknowledge(complaint, how=Acknowledgement.How.PAGE, by=SYSTEM, at=world.at)
    actions.assign(complaint, world.liis, unit=world.harbour, by=world.as_(world.uma), at=world.at)
    page = as_(world.liis).get(f"/staff/complaints/{complaint.reference}/").content.decode()
    assert "Liis Tamm · Harbour" in page
    assert "<bdi>Uma Patel</bdi>" in page
    assert "<bdi>by itself</bdi>" in page
    assert events.Received.name not in page


@pytest.mark.django_db
def test_whose_name_was_erased_is_nobody_in_particular(as_, world):
    from amends.journal.models import Pseudonym

    complaint = builders.a_complaint(world, Stage.ASSESSED)
    Pseudonym.objects.filter(kind="person", key=world.liis.pk).delete()
    page = as_(world.uma).get(f"/staff/complaints/{complaint.reference}/").content.decode()
    assert "a person whose name was erased" in page
