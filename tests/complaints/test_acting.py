"""Acting for somebody else: with permission, without, and after its last day."""

from datetime import date, timedelta

import pytest

from amends.complaints import actions
from amends.complaints.acting import Permission, permission_now, who_gets_letters, who_is_told
from amends.complaints.actions.end_authority import REASONS
from amends.complaints.intake import Contact, Representative
from amends.complaints.models import ActingAuthority, Communication, Complaint, Party
from amends.complaints.stages import Stage
from amends.correspondence.models import MessageFile
from amends.files.taking_in import take_in
from amends.journal.models import Entry
from amends.kit.refusal import Refusal
from tests import builders
from tests.files import uploads
from tests.files.uploads import Sent

HILDA = Contact(name="Hilda Saar")
MARI = Representative(Contact(name="Mari Saar", email="mari@example.org", contact_by="email"), relation="daughter")
LAST = date(2026, 3, 10)


def represented(world, stage=Stage.RECEIVED, *, complainant=HILDA, **changes):
    """A complaint by Mari for her mother, with her permission where the stage needs one."""
    if stage == Stage.RECEIVED:
        return builders.a_complaint(world, complainant=complainant, representative=MARI, **changes)
    seen = Representative(MARI.contact, relation="daughter", authority=Party.Authority.SEEN)
    return builders.a_complaint(world, stage, complainant=complainant, representative=seen, **changes)


def permit(world, complaint, at=None, **changes):
    given = {"scope": "Everything", "where_kept": "Folder 7", "valid_until": LAST, **changes}
    authority = actions.record_authority(complaint, by=world.as_(world.liis), at=at or world.at, **given)
    return authority, Complaint.objects.get(pk=complaint.pk)


def on(day, hour=12):
    return builders.AT.replace(day=day, hour=hour)


def test_a_permission_holds_until_the_end_of_its_last_day_where_the_organisation_is(world):
    complaint = represented(world)
    assert permission_now(complaint, world.at) is Permission.MISSING
    assert who_is_told(complaint, world.at).role == "complainant"
    authority, complaint = permit(world, complaint, valid_until=date(2026, 4, 10))
    assert (authority.scope, authority.where_kept, authority.letters_to) == ("Everything", "Folder 7", "representative")
    assert permission_now(complaint, world.at) is Permission.VALID
    assert who_is_told(complaint, world.at).role == "representative"
    assert permission_now(complaint, builders.AT.replace(month=3, day=28)) is Permission.ENDS_SOON
    # London has summer time in April: its day ends an hour before that of UTC.
    last = builders.AT.replace(month=4, day=10, hour=22, minute=59)
    assert permission_now(complaint, last) is Permission.ENDS_SOON
    assert permission_now(complaint, last + timedelta(minutes=2)) is Permission.PASSED
    assert who_is_told(complaint, last + timedelta(minutes=2)).role == "complainant"


def test_a_newer_permission_ends_the_one_before_and_an_end_is_recorded_with_its_reason(world):
    complaint = represented(world)
    first, complaint = permit(world, complaint)
    second, complaint = permit(world, complaint, scope="Only the money", valid_until=None)
    first.refresh_from_db()
    assert (first.end_reason, first.ended_by) == ("replaced", world.liis)
    actions.end_authority(complaint, reason="taken_back", by=world.as_(world.liis), at=on(3))
    second.refresh_from_db()
    complaint = Complaint.objects.get(pk=complaint.pk)
    assert (second.end_reason, second.ended_at) == ("taken_back", on(3))
    assert permission_now(complaint, on(3)) is Permission.ENDED
    entry = Entry.objects.get(event="complaints.authority_ended")
    assert entry.facts == {"reason": "taken_back"}
    recorded = Entry.objects.filter(event="complaints.authority_recorded").order_by("id")
    assert [entry.facts["valid_until"] for entry in recorded] == ["2026-03-10", None]
    assert "Only the money" not in "".join(entry.particulars for entry in recorded)


