"""With an outside body on the complaint's page: chosen from the list, its card, its result, what is passed on."""

from datetime import timedelta
from hashlib import sha256

import pytest

from amends.complaints import actions
from amends.complaints.models import Complaint, Deadline, NextLook, OutsideDisclosure, Referral
from amends.complaints.stages import Stage
from amends.framework.actions.change_outside_bodies import Written, add_outside_body
from amends.kit.translated import TranslatedText
from tests import builders
from tests.rendering.paper import words_of
from tests.workspace.complaint.conftest import text_of, went_to

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)
GROUND = {"ground": "law", "ground_text": "Water Act, section 12", "given_on": "2026-03-02"}


@pytest.fixture
def ombudsman(world):
    return add_outside_body(Written(TranslatedText({"en": "Water Ombudsman"})), by=world.as_(world.clara), at=world.at)


def test_a_body_is_chosen_from_the_list(door, ombudsman):
    world = door.world
    complaint = builders.a_complaint(world, Stage.REJECTED)
    page = text_of(door.get(world.liis, complaint, "referral/"))
    assert "Water Ombudsman" in page
    typed = {"listed": "another", "body": "A court", "why_unlisted": "", "referred_on": "2026-03-01"}
    said = text_of(door.post(world.liis, complaint, "referral/", **typed))
    assert "say why this one is not on it" in said
    typed = {
        "listed": "water-ombudsman",
        "referred_on": "2026-03-01",
        "told_on": "2026-03-02",
        "file_due_on": "2026-03-12",
        "their_reference": "WO-1",
    }
    assert went_to(door.post(world.liis, complaint, "referral/", **typed), complaint)
    made = Referral.objects.get()
    assert (made.listed, str(made.told_on), str(made.file_due_on)) == (ombudsman, "2026-03-02", "2026-03-12")
    page = text_of(door.get(world.liis, complaint))
    for words in ("With an outside body", "WO-1", "File wanted by", "The outside body wants our file", "1 day"):
        assert words in page
    # The queue shows what is due next of it.
    assert "WO-1" not in text_of(door.client(world.liis).get("/staff/complaints/"))


def test_what_they_told_us_later_and_what_they_decided(door, ombudsman):
    world = door.world
    complaint = builders.a_complaint(world, Stage.EXTERNAL)
    Complaint.objects.filter(pk=complaint.pk).update(outcome="partly")
    page = text_of(door.get(world.liis, complaint, "referral/update/"))
    assert "2026-03-02" in page
    typed = {"told_on": "2026-03-02", "their_reference": "WO-2", "file_due_on": "2026-03-20"}
    assert went_to(door.post(world.liis, complaint, "referral/update/", **typed), complaint)
    assert Deadline.objects.open().filter(complaint=complaint, kind="file").exists()
    count = Deadline.objects.filter(complaint=complaint).count()
    explained = [text_of(door.get(world.liis, complaint, f"deadlines/{place}/")) for place in range(1, count + 1)]
    assert sum("The outside body wants our file: it is due at the end of" in page for page in explained) == 1
    typed = {"result": "Pay it all.", "outcome": "upheld", "decided_on": "2026-03-02", "compared": "less"}
    said = text_of(door.post(world.liis, complaint, "referral/result/", **typed))
    assert "Both results together say something else" in said
    assert went_to(door.post(world.liis, complaint, "referral/result/", **{**typed, "compared": ""}), complaint)
    page = text_of(door.get(world.liis, complaint))
    for words in ("Decided outside", "More for the complainant than ours", "Pay it all.", "Partly upheld"):
        assert words in page
    # It can be put right as long as the complaint is open, and shows what was saved.
    assert "Pay it all." in text_of(door.get(world.liis, complaint, "referral/result/"))


