"""Drafts on the server: who opens them, for how long, and that nothing of them is told to anybody else."""

import json
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from amends.complaints import drafts
from amends.complaints.models import Draft, DraftFile
from amends.files.models import StoredFile
from amends.files.taking_in import take_in
from amends.journal.models import Entry, Payload
from amends.kit.refusal import Refusal
from tests import builders
from tests.cast import AT
from tests.files import uploads
from tests.files.uploads import Sent

ANSWERS = {"text": "Mari Saar, 48 Quay Street: the water was off.", "email": "mari@example.org"}
LATER = AT + timedelta(days=3)


def a_draft() -> tuple[Draft, str]:
    draft, secret = drafts.begin("en", AT)
    drafts.save_answers(draft, ANSWERS, step="what", is_done=True, at=AT)
    return draft, secret


def a_file() -> StoredFile:
    return take_in(Sent("a.jpg", uploads.jpeg()), keep_original=True, at=AT)


def refused(code: str, act) -> None:
    with pytest.raises(Refusal) as raised:
        act()
    assert raised.value.code == code


# ---------------------------------------------------------------- who opens it


def test_the_same_device_opens_it_where_it_stopped(world):
    draft, secret = a_draft()
    found = drafts.opened_by(draft.number, secret, LATER)
    assert found == draft
    assert (found.answers, found.steps_done) == (ANSWERS, ["what"])


def test_without_its_own_secret_nothing_opens(world):
    draft, secret = a_draft()
    other, other_secret = a_draft()
    for tried in ("", " ", other_secret, secret[:-1], secret + "x", draft.secret_hash, draft.token, draft.number):
        assert drafts.opened_by(draft.number, tried, LATER) is None
    for number in (other.number, "", "0" * 10, draft.number.upper() + "x"):
        assert drafts.opened_by(number, secret, LATER) is None


def test_secrets_and_codes_are_not_kept_as_they_are(world):
    draft, secret = a_draft()
    code = drafts.give_code(draft, AT)
    row = json.dumps(Draft.objects.filter(pk=draft.pk).values().get(), default=str)
    assert secret not in row
    assert code not in row
    assert code.replace("-", "") not in row


def test_a_code_opens_it_elsewhere_and_then_only_there(world):
    draft, secret = a_draft()
    code = drafts.give_code(draft, AT)
    opened = drafts.opened_by_code(code.lower().replace("-", " "), LATER)
    assert opened is not None
    found, new_secret = opened
    assert found == draft
    assert drafts.opened_by(draft.number, new_secret, LATER) == draft
    assert drafts.opened_by(draft.number, secret, LATER) is None


def test_a_new_code_replaces_the_one_before(world):
    draft, _secret = a_draft()
    first, second = drafts.give_code(draft, AT), drafts.give_code(draft, AT)
    assert first != second
    assert drafts.opened_by_code(first, AT) is None
    assert drafts.opened_by_code(second, AT) is not None
    assert drafts.opened_by_code("", AT) is None
    assert drafts.opened_by_code("0000-0000-0000", AT) is None


# ---------------------------------------------------------------- for how long


def test_it_runs_out_fourteen_days_after_the_last_answer(world):
    draft, secret = a_draft()
    code = drafts.give_code(draft, AT)
    end = AT + drafts.KEPT_FOR
    assert end - AT == timedelta(days=14)
    assert drafts.opened_by(draft.number, secret, end - timedelta(seconds=1)) is not None
    assert drafts.opened_by(draft.number, secret, end) is None
    assert drafts.opened_by_code(code, end) is None
    drafts.save_answers(draft, {"site": "Quay"}, step="about", is_done=False, at=LATER)
    assert drafts.opened_by(draft.number, secret, end) is not None


def test_what_ran_out_is_deleted_with_its_answers_and_let_go_of_its_files(world):
    old, _ = a_draft()
    file = a_file()
    drafts.add_file(old, file)
    young, secret = a_draft()
    drafts.save_answers(young, {}, step="about", is_done=True, at=LATER)
    drafts.expire(AT + drafts.KEPT_FOR)
    assert list(Draft.objects.all()) == [young]
    assert not DraftFile.objects.exists()
    assert drafts.opened_by(young.number, secret, LATER) == young


