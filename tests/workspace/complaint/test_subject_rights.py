"""The tab of the person complained about, the five steps, the letter, and the page that they themselves have."""

import re

from amends.complaints import actions
from amends.complaints.models import Party, Statement, SupportPerson
from amends.complaints.stages import Stage
from amends.journal.models import Entry, ReadEvent
from amends.journal.pseudonyms import name_of
from tests import builders
from tests.workspace.complaint.conftest import text_of, went_to

SECRET = "She works at the school in Harbour Street."


def about(door, stage=Stage.INVESTIGATING):
    world = door.world
    complaint = builders.a_complaint(world, stage, text=SECRET)
    party = actions.name_subject(complaint, world.zoe, by=world.as_(world.uma), at=world.at)
    return complaint, party, f"/staff/about-me/{name_of(party.journal_subject)}/"


def test_five_steps_in_their_order(door):
    world = door.world
    complaint, _party, _address = about(door)
    liis = world.liis
    page = text_of(door.get(liis, complaint, "subject/rights/"))
    assert "Zoe Marsh" in page
    assert "subject/1/notice/" in page
    assert "subject/1/statement/" not in page
    assert door.get(liis, complaint, "subject/1/details/").status_code == 422
    assert "Hand over the details first" in text_of(door.get(liis, complaint, "subject/1/statement/"))
    assert door.post(liis, complaint, "subject/1/notice/", how="").status_code == 422
    steps = {
        "notice": {"how": "talk"},
        "details": {"how": "letter", "text": "On Monday you closed the valve."},
        "support": {"name": "Rosa Lind", "relation": "union"},
        "statement": {"how": "talk", "text": "It was not me."},
    }
    for step, typed in steps.items():
        sent = door.post(liis, complaint, f"subject/1/{step}/", **typed)
        assert went_to(sent, complaint, "subject/rights/"), step
    page = text_of(door.get(liis, complaint, "subject/rights/"))
    for words in ("On Monday you closed the valve.", "Rosa Lind", "It was not me.", "subject/1/letter/"):
        assert words in page, words
    assert "subject/1/notice/" not in page
    assert "subject/1/result/" not in page, "the complainant has no decision yet"
    letter = text_of(door.get(liis, complaint, "subject/1/letter/"))
    assert "On Monday you closed the valve." in letter
    assert "Mari" not in letter
    assert SECRET not in letter
    assert "Person complained about" in text_of(door.get(liis, complaint))


def test_who_does_not_handle_it_takes_no_step_and_there_is_no_second_person(door):
    world = door.world
    complaint, _party, _address = about(door)
    assert door.get(world.dario, complaint, "subject/rights/").status_code == 403
    assert "subject/rights/" not in text_of(door.get(world.dario, complaint))
    assert door.get(world.zoe, complaint, "subject/rights/").status_code in {403, 404}
    for number in (0, 2):
        assert door.get(world.liis, complaint, f"subject/{number}/notice/").status_code == 404
    bare = builders.a_complaint(world)
    assert door.get(world.clara, bare, "subject/rights/").status_code == 404


def test_the_subject_reads_what_was_handed_over_and_nothing_else(door):
    world = door.world
    complaint, _party, address = about(door)
    zoe = door.client(world.zoe)
    assert "There is nothing about you" in text_of(zoe.get("/staff/about-me/"))
    assert zoe.get(address).status_code == 404, "they were not told yet"
    door.post(world.liis, complaint, "subject/1/notice/", how="page")
    assert address in text_of(zoe.get("/staff/about-me/"))
    early = text_of(zoe.get(address))
    assert "not handed over yet" in early
    assert "Send the statement" not in early
    refused = zoe.post(f"{address}statement/", {"text": "Not me."})
    assert refused.status_code == 422
    assert "Hand over the details first" in text_of(refused)
    door.post(world.liis, complaint, "subject/1/details/", how="page", text="On Monday you closed the valve.")
    page = text_of(zoe.get(address))
    assert "On Monday you closed the valve." in page
    assert "We find out what happened." in page
    for secret in (complaint.reference, complaint.title, "Mari", SECRET, "Liis"):
        assert secret not in page, secret
    assert ReadEvent.objects.filter(field_group="disclosure").count() == 1
    assert zoe.get("/staff/").status_code == 200


def test_the_subject_answers_and_names_who_stands_by_them(door):
    world = door.world
    complaint, _party, address = about(door)
    zoe = door.client(world.zoe)
    door.post(world.liis, complaint, "subject/1/notice/", how="page")
    door.post(world.liis, complaint, "subject/1/details/", how="page", text="On Monday …")
    assert zoe.post(f"{address}statement/", {"text": ""}).status_code == 422
    assert zoe.post(f"{address}statement/", {"text": "It was not me."})["Location"] == address
    assert zoe.post(f"{address}support/", {"name": "Rosa Lind", "relation": "union"})["Location"] == address
    assert Statement.objects.get().person == world.zoe
    assert SupportPerson.objects.get().name == "Rosa Lind"
    page = text_of(zoe.get(address))
    assert "It was not me." in page
    assert "Rosa Lind" in page
    for person in (world.mark, world.clara, world.adam):
        assert door.client(person).get(address).status_code == 404
        assert door.client(person).post(f"{address}statement/", {"text": "Me."}).status_code == 404
    assert Statement.objects.count() == 1
    timeline = text_of(door.get(world.liis, complaint))
    assert re.search(r"Statement of the person complained about</b> · [^<]*Zoe Marsh", timeline)


def test_the_result_stands_on_their_page(door):
    world = door.world
    complaint, _party, address = about(door, Stage.COMMUNICATED)
    door.post(world.liis, complaint, "subject/1/notice/", how="page")
    sent = door.post(world.liis, complaint, "subject/1/result/", how="page", text="Nothing was found about you.")
    assert went_to(sent, complaint, "subject/rights/")
    assert "Nothing was found about you." in text_of(door.client(world.zoe).get(address))
    assert Party.objects.get(role="subject").subject_results.get().round == 1


def test_that_it_went_on_as_a_personnel_matter_is_noted_with_day_and_addressee_alone(door):
    world = door.world
    complaint, party, address = about(door)
    liis = world.liis
    assert "Not passed on" in text_of(door.get(liis, complaint, "subject/rights/"))
    for typed in ({"passed_on": "", "addressee": "Personnel"}, {"passed_on": "2026-03-02", "addressee": " "}):
        assert door.post(liis, complaint, "subject/1/personnel/", **typed).status_code == 422
    assert door.post(liis, complaint, "subject/1/personnel/", passed_on="2026-03-03", addressee="X").status_code == 422
    given = {"passed_on": "2026-03-01", "addressee": "Personnel, Ms Berg"}
    assert went_to(door.post(liis, complaint, "subject/1/personnel/", **given), complaint, "subject/rights/")
    assert door.post(liis, complaint, "subject/1/personnel/", **given).status_code == 422
    page = text_of(door.get(liis, complaint, "subject/rights/"))
    assert page.count("Personnel, Ms Berg") == 1
    assert "1 March 2026" in page
    assert door.post(world.dario, complaint, "subject/1/personnel/", **given).status_code == 403
    # They themselves hear of it from there, not from here.
    actions.tell_subject(complaint, party, how="page", by=world.as_(liis), at=world.at)
    assert "Berg" not in text_of(door.client(world.zoe).get(address))
    entry = Entry.objects.get(event="complaints.passed_to_hr")
    assert entry.facts["passed_on"] == "2026-03-01"
    assert "Berg" not in str(entry.facts)