def test_what_they_order_stands_beside_what_we_promised_and_closes_nothing_undone(door, ombudsman):
    world = door.world
    complaint = builders.a_complaint(world, Stage.EXTERNAL)
    form = text_of(door.get(world.liis, complaint, "referral/result/"))
    assert "What we promised ourselves" in form
    assert "Who sees to it" in form
    typed = {"result": "Pay.", "outcome": "upheld", "decided_on": "2026-03-02", "compared": ""}
    half = {**typed, "kind_1": "pay-compensation", "description_1": "A sum for the damage"}
    said = text_of(door.post(world.liis, complaint, "referral/result/", **half))
    assert "Enter how much money it is" in said
    assert "Enter the day by which it will be done" in said
    owner = str(world.uma.pk)
    whole = {**half, "amount_1": "120", "due_on_1": "2026-03-09", "owner_1": owner}
    early = text_of(door.post(world.liis, complaint, "referral/result/", **{**whole, "due_on_1": "2026-03-01"}))
    assert "It cannot be due before they decided." in early
    assert went_to(door.post(world.liis, complaint, "referral/result/", **whole), complaint)
    page = text_of(door.get(world.liis, complaint))
    for words in (
        "They ordered",
        "We promised",
        "A sum for the damage",
        world.uma.name,
        "Remedy 1 is open",
        "1 thing ordered",
    ):
        assert words in page
    assert "prove and verify it, or record why not" in text_of(door.get(world.liis, complaint, "closure/"))
    closing = {"reason": "exhausted", "others_affected": "no"}
    assert door.post(world.liis, complaint, "closure/", **closing).status_code == 422
    answer = text_of(door.get(world.liis, complaint, "response/"))
    assert "Ordered by an outside body" in answer
    assert "remedies/2/reason/" not in answer, "that is not for the handler to say"
    assert door.post(world.liis, complaint, "remedies/2/reason/", reason="x").status_code == 403
    assert "remedies/2/reason/" in text_of(door.get(world.mark, complaint, "response/"))
    assert door.post(world.mark, complaint, "remedies/9/reason/", reason="x").status_code == 404
    assert door.post(world.mark, complaint, "remedies/2/reason/", reason=" ").status_code == 422
    for number in (1, 2):
        typed = {"reason": "Set aside on appeal"}
        assert went_to(door.post(world.mark, complaint, f"remedies/{number}/reason/", **typed), complaint)
    assert "Set aside on appeal" in text_of(door.get(world.mark, complaint, "response/"))
    assert "why remedy 2 is not" in words_of(door.get(world.liis, complaint, "file.pdf").content).lower()
    ledger = text_of(door.client(world.liis).get("/oversight/remedies/?ordered=on&state=left"))
    assert "ordered outside" in ledger
    assert "A sum for the damage" in ledger
    assert "A written apology" not in ledger
    assert door.post(world.liis, complaint, "closure/", **closing).status_code == 302


def test_a_look_is_set_and_comes_back_on_its_day(door, at_moment):
    world = door.world
    complaint = builders.a_complaint(world, Stage.EXTERNAL)
    Deadline.objects.open().filter(complaint=complaint).update(dropped_at=world.at, alarm="", alarm_at=None)
    bare = text_of(door.post(world.liis, complaint, "looks/", note=" ", look_on="2026-03-09"))
    assert "Write how it stands, or what to look for" in bare
    assert door.post(world.liis, complaint, "looks/", note="x", look_on="2026-03-01").status_code == 422
    assert went_to(door.post(world.liis, complaint, "looks/", note="Ask them", look_on="2026-03-09"), complaint)
    assert NextLook.objects.get().note == "Ask them"
    page = text_of(door.get(world.liis, complaint))
    assert "Ask them" in page
    assert "It is the day to look" not in page
    assert "Next look" in text_of(door.client(world.liis).get("/staff/complaints/?view=open"))
    at_moment(world.at + 7 * DAY)
    assert "It is the day to look" in text_of(door.get(world.liis, complaint))


