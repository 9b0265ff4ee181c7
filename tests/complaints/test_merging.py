"""Merging two complaints and taking them apart again: nothing is lost, nobody is led around a wall."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from amends.complaints import actions
from amends.complaints.facts import digest_of, facts_of
from amends.complaints.intake import Contact
from amends.complaints.merging import goes_on_in
from amends.complaints.models import Complaint, Deadline, Merging
from amends.complaints.stages import OPEN, Stage
from amends.journal.models import Entry
from amends.kit.invariants import all_invariants
from amends.kit.refusal import Refusal
from tests import builders

pytestmark = pytest.mark.django_db

SOMEBODY_ELSE = Contact(name="Ott Kask", email="ott@example.org", contact_by="email")


def two(world, **changes):
    return builders.a_complaint(world, Stage.ASSESSED), builders.a_complaint(world, **changes)


def merge(world, complaint, into, **changes):
    return actions.merge(complaint, into, by=world.as_(world.liis), at=world.at, **changes)


def unmerge(world, complaint, at=None):
    return actions.unmerge(complaint, reason="Two matters.", by=world.as_(world.liis), at=at or world.at)


def refused(code, call):
    with pytest.raises(Refusal) as caught, transaction.atomic():
        call()
    assert caught.value.code == code


def broken():
    return [found for rule in all_invariants() if rule.name.startswith("complaints.") for found in rule.check()]


# ---------------------------------------------------------------- there and back

#: What may have happened to a complaint before it is merged. What does not fit its stage is refused, and left out.
DEEDS = {
    "ask": lambda c, by, at: actions.write_message(c, text="Which street?", needs_reply=True, by=by, at=at),
    "answer": lambda c, by, at: actions.reply(c, text="Mill Lane.", by=by, at=at),
    "note": lambda c, by, at: actions.write_note(c, text="Look at the map.", by=by, at=at),
    "pause": lambda c, by, at: actions.pause(c, why="waiting_for_complainant", reason="A bill", by=by, at=at),
    "resume": lambda c, by, at: actions.resume(c, by=by, at=at),
    "attempt": lambda c, by, at: actions.attempt_contact(c, channel="phone", note="", by=by, at=at),
    "point": lambda c, by, at: actions.add_issue(c, summary="More", category=None, by=by, at=at),
    "twice": lambda c, by, at: (actions.merge(c, OTHER["into"], by=by, at=at), unmerge_by(c, by, at)),
}
OTHER: dict[str, Complaint] = {}


def unmerge_by(complaint, by, at):
    return actions.unmerge(complaint, reason="A mistake.", by=by, at=at)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    stage=st.sampled_from(sorted(OPEN)),
    remedies=st.integers(0, 2),
    deeds=st.lists(st.tuples(st.sampled_from(sorted(DEEDS)), st.integers(0, 50)), max_size=5),
    days=st.integers(0, 60),
)
def test_taken_out_again_every_fact_is_what_it_was(world, stage, remedies, deeds, days):
    if stage in {Stage.REMEDIED, Stage.VERIFIED, Stage.REOPENED}:
        remedies = max(remedies, 1)
    with transaction.atomic():
        complaint = builders.a_complaint(world, stage, remedies=remedies)
        OTHER["into"] = into = builders.a_complaint(world)
        liis, at = world.as_(world.liis), world.at
        for deed, hours in deeds:
            at += timedelta(hours=hours)
            try:
                with transaction.atomic():
                    DEEDS[deed](complaint, liis, at)
            except Refusal:
                complaint.refresh_from_db()
        before, facts, known = digest_of(complaint), facts_of(complaint), broken()
        merging = actions.merge(complaint, into, by=liis, at=at)
        assert merging.facts_digest == before
        assert digest_of(complaint) != before
        assert not Deadline.objects.open().filter(complaint=complaint).exists()
        assert broken() == known
        actions.unmerge(complaint, reason="Two matters.", by=liis, at=at + timedelta(days=days))
        assert facts_of(complaint) == facts
        assert digest_of(complaint) == before
        assert broken() == known
        transaction.set_rollback(True)


def test_the_hash_sees_every_table_that_hangs_on_a_complaint(world):
    complaint = builders.a_complaint(world, Stage.CLOSED)
    tables = {table.partition(".")[2] for table, rows in facts_of(complaint)["rows"].items() if rows}
    assert {"party", "issue", "finding", "deadline", "message", "remedy", "closure", "communication"} <= tables
    before = digest_of(complaint)
    actions.write_note(complaint, text="Another word", by=world.as_(world.liis), at=world.at)
    assert digest_of(complaint) != before


def test_both_hashes_stand_in_the_journal(world):
    complaint, into = two(world)
    merge(world, complaint, into)
    actions.reply(complaint, text="And yesterday again.", by=builders.the_complainant(complaint), at=world.at)
    unmerge(world, complaint)
    merged, unmerged = (Entry.objects.get(event=f"complaints.{what}").facts for what in ("merged", "unmerged"))
    assert merged["facts"] == unmerged["facts_before"]
    assert unmerged["facts"] != unmerged["facts_before"]  # what was written meanwhile belongs to it


def test_a_date_that_passed_meanwhile_is_late_and_rings_at_once(world):
    complaint, into = two(world)
    due = dict(Deadline.objects.open().filter(complaint=complaint).values_list("code", "due_at"))
    merge(world, complaint, into)
    assert complaint.next_due_at is None
    assert not Deadline.objects.ringing(world.at + timedelta(days=90)).filter(complaint=complaint).exists()
    later = max(due.values()) + timedelta(days=1)
    unmerge(world, complaint, later)
    assert dict(Deadline.objects.open().filter(complaint=complaint).values_list("code", "due_at")) == due
    assert Deadline.objects.ringing(later).filter(complaint=complaint).count() == len(due)


# ---------------------------------------------------------------- what is refused


def test_not_into_itself_and_not_in_a_circle(world):
    one, other = two(world)
    refused("into_itself", lambda: merge(world, one, one))
    merge(world, one, other)
    refused("circle", lambda: merge(world, other, one))
    third = builders.a_complaint(world)
    merge(world, other, third)
    refused("circle", lambda: merge(world, third, one))
    assert goes_on_in(Complaint.objects.get(pk=one.pk)) == third
    assert broken() == []


def test_the_database_itself_knows_no_circle_of_one(world):
    one, _other = two(world)
    with pytest.raises(IntegrityError), transaction.atomic():
        Complaint.objects.filter(pk=one.pk).update(merged_into=one, stage=Stage.MERGED)
    with pytest.raises(IntegrityError), transaction.atomic():
        Complaint.objects.filter(pk=one.pk).update(stage=Stage.MERGED)


@pytest.mark.parametrize("stage", [Stage.CLOSED, Stage.WITHDRAWN, Stage.OUT_OF_SCOPE, Stage.MERGED])
def test_not_into_one_that_has_ended(world, stage):
    ended = builders.a_complaint(world, stage)
    refused("into_ended", lambda: merge(world, builders.a_complaint(world, Stage.ASSESSED), ended))


@pytest.mark.parametrize("walled", ["here", "there"])
def test_not_around_a_wall(world, walled):
    here, there = two(world)
    actions.name_subject(here if walled == "here" else there, world.zoe, by=world.as_(world.frida), at=world.at)
    refused("walls_differ", lambda: merge(world, here, there))
    actions.name_subject(there if walled == "here" else here, world.zoe, by=world.as_(world.frida), at=world.at)
    merge(world, here, there)


def test_different_people_only_with_a_reason(world):
    here, there = two(world, complainant=SOMEBODY_ELSE)
    refused("different_people", lambda: merge(world, here, there))
    merging = merge(world, here, there, reason="One burst pipe, one answer.")
    assert not merging.is_same_person


def test_of_the_anonymous_nobody_can_say_who_they_are(world):
    here = builders.a_complaint(world, Stage.ASSESSED, is_anonymous=True)
    refused("different_people", lambda: merge(world, here, builders.a_complaint(world)))


def test_only_by_somebody_who_handles_both(world):
    here, there = two(world)
    Complaint.objects.filter(pk=there.pk).update(lead_unit=world.energy)
    refused("not_permitted", lambda: merge(world, here, there))
    actions.merge(here, there, by=world.as_(world.clara), at=world.at)


def test_two_who_merge_the_two_into_each_other(world):
    """The second one finds the first row merged, whatever it had loaded before."""
    one, other = two(world)
    stale_one, stale_other = Complaint.objects.get(pk=one.pk), Complaint.objects.get(pk=other.pk)
    merge(world, one, other)
    refused("circle", lambda: merge(world, stale_other, stale_one))
    assert Merging.objects.count() == 1
