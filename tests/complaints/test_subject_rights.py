"""The rights of the person complained about: told, given the details, supported, heard, told the result."""

import pytest
from django.core import mail

from amends.complaints import actions
from amends.complaints.models import Disclosure, Party, Statement
from amends.complaints.models.subject_rights import How
from amends.complaints.stages import Stage
from amends.journal.models import Entry
from amends.kit.invariants import all_invariants
from amends.kit.refusal import Refusal
from amends.reactions import worker
from tests import builders

pytestmark = pytest.mark.django_db


def refused(code, call):
    entries = Entry.objects.count()
    with pytest.raises(Refusal) as caught:
        call()
    assert caught.value.code == code
    assert Entry.objects.count() == entries


@pytest.fixture
def case(world):
    """A complaint about Zoe that Liis investigates."""
    complaint = builders.a_complaint(world, Stage.INVESTIGATING)
    actions.name_subject(complaint, world.zoe, by=world.as_(world.uma), at=world.at)
    return complaint, Party.objects.get(complaint=complaint, role="subject")


def test_nobody_is_heard_before_they_were_told_and_given_the_details(world, case):
    complaint, party = case
    liis, zoe, at = world.as_(world.liis), world.as_(world.zoe), world.at

    def hear(by):
        return actions.take_statement(complaint, party, text="I was away.", how=How.TALK, by=by, at=at)

    def hand_over(text="On Monday you …"):
        return actions.give_details(complaint, party, text=text, how=How.PAGE, by=liis, at=at)

    refused("details_first", lambda: hear(liis))
    refused("tell_first", hand_over)
    actions.tell_subject(complaint, party, how=How.PAGE, by=liis, at=at)
    refused("told_already", lambda: actions.tell_subject(complaint, party, how=How.TALK, by=liis, at=at))
    refused("details_first", lambda: hear(zoe))
    refused("text_needed", lambda: hand_over(" "))
    assert (hand_over().number, hand_over("And on Tuesday").number) == (1, 2)
    assert hear(liis).how == How.TALK
    theirs = hear(zoe)
    assert (theirs.number, theirs.how, theirs.person) == (2, How.PAGE, world.zoe)
    assert list(Disclosure.objects.order_by("number").values_list("text", flat=True)) == [
        "On Monday you …",
        "And on Tuesday",
    ]
    assert [line for each in all_invariants() if each.name.startswith("complaints.") for line in each.check()] == []


def test_others_speak_neither_for_them_nor_to_them(world, case):
    complaint, party = case
    liis, at = world.as_(world.liis), world.at
    actions.tell_subject(complaint, party, how=How.PAGE, by=liis, at=at)
    actions.give_details(complaint, party, text="On Monday …", how=How.PAGE, by=liis, at=at)
    for person in (world.frida, world.dario, world.bruno):
        by = world.as_(person)
        refused(
            "not_permitted",
            lambda by=by: actions.take_statement(complaint, party, text="Hm.", how=How.TALK, by=by, at=at),
        )
    zoe = world.as_(world.zoe)
    refused("not_permitted", lambda: actions.give_details(complaint, party, text="X", how=How.PAGE, by=zoe, at=at))
    refused(
        "not_permitted", lambda: actions.tell_subject_result(complaint, party, text="X", how=How.PAGE, by=zoe, at=at)
    )
    other = builders.a_complaint(world)
    refused("not_its_subject", lambda: actions.take_statement(other, party, text="X", how=How.TALK, by=liis, at=at))
    assert not Statement.objects.exists()


def test_the_result_is_told_after_the_complainant_has_the_decision_once_a_round(world):
    complaint = builders.a_complaint(world, Stage.INVESTIGATING)
    uma, liis, at = world.as_(world.uma), world.as_(world.liis), world.at
    party = actions.name_subject(complaint, world.zoe, by=uma, at=at)
    actions.tell_subject(complaint, party, how=How.TALK, by=liis, at=at)

    def tell():
        return actions.tell_subject_result(complaint, party, text="Nothing was found.", how=How.PAGE, by=liis, at=at)

    refused("not_at_this_stage", tell)
    told = builders.a_complaint(world, Stage.COMMUNICATED)
    complaint, party = told, actions.name_subject(told, world.zoe, by=uma, at=at)
    refused("tell_first", tell)
    actions.tell_subject(complaint, party, how=How.TALK, by=liis, at=at)
    tell()
    refused("result_told_already", tell)


def test_a_mail_says_that_there_is_something_to_read_and_nothing_else(world, case):
    complaint, party = case
    liis, at = world.as_(world.liis), world.at
    actions.tell_subject(complaint, party, how=How.TALK, by=liis, at=at)
    worker.drain()
    mail.outbox.clear()
    actions.give_details(complaint, party, text="You shouted at Mari Saar.", how=How.PAGE, by=liis, at=at)
    worker.drain()
    (message,) = mail.outbox
    assert message.to == [world.zoe.email]
    whole = message.subject + message.body
    assert "/staff/about-me/" in whole
    for secret in (complaint.reference, complaint.title, "Mari", "shouted", "omplaint"):
        assert secret not in whole.replace("complaints@", ""), secret