def test_the_file_is_passed_on_and_stands_in_the_register(door):
    world = door.world
    complaint = builders.a_complaint(world, Stage.EXTERNAL)
    actions.update_referral(
        complaint,
        told_on=world.at.date(),
        their_reference="",
        file_due_on=world.at.date() + 9 * DAY,
        by=world.as_(world.liis),
        at=world.at,
    )
    actions.write_note(complaint, text="Between us: hopeless.", by=world.as_(world.liis), at=world.at)
    typed = {"to": "body", "what": "file", **GROUND}
    answer = door.post(world.liis, complaint, "disclosures/", **typed)
    assert answer["Content-Type"] == "application/pdf"
    made = OutsideDisclosure.objects.get()
    assert made.digest == sha256(answer.content).hexdigest(), "what was given is known again"
    assert (made.recipient, made.names_complainant) == ("Water Ombudsman", False)
    paper = words_of(answer.content)
    assert "Mari Saar" not in paper
    assert "mari@example.org" not in paper
    assert "Between us" not in paper
    assert "[name withheld]" in paper or "Name hidden" in paper
    assert not Deadline.objects.open().filter(complaint=complaint, kind="file").exists()
    page = text_of(door.get(world.liis, complaint, "disclosures/"))
    assert made.digest in page
    assert "Water Act, section 12" in page
    named = door.post(world.liis, complaint, "disclosures/", **{**typed, "names_complainant": "on", "what": "sheet"})
    assert "Mari Saar" in words_of(named.content)
    assert OutsideDisclosure.objects.order_by("-number").first().names_complainant


def test_other_things_are_recorded_and_mistakes_are_said(door):
    world = door.world
    complaint = builders.a_complaint(world, Stage.COMMUNICATED)
    typed = {"to": "other", "recipient": "A lawyer", "what": "letter", "message": "1", **GROUND}
    assert door.post(world.liis, complaint, "disclosures/", **typed).status_code == 302
    for wrong in (
        {"recipient": ""},
        {"message": ""},
        {"message": "99"},
        {"ground": ""},
        {"ground_text": " "},
        {"given_on": "2026-03-09"},
        {"what": "other"},
        {"what": "evidence"},
        {"to": "body"},
    ):
        assert door.post(world.liis, complaint, "disclosures/", **{**typed, **wrong}).status_code == 422, wrong
    assert OutsideDisclosure.objects.count() == 1


def test_a_shielded_name_does_not_leave_the_house(door):
    world = door.world
    complaint = builders.a_complaint(world, Stage.EXTERNAL, text="I am Mari Saar, and I want water.")
    actions.shield(complaint, reason="They fear for their job", by=world.as_(world.clara), at=world.at)
    typed = {"to": "body", "what": "file", **GROUND}
    # Not even by those who keep the shield and know the name, unless they say so and have the ground for it.
    for person in (world.liis, world.clara):
        paper = words_of(door.post(person, complaint, "disclosures/", **typed).content)
        assert "Mari" not in paper
        assert "want water" in paper
        look = words_of(door.get(person, complaint, "file.pdf?for=outside").content)
        assert "Mari" not in look
    named = {**typed, "names_complainant": "on"}
    assert door.post(world.liis, complaint, "disclosures/", **named).status_code == 422
    assert door.post(world.clara, complaint, "disclosures/", **{**named, "ground": "contract"}).status_code == 422
    assert "Mari Saar" in words_of(door.post(world.clara, complaint, "disclosures/", **named).content)
    assert [each.names_complainant for each in OutsideDisclosure.objects.order_by("number")] == [False, False, True]


def test_who_may_only_read_passes_nothing_on(door):
    world = door.world
    complaint = builders.a_complaint(world, Stage.EXTERNAL)
    assert door.get(world.dario, complaint, "disclosures/").status_code == 403
    assert door.post(world.dario, complaint, "disclosures/", to="body", what="file", **GROUND).status_code == 403
    assert door.post(world.dario, complaint, "looks/", note="x").status_code == 403
    assert not OutsideDisclosure.objects.exists()
