"""Remedies proved and verified, and the complaint closed with a reason that fits."""

from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from amends.complaints import actions
from amends.complaints.models import Closure, Remedy
from amends.complaints.stages import Stage
from amends.framework.models import Organisation
from tests import builders
from tests.workspace.complaint.conftest import text_of, went_to


def test_a_remedy_is_proved_with_a_text_a_day_and_a_file(door):
    world = door.world
    complaint = builders.a_complaint(world, Stage.ACCEPTED, remedies=2)
    file = SimpleUploadedFile("receipt.txt", b"Paid.", "text/plain")
    typed = {"proof": "Letter of 2 March", "done_on": "2026-03-02", "attachment": file}
    assert went_to(door.post(world.liis, complaint, "remedies/1/proof/", **typed), complaint)
    made = Remedy.objects.get(number=1)
    assert (made.state, made.proof, made.done_on, made.proof_file.name) == (
        "done",
        "Letter of 2 March",
        date(2026, 3, 2),
        "receipt.txt",
    )
    assert "Prove remedy 2" in text_of(door.get(world.liis, complaint))
    assert "receipt.txt" in text_of(door.get(world.liis, complaint, "files/"))
    typed.pop("attachment")
    assert went_to(door.post(world.liis, complaint, "remedies/2/proof/", **typed), complaint)
    complaint.refresh_from_db()
    assert complaint.stage == Stage.REMEDIED


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"proof": ""}, "Write how it can be seen"),
        ({"done_on": ""}, "Enter the day on which it was done"),
        ({"done_on": "2026-03-03"}, "cannot be in the future"),
        ({"attachment": SimpleUploadedFile("x.exe", b"MZ")}, "We cannot take this kind of file"),
    ],
)
def test_a_proof_that_proves_nothing_is_not_saved(door, unchanged, changes, words):
    world = door.world
    complaint = builders.a_complaint(world, Stage.ACCEPTED)
    same = unchanged(complaint)
    typed = {"proof": "Letter of 2 March", "done_on": "2026-03-02", **changes}
    answer = door.post(world.liis, complaint, "remedies/1/proof/", **typed)
    assert answer.status_code == 422
    assert words in text_of(answer)
    assert same()


def test_a_remedy_that_is_proved_already_is_not_proved_twice(door):
    world = door.world
    complaint = builders.a_complaint(world, Stage.ACCEPTED, remedies=2)
    typed = {"proof": "Letter of 2 March", "done_on": "2026-03-02"}
    door.post(world.liis, complaint, "remedies/1/proof/", **typed)
    answer = door.post(world.liis, complaint, "remedies/1/proof/", **typed)
    assert answer.status_code == 422
    assert "not open any more" in text_of(answer)


def test_the_proofs_are_verified_by_somebody_who_did_not_give_them(door, unchanged):
    world = door.world
    complaint = builders.a_complaint(world, Stage.REMEDIED, remedies=2)
    same = unchanged(complaint)
    own = text_of(door.get(world.liis, complaint, "remedies/verification/"))
    assert "You gave a proof yourself. Somebody else has to check them." in own
    assert "All proofs are right" not in own
    assert door.post(world.liis, complaint, "remedies/verification/").status_code == 422
    assert same()
    assert "Letter of 2 March" in text_of(door.get(world.mark, complaint, "remedies/verification/"))
    assert went_to(door.post(world.mark, complaint, "remedies/verification/"), complaint)
    assert set(Remedy.objects.values_list("state", flat=True)) == {"verified"}


def test_in_the_small_profile_one_person_verifies_and_is_told_that_it_is_recorded(door):
    world = door.world
    complaint = builders.a_complaint(world, Stage.REMEDIED)
    Organisation.objects.update(profile=Organisation.Profile.SMALL)
    assert "one person proved and verified" in text_of(door.get(world.liis, complaint, "remedies/verification/"))
    assert went_to(door.post(world.liis, complaint, "remedies/verification/"), complaint)


def test_it_is_closed_with_the_reason_that_fits_chosen_already(door):
    world = door.world
    complaint = builders.a_complaint(world, Stage.VERIFIED)
    page = text_of(door.get(world.liis, complaint, "closure/"))
    assert 'value="satisfied"' in page
    assert 'value="no_answer"' not in page
    assert "Only while the decision waits for an answer." in page
    typed = {"reason": "satisfied", "others_affected": "unknown", "note": "Notices are checked now."}
    assert went_to(door.post(world.liis, complaint, "closure/", **typed), complaint)
    made = Closure.objects.get()
    assert (made.reason, made.others_affected, made.note) == ("satisfied", "unknown", "Notices are checked now.")


@pytest.mark.parametrize(
    ("stage", "words"),
    [
        (Stage.ACCEPTED, "Something promised is not proved and verified yet."),
        (Stage.COMMUNICATED, "Log 2 more attempts to reach them."),
        (Stage.REJECTED, "No internal review was done yet."),
        (Stage.EXTERNAL, "Record what the outside body decided."),
    ],
)
def test_what_is_missing_is_said_where_it_cannot_be_closed_yet(door, unchanged, stage, words):
    world = door.world
    complaint = builders.a_complaint(world, stage)
    same = unchanged(complaint)
    page = text_of(door.get(world.liis, complaint, "closure/"))
    assert "It cannot be closed yet" in page
    assert words in page
    assert "Close the complaint</button>" not in page
    for reason in Closure.Reason:
        sent = door.post(world.liis, complaint, "closure/", reason=reason.value, others_affected="no")
        assert sent.status_code == 422
    assert same()


def test_silence_after_the_attempts_closes_it_for_that_reason_and_never_as_accepted(door):
    world = door.world
    complaint = builders.a_complaint(world, Stage.COMMUNICATED)
    for minute in (1, 2):
        at = world.at + timedelta(minutes=minute)
        actions.attempt_contact(complaint, channel="phone", note="", by=world.as_(world.liis), at=at)
    page = text_of(door.get(world.liis, complaint, "closure/"))
    assert 'value="no_answer"' in page
    assert 'value="satisfied"' not in page
    assert went_to(door.post(world.liis, complaint, "closure/", reason="no_answer", others_affected="no"), complaint)
    complaint.refresh_from_db()
    assert complaint.is_settled is False


def test_closing_asks_about_others(door, unchanged):
    world = door.world
    complaint = builders.a_complaint(world, Stage.VERIFIED)
    same = unchanged(complaint)
    answer = door.post(world.liis, complaint, "closure/", reason="satisfied")
    assert answer.status_code == 422
    assert "Choose whether others could be affected" in text_of(answer)
    assert same()


@pytest.mark.parametrize(
    ("path", "typed", "stage", "who"),
    [
        ("remedies/1/proof/", {"proof": "Letter of 2 March", "done_on": "2026-03-02"}, Stage.ACCEPTED, "liis"),
        ("remedies/verification/", {}, Stage.REMEDIED, "mark"),
        ("closure/", {"reason": "satisfied", "others_affected": "no", "note": "My note."}, Stage.VERIFIED, "liis"),
    ],
)
def test_somebody_was_faster(door, path, typed, stage, who):
    world = door.world
    complaint = builders.a_complaint(world, stage)
    seen = complaint.version
    actions.assign(complaint, world.clara, by=world.as_(world.uma), at=world.at)
    answer = door.post(getattr(world, who), complaint, path, **typed, seen=seen)
    assert answer.status_code == 409
    assert "Changed by Uma Patel" in text_of(answer)
    assert typed.get("note", "") in text_of(answer)
    complaint.refresh_from_db()
    assert complaint.stage == stage