# ---------------------------------------------------------------- what is kept


def test_a_step_typed_again_replaces_its_answers_and_keeps_the_others(world):
    draft, _ = a_draft()
    drafts.save_answers(draft, {"site": "Quay"}, step="about", is_done=True, at=AT)
    drafts.save_answers(draft, {"text": "Again"}, step="what", is_done=False, at=AT)
    draft.refresh_from_db()
    assert draft.answers == {"text": "Again", "email": "mari@example.org", "site": "Quay"}
    assert draft.steps_done == ["about"]


def test_there_is_an_end_to_what_it_holds(world):
    draft, _ = a_draft()
    refused(
        "text_too_long",
        lambda: drafts.save_answers(draft, {"text": "x" * drafts.MOST_ANSWERS}, step="what", is_done=True, at=AT),
    )
    draft.refresh_from_db()
    assert draft.answers == ANSWERS
    files = [a_file() for _ in range(drafts.MOST_FILES + 1)]
    for file in files[:-1]:
        drafts.add_file(draft, file)
    refused("too_many_files", lambda: drafts.add_file(draft, files[-1]))
    assert drafts.remove_file(draft, files[0].token) == files[0]
    drafts.add_file(draft, files[-1])


def test_a_file_of_another_draft_cannot_be_taken_out(world):
    mine, theirs = a_draft()[0], a_draft()[0]
    file = a_file()
    drafts.add_file(theirs, file)
    assert drafts.remove_file(mine, file.token) is None
    assert theirs.files.count() == 1


# ---------------------------------------------------------------- once it is sent


def test_once_sent_nothing_typed_stays_and_nothing_can_be_changed(world):
    draft, secret = a_draft()
    code = drafts.give_code(draft, AT)
    drafts.add_file(draft, a_file())
    complaint = builders.a_complaint(world)
    drafts.mark_sent(draft, complaint, LATER)
    assert (draft.answers, draft.files.count(), draft.complaint) == ({}, 0, complaint)
    assert drafts.opened_by_code(code, LATER) is None
    refused("sent_already", lambda: drafts.save_answers(draft, ANSWERS, step="what", is_done=True, at=LATER))
    refused("sent_already", lambda: drafts.give_code(draft, LATER))
    refused("sent_already", lambda: drafts.add_file(draft, a_file()))
    refused("sent_already", lambda: drafts.remove_file(draft, "x"))
    # The device may still see the confirmation, for half an hour and unless the person has left it.
    assert drafts.opened_by(draft.number, secret, LATER) == draft
    assert drafts.may_show_confirmation(draft, LATER + timedelta(minutes=30))
    assert not drafts.may_show_confirmation(draft, LATER + timedelta(minutes=31))
    drafts.forget(draft)
    assert drafts.opened_by(draft.number, secret, LATER) is None


def test_it_becomes_one_complaint_only(world):
    draft, _ = a_draft()
    first, second = builders.a_complaint(world), builders.a_complaint(world)
    drafts.mark_sent(draft, first, LATER)
    drafts.mark_sent(draft, second, LATER)
    assert draft.complaint == first
    other, _ = a_draft()
    with pytest.raises(IntegrityError), transaction.atomic():
        drafts.mark_sent(other, first, LATER)


def test_nothing_of_a_draft_is_in_the_journal(world):
    """A draft is no fact yet: not that it was begun, nor what was typed, nor that it ran out."""
    before = Entry.objects.count(), Payload.objects.count()
    draft, _secret = a_draft()
    drafts.give_code(draft, AT)
    drafts.add_file(draft, a_file())
    drafts.expire(AT + drafts.KEPT_FOR)
    assert (Entry.objects.count(), Payload.objects.count()) == before


def test_entries_about_a_complaint_that_was_a_draft_name_neither_person_nor_draft(world):
    draft, secret = a_draft()
    complaint = builders.a_complaint(world, text=ANSWERS["text"])
    drafts.mark_sent(draft, complaint, LATER)
    said = "".join(Entry.objects.values_list("particulars", flat=True))
    for word in ("Mari", "Saar", "Quay", "mari@example.org", draft.number, draft.token, secret):
        assert word not in said