def test_what_is_refused_changes_nothing(world):
    complaint, other = represented(world), builders.a_complaint(world, text="Another one.")
    liis = world.as_(world.liis)
    foreign = take_in(Sent("a.jpg", uploads.jpeg()), keep_original=True, at=world.at)
    actions.reply(other, text="Here.", files=(foreign,), by=liis, at=world.at)
    good = {"scope": "All", "where_kept": "Folder", "by": liis, "at": world.at}
    tries = [
        ("no_representative", other, {}),
        ("scope_needed", complaint, {"scope": " \n"}),
        ("document_needed", complaint, {"where_kept": " "}),
        ("document_elsewhere", complaint, {"document": MessageFile.objects.get().file}),
        ("ends_before", complaint, {"valid_until": date(2026, 3, 1)}),
        ("not_permitted", complaint, {"by": world.as_(world.frida)}),
    ]
    for code, about, changes in tries:
        with pytest.raises(Refusal) as refused:
            actions.record_authority(about, **{**good, **changes})
        assert refused.value.code == code
    for code, reason in (("reason_needed", "replaced"), ("no_authority", REASONS[0])):
        with pytest.raises(Refusal) as refused:
            actions.end_authority(complaint, reason=reason, by=liis, at=world.at)
        assert refused.value.code == code
    assert not ActingAuthority.objects.exists()


def test_two_handlers_with_the_same_page_record_one_permission(world):
    complaint = represented(world)
    seen = complaint.version
    permit(world, complaint, seen=seen)
    with pytest.raises(Refusal) as refused:
        permit(world, Complaint.objects.get(pk=complaint.pk), seen=seen)
    assert refused.value.code == "stale"
    assert ActingAuthority.objects.count() == 1


def test_a_permission_that_runs_out_between_decision_and_sending_holds_the_letter_back(world):
    complaint = represented(world, Stage.DECIDED)
    _first, complaint = permit(world, complaint)
    liis = world.as_(world.liis)
    with pytest.raises(Refusal) as refused:
        actions.communicate(complaint, channel="post", by=liis, at=on(11))
    assert refused.value.code == "permission_missing"
    assert not Communication.objects.exists()
    _second, complaint = permit(world, complaint, at=on(11), valid_until=date(2026, 3, 20))
    sent = actions.communicate(complaint, channel="portal", by=liis, at=on(11))
    assert sent.addressee.role == "representative"


def test_the_letter_goes_to_the_complainant_who_can_be_reached_or_who_chose_so(world):
    reachable = Contact(name="Hilda Saar", address="Main street 1")
    complaint = represented(world, Stage.DECIDED, complainant=reachable)
    _first, complaint = permit(world, complaint)
    late = actions.communicate(complaint, channel="post", by=world.as_(world.liis), at=on(11))
    assert late.addressee.name == "Hilda Saar"
    chosen = represented(world, Stage.DECIDED, text="Another.")
    _second, chosen = permit(world, chosen, letters_to=Party.LettersTo.COMPLAINANT)
    assert who_gets_letters(chosen, world.at).name == "Hilda Saar"
    assert who_is_told(chosen, world.at).name == "Mari Saar"


@pytest.mark.parametrize("verb", ["accept", "reject", "withdraw"])
def test_without_permission_nobody_answers_for_the_complainant(world, verb):
    complaint = represented(world, Stage.COMMUNICATED)
    _first, complaint = permit(world, complaint)
    by, at = builders.the_complainant(complaint), on(11)
    calls = {
        "accept": lambda: actions.accept(complaint, channel="portal", by=by, at=at),
        "reject": lambda: actions.reject(complaint, reason="No.", channel="portal", by=by, at=at),
        "withdraw": lambda: actions.withdraw(complaint, by=by, at=at),
    }
    with pytest.raises(Refusal) as refused:
        calls[verb]()
    assert refused.value.code == "permission_missing"
    complaint.refresh_from_db()
    assert complaint.stage == Stage.COMMUNICATED
    actions.reply(complaint, text="Here is the new permission.", by=by, at=at)
