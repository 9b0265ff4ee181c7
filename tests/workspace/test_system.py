"""What happens by itself, for those who run the installation."""

from datetime import timedelta

import pytest
from django.core.cache import cache

from amends.journal.models import Checkpoint, Entry, FollowUp
from amends.reactions.worker import HEARTBEAT, drain
from tests import builders
from tests.workspace.test_queue import counted, text_of

pytestmark = pytest.mark.django_db

ADDRESS = "/settings/system/"


@pytest.fixture
def failed(world):
    """A notice that was given up."""
    builders.a_complaint(world, said_danger=True)
    entry = Entry.objects.get(event="complaints.received")
    return FollowUp.objects.create(
        entry=entry,
        reaction="notices.to_staff.danger",
        state=FollowUp.State.FAILED,
        attempts=31,
        next_try_at=world.at,
        last_error="ConnectionRefusedError: away",
    )


@pytest.fixture
def admin(world, as_, at_moment):
    at_moment(world.at + timedelta(minutes=30))
    return as_(world.adam)


def try_again(follow_up) -> str:
    return f"{ADDRESS}follow-ups/{follow_up.entry.uid}/{follow_up.reaction}/"


def test_what_was_given_up_stands_there_with_its_reason(world, admin, failed):
    said = text_of(admin.get(ADDRESS))
    assert "notices.to_staff.danger" in said
    assert "Complaint received" in said
    assert "ConnectionRefusedError: away" in said
    assert "31" in said


def test_it_is_tried_again_and_the_journal_says_who_wanted_it(world, admin, failed):
    response = admin.post(try_again(failed))
    assert response["Location"] == ADDRESS
    failed.refresh_from_db()
    assert (failed.state, failed.next_try_at) == (FollowUp.State.WAITING, world.at + timedelta(minutes=30))
    entry = Entry.objects.get(event="reactions.tried_again")
    assert entry.facts["reaction"] == "notices.to_staff.danger"
    assert entry.acting_as == "administrator"
    assert "Being tried again" in text_of(admin.get(ADDRESS))


def test_twice_is_refused(world, admin, failed):
    admin.post(try_again(failed))
    response = admin.post(try_again(failed))
    assert response.status_code == 422
    assert "not waiting for anybody any more" in text_of(response)
    assert Entry.objects.filter(event="reactions.tried_again").count() == 1


def test_an_unknown_one_is_not_found(world, admin, failed):
    address = try_again(failed)
    assert admin.post(address.replace("danger", "nothing")).status_code == 404
    assert admin.post(f"{ADDRESS}follow-ups/{failed.entry.uid}/%00/").status_code == 404
    assert admin.get(address).status_code == 405


@pytest.mark.parametrize("who", ["clara", "dario"])
def test_who_may_look_cannot_try_again(world, as_, failed, who):
    client = as_(getattr(world, who))
    page = client.get(ADDRESS)
    assert page.status_code == 200
    assert "Try again" not in text_of(page)
    assert client.post(try_again(failed)).status_code == 403
    failed.refresh_from_db()
    assert failed.state == FollowUp.State.FAILED


@pytest.mark.parametrize("who", ["liis", "mark", "uma", "tom", "dora", "frida", "zoe"])
def test_who_does_not_see_the_system(world, as_, failed, who):
    client = as_(getattr(world, who))
    assert client.get(ADDRESS).status_code == 403
    assert client.post(try_again(failed)).status_code == 403


def test_the_worker_and_the_trail_in_words(world, admin):
    said = text_of(admin.get(ADDRESS))
    assert "Worker last heard of Never" in said
    assert "None yet" in said
    assert "Something does not work" in said
    assert "worker: no sign of life" in said
    builders.a_complaint(world)
    drain()
    cache.set(f"{HEARTBEAT}last", (world.at + timedelta(minutes=29)).timestamp(), 60)
    said = text_of(admin.get(ADDRESS))
    assert "Worker last heard of 1 minute ago" in said
    assert f"Covers {Checkpoint.objects.latest('size').size} entries" in said
    assert "The newest checkpoint is in: file" in said
    assert "Nothing. Every notice and letter has gone out" in said
    cache.delete(f"{HEARTBEAT}last")


def test_events_with_particulars_are_whole_sentences(world, admin, failed):
    granted = Entry.objects.filter(event="people.role_granted").first()
    FollowUp.objects.filter(pk=failed.pk).update(entry=granted)
    said = text_of(admin.get(ADDRESS))
    assert f"Role {granted.facts['role']} granted" in said
    assert "%(" not in said


def test_it_costs_the_same_for_one_and_for_twenty(world, admin, failed):
    one = counted(admin, ADDRESS)
    entries = Entry.objects.exclude(pk=failed.entry_id).order_by("id")[:20]
    FollowUp.objects.bulk_create(
        FollowUp(
            entry=entry, reaction=failed.reaction, state=FollowUp.State.FAILED, next_try_at=world.at, last_error="away"
        )
        for entry in entries
    )
    assert counted(admin, ADDRESS) == one
    assert one <= 30
