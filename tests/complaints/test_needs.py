"""Needs with consent: kept on a ground, given, and erased when the consent is taken back."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from amends.complaints import actions
from amends.complaints.actions.record_need import Particulars
from amends.complaints.models import Need
from amends.journal.models import Entry, Payload, Tombstone
from amends.kit.refusal import Refusal
from amends.reactions.notices import consent_withdrawn
from tests import builders

SECRET = "Her sight is failing"


def agree(world, complaint, **changes):
    day = world.at.date()
    given = {"driver": "health", "text": SECRET, "adjustment": "Large print", "basis": "spoken", "basis_on": day}
    about = Particulars(**{**given, **changes})
    return actions.record_need(complaint, about, by=world.as_(world.liis), at=world.at)


def test_words_and_what_they_come_from_stand_in_what_can_be_erased(world):
    complaint = builders.a_complaint(world)
    first, second = agree(world, complaint), agree(world, complaint, adjustment="Only before noon")
    assert [first.number, second.number] == [1, 2]
    entry = Entry.objects.filter(event="complaints.need_recorded").earliest("id")
    assert entry.facts == {"number": 1, "basis": "spoken", "basis_on": "2026-03-02"}
    assert SECRET in entry.payload.body
    assert "health" not in entry.particulars


def test_consent_taken_back_erases_row_and_payload_and_leaves_the_other_alone(world):
    complaint = builders.a_complaint(world)
    agree(world, complaint)
    agree(world, complaint, adjustment="Only before noon", text="Another reason")
    liis = world.as_(world.liis)
    actions.give_adjustment(complaint, 1, how="Letter in 18 points", by=liis, at=world.at)
    need = actions.withdraw_consent(complaint, 1, by=liis, at=world.at)
    assert (need.driver, need.text, need.adjustment, need.given_how) == ("", "", "", "")
    assert need.given_at is not None
    entry = Entry.objects.get(event="complaints.consent_withdrawn")
    for _twice in range(2):
        consent_withdrawn(entry)
    kept = "".join(Payload.objects.values_list("body", flat=True))
    assert SECRET not in kept
    assert "18 points" not in kept
    assert "Another reason" in kept
    assert Tombstone.objects.count() == 2
    assert Entry.objects.filter(event="journal.erased").count() == 1


def test_what_is_refused_keeps_nothing(world):
    complaint = builders.a_complaint(world)
    tries = {
        "driver_needed": {"driver": "diagnosis"},
        "adjustment_needed": {"adjustment": " "},
        "consent_needed": {"basis": ""},
        "consent_in_future": {"basis_on": world.at.date() + timedelta(days=1)},
    }
    for code, changes in tries.items():
        with pytest.raises(Refusal) as refused:
            agree(world, complaint, **changes)
        assert refused.value.code == code
    about = Particulars("health", "Large print", "spoken", world.at.date())
    for who in (world.dario, world.tom, world.bruno, world.frida):
        with pytest.raises(Refusal) as refused:
            actions.record_need(complaint, about, by=world.as_(who), at=world.at)
        assert refused.value.code == "not_permitted"
    assert not Need.objects.exists()
    with pytest.raises(Refusal) as refused:
        actions.give_adjustment(complaint, 1, how="", by=world.as_(world.liis), at=world.at)
    assert refused.value.code == "not_open"


def test_the_database_itself_keeps_no_words_without_consent(world):
    need = agree(world, builders.a_complaint(world))
    with pytest.raises(IntegrityError), transaction.atomic():
        Need.objects.filter(pk=need.pk).update(withdrawn_at=world.at)
