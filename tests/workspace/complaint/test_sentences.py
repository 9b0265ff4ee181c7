"""The journal in words: every event of complaints has its sentence, and no code is left as it is."""

import re
from datetime import date

import pytest

from amends.complaints import actions, events
from amends.complaints.models import Acknowledgement, Deadline, Pause
from amends.complaints.stages import Stage
from amends.journal.models import Entry
from amends.journal.vocabulary import all_events
from amends.people.standing import SYSTEM
from amends.workspace.complaint.names import Names
from amends.workspace.complaint.sentences import _WORDED, told
from tests import builders
from tests.complaints.clocks import at, clock
from tests.workspace.complaint.conftest import text_of

NAMES = Names("the complainant")


def entry_of(event: str, particulars: str) -> Entry:
    return Entry(event=event, particulars=particulars)


def test_every_event_of_complaints_is_worded():
    declared = {event.name for event in all_events() if event.name.startswith("complaints.")}
    exported = ("disclosures", "register", "remedies")
    about_lists = {f"complaints.{each}_exported" for each in exported}
    about_mails = {event.name for event in all_events() if next(iter(event.__annotations__), "") == "mail"}
    assert declared - about_lists - about_mails == set(_WORDED)


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
        (
            "complaints.reminded",
            '{"clock":"decision","kind":"decision","due_at":"2026-03-23T17:00:00+00:00"}',
            "Decision",
        ),
        ("complaints.deadline_missed", '{"clock":"remedy","kind":"remedy","number":2,"due_at":"x"}', "Remedy 2"),
        ("complaints.deemed", '{"clock":"decision","kind":"decision","outcome":"refused"}', "counts as refused"),
        ("complaints.escalated", '{"clock":"decision","level":1,"to":"unit_manager","told":[],"stood_in":0}', "nobody"),
        ("complaints.paused", '{"why":"court","clocks":["decision"]}', "Decision · A court or authority"),
        ("complaints.resumed", '{"clocks":["decision"],"is_by_itself":true}', "their time for it was used up"),
        ("complaints.deadlines_moved", '{"number":3,"count":2}', "2 dates moved · calendar version 3"),
        ("complaints.packs_changed", '{"pack":"x","version":2,"started":1,"dropped":2}', "1 clock started · 2 clocks"),
        ("complaints.extended", '{"clock":"of_tomorrow","kind":"decision"}', "More time was taken, with a reason"),
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


@pytest.mark.django_db
def test_what_happens_to_clocks_is_told_with_names_dates_and_people(door):
    world = door.world
    liis, complaint = world.as_(world.liis), builders.a_complaint(world, Stage.INVESTIGATING)
    actions.pause(complaint, why=Pause.Why.COMPLAINANT, reason="The receipt", by=liis, at=at(3))
    actions.resume(complaint, by=liis, at=at(5))
    deadline = clock(complaint, "decision")
    actions.extend(deadline, reason="The laboratory", until=date(2026, 3, 31), by=liis, at=at(6))
    Deadline.objects.filter(pk=deadline.pk).update(alarm="overdue", alarm_at=clock(complaint, "decision").due_at)
    late = clock(complaint, "decision")
    actions.overdue(late, by=SYSTEM, at=late.due_at)
    ringing = clock(complaint, "decision")
    actions.escalate(ringing, by=SYSTEM, at=ringing.alarm_at)
    for path in ("?show=changes", "trail/"):
        page = text_of(door.get(world.liis, complaint, path)).replace("<b>", "").replace("</b>", "")
        for words in (
            "The clocks stand still · Decision · We wait for an answer of the complainant · until",
            "The clocks run on · Decision · next deadline: 4 March 2026",
            "More time was taken, with a reason · Decision · from 25 March 2026 to 31 March 2026",
            "A deadline has passed · Decision · due 31 March 2026, 17:00 · new date promised: 9 April 2026",
            "A late deadline was taken to level 1 · Decision · The unit manager · told: Uma Patel",
        ):
            assert words in page, (path, words)
