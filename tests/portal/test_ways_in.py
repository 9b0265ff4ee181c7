"""Coming back in: lost codes, a proof of receipt, another way to be reached, a withdrawal that is taken back."""

import re
from contextlib import nullcontext
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.apps import apps
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend

from amends.complaints.actions import pause, unwithdraw, withdraw
from amends.complaints.actions.ask_for_code import words_of
from amends.complaints.models import Complaint, Deadline, OneTimeCode, Party, Remedy, Response, Withdrawal
from amends.complaints.stages import Stage
from amends.correspondence.models import Delivery
from amends.journal.checking_receipts import is_proved
from amends.journal.models import Entry
from amends.journal.outbox import TryLaterError
from amends.kit.invariants import all_invariants
from amends.kit.refusal import Refusal
from amends.people.actions import ask_new_password
from amends.people.invitations import link_token
from amends.people.models import Invitation
from amends.portal import lost_codes
from amends.portal.receipts import receipt_for
from amends.reactions import notices, worker
from tests import builders
from tests.cast import World
from tests.journal import journals
from tests.portal.conftest import Moment
from tests.portal.test_progress import words
from tests.portal.visitor import ANONYMOUS, LEAST, Visitor, a_complaint_with_code, follower

S = Stage


@pytest.fixture(autouse=True)
def waited(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """Nobody waits in these tests; it is noted for how long they would have."""
    found: list[float] = []
    monkeypatch.setattr(lost_codes, "wait", found.append)
    return found


def mailed(address: str) -> list[str]:
    worker.drain()
    return [message.body for message in mail.outbox if message.to == [address]]


def asks(visitor: Visitor, reference: str, email: str) -> tuple[int, str]:
    answer = visitor.post("/lost-codes/", {"reference": reference, "email": email})
    return answer.status_code, answer.headers.get("Location", "")


def test_a_code_by_mail_becomes_a_new_access_code_once(
    world: World, visitor: Visitor, moment: Moment, waited: list[float]
) -> None:
    complaint, old = a_complaint_with_code(world)
    mailed("")
    mail.outbox.clear()
    sent = (302, "/en/lost-codes/sent/")
    assert asks(visitor, complaint.reference.lower(), "Mari@Example.org") == sent
    [body] = mailed("mari@example.org")
    [typed] = re.findall(r"^(\w{4}-\w{4}-\w{4})$", body, re.MULTILINE)
    assert old not in body
    assert typed not in str(OneTimeCode.objects.values())
    page = Visitor("198.51.100.7").tracks(complaint.reference, typed.lower().replace("-", " "))
    assert page.status_code == 200
    assert page["Cache-Control"].startswith("no-store") or "no-store" in page["Cache-Control"]
    [new] = set(re.findall(r"\b\w{6}-\w{6}-\w{6}\b", page.content.decode()))
    assert new != old
    assert Visitor("198.51.100.8").tracks(complaint.reference, new).status_code == 302
    for wrong in (old, typed):
        assert Visitor("198.51.100.9").tracks(complaint.reference, wrong).status_code == 422
    # As long as the answer that wrote something: nobody learns from the time whether it matched.
    assert all(0 < each <= lost_codes.LASTS for each in waited)


class Down(EmailBackend):
    """A mail server that cannot be reached."""

    def send_messages(self, messages: Any) -> int:
        raise ConnectionRefusedError


def test_no_code_and_no_link_is_kept_in_the_database_after_a_failed_try_and_a_good_one(
    world: World, visitor: Visitor, moment: Moment, settings: Any
) -> None:
    complaint, access_code = a_complaint_with_code(world)
    mailed("")
    asks(visitor, complaint.reference, "mari@example.org")
    ask_new_password(world.liis.email, at=moment.now)
    secrets = [access_code, words_of(OneTimeCode.objects.get()), link_token(Invitation.objects.latest("pk"))]
    entries = Entry.objects.filter(event__in=["complaints.code_asked_for", "people.new_password_asked"])
    tries = [notices.one_time_code, notices.new_password]
    for backend in ("tests.portal.test_ways_in.Down", "django.core.mail.backends.locmem.EmailBackend"):
        settings.EMAIL_BACKEND = backend
        mail.outbox.clear()
        for entry, send in zip(entries.order_by("id"), tries, strict=True):
            with nullcontext() if "locmem" in backend else pytest.raises(TryLaterError):
                send(entry)
        kept = "".join(str(list(model.objects.values())) for model in apps.get_models())
        assert complaint.reference in kept
        assert [secret in kept for secret in secrets] == [False] * 3, backend
    bodies = [str(message.body) for message in mail.outbox]
    assert [secrets[1] in bodies[0], secrets[2] in bodies[1]] == [True, True]
    assert Delivery.objects.filter(notice="one_time_code").get().attempts == 2


def test_answers_never_tell_whether_they_matched(world: World, visitor: Visitor, waited: list[float]) -> None:
    complaint, _code = a_complaint_with_code(world)
    nameless = builders.a_complaint(world, is_anonymous=True, complainant=builders.Contact(), text="Nobody")
    tries = [
        (complaint.reference, "mari@example.org"),
        (complaint.reference, "somebody@example.org"),
        ("LAU-26-7K3M9TQH", "mari@example.org"),
        (nameless.reference, ""),
    ]
    found = {asks(visitor, reference, email or "x@example.org") for reference, email in tries}
    assert found == {(302, "/en/lost-codes/sent/")}
    assert len(waited) == len(tries)
    assert OneTimeCode.objects.count() == 1
    assert visitor.get("/lost-codes/sent/").status_code == 200
    for _more in range(2):  # the fifth is still answered, the sixth waits
        status = visitor.post("/lost-codes/", {"reference": "x", "email": "y@example.org"}).status_code
    assert status == 429
    assert visitor.post("/lost-codes/", {"reference": "", "email": ""}).status_code == 422


def test_a_code_lasts_a_day_and_few_work_at_once(world: World, moment: Moment) -> None:
    complaint, _code = a_complaint_with_code(world)
    for number in range(5):
        asks(Visitor(f"192.0.2.{number}"), complaint.reference, "mari@example.org")
    assert OneTimeCode.objects.count() == 3
    typed = re.findall(r"^(\w{4}-\w{4}-\w{4})$", "\n".join(mailed("mari@example.org")), re.MULTILINE)
    assert len(set(typed)) == 3
    moment.later(hours=24, seconds=1)
    assert Visitor().tracks(complaint.reference, typed[0]).status_code == 422


# ------------------------------------------------------------------ proof of receipt


def test_a_proof_of_receipt_is_checked_against_the_journal(world: World, visitor: Visitor, moment: Moment) -> None:
    complaint, _code = a_complaint_with_code(world)
    receipt = receipt_for(complaint)
    assert receipt is not None

    def checks(leaf: str, reference: str = complaint.reference) -> tuple[int, str]:
        answer = visitor.post("/verify/", {"reference": reference, "leaf": leaf})
        return answer.status_code, words(answer.content.decode())

    status, said = checks(f" {receipt.leaf.upper()} ")
    assert status == 200
    assert "Yes. This complaint stands in our register" in said
    assert "follows within minutes" in said
    journals.seal(moment.now)
    journals.sign(moment.now)
    assert "A signed checkpoint covers it." in checks(receipt.leaf)[1]
    wrong = [checks("0" * 64), checks(receipt.leaf, "LAU-26-7K3M9TQH")]
    assert {status for status, _said in wrong} == {404}
    assert all("do not fit together" in said for _status, said in wrong)
    covered = receipt_for(complaint)
    assert covered is not None
    assert is_proved(covered)
    other = covered.checkpoint.replace("time 2026", "time 2025")
    for forged in ({"leaf": "0" * 64}, {"number": (covered.number or 0) + 1}, {"checkpoint": other}, {"path": ()}):
        assert not is_proved(replace(covered, **forged)), forged


# ------------------------------------------------------------------ another way to be reached


def test_the_complainant_changes_how_they_are_reached(world: World) -> None:
    complaint, _code = a_complaint_with_code(world)
    mailed("")
    mail.outbox.clear()
    visitor = follower(complaint)
    page = visitor.get("/track/contact/").content.decode()
    assert "mari@example.org" not in page
    assert "m…@….org" in page
    assert visitor.post("/track/contact/", {"contact_by": "phone"}).status_code == 422
    new = {"contact_by": "email", "email": "mari.saar@example.net"}
    assert visitor.post("/track/contact/", new).url == "/en/track/view/"
    party = Party.objects.get(complaint=complaint, role="complainant")
    assert (party.email, party.contact_by) == ("mari.saar@example.net", "email")
    [warned] = mailed("mari@example.org")
    assert "was changed" in mail.outbox[0].subject
    assert "mari.saar@example.net" not in warned
    assert not mailed("mari.saar@example.net")
    entry = Entry.objects.filter(event="complaints.contact_changed").get()
    assert "example" not in str(entry.facts)
    assert visitor.post("/track/contact/", {"contact_by": "email"}).status_code == 422, "nothing changed"


def test_the_anonymous_have_no_such_page(world: World) -> None:
    complaint, _code = a_complaint_with_code(world, is_anonymous=True, complainant=builders.Contact())
    assert follower(complaint).get("/track/contact/").url == "/en/track/view/"


# ------------------------------------------------------------------ a withdrawal that is taken back


@pytest.mark.engines
@pytest.mark.parametrize("stage", [S.RECEIVED, S.INVESTIGATING, S.PROPOSED, S.COMMUNICATED, S.ACCEPTED])
def test_a_withdrawal_is_taken_back_to_exactly_what_was(world: World, stage: Stage) -> None:
    complaint = builders.a_complaint(world, stage, remedies=2)
    by, at = builders.the_complainant(complaint), world.at + timedelta(days=1)
    if stage is S.INVESTIGATING:
        why = {"why": "waiting_for_complainant", "reason": "A bill"}
        pause(complaint, **why, by=world.as_(world.liis), at=world.at + timedelta(hours=1))
    before = _facts(complaint)
    dates = dict(Deadline.objects.open().filter(complaint=complaint).values_list("code", "due_at"))
    withdraw(complaint, by=by, at=at)
    assert not Deadline.objects.open().filter(complaint=complaint).exists()
    back = at + timedelta(days=14)
    unwithdraw(complaint, by=by, at=back)
    assert _facts(complaint) == before
    now = dict(Deadline.objects.open().filter(complaint=complaint).values_list("code", "due_at"))
    assert now.keys() == dates.keys()
    moved = [code for code in now if now[code] > dates[code]]
    assert moved or stage is S.ACCEPTED, "what was counted moves by the time in between"
    # A date that stands still is named with the longest pause that there can be; it runs again now.
    assert stage is S.INVESTIGATING or all(now[code] >= dates[code] for code in now)
    complaint.refresh_from_db()
    assert complaint.next_due_at == min(now.values())
    assert not [wrong for each in all_invariants() for wrong in each.check()]
    with pytest.raises(Refusal, match="stage"):
        unwithdraw(complaint, by=by, at=back)


def _facts(complaint: Complaint) -> tuple[Any, ...]:
    row = Complaint.objects.get(pk=complaint.pk)
    responses = Response.objects.filter(complaint=complaint).order_by("pk").values_list("pk", "state")
    remedies = Remedy.objects.filter(complaint=complaint).order_by("pk").values_list("pk", "state")
    return row.stage, row.stage_since, row.round, list(responses), list(remedies)


def test_the_tracking_page_offers_it_for_fourteen_days(world: World, moment: Moment) -> None:
    complaint, code = a_complaint_with_code(world, S.INVESTIGATING)
    visitor = follower(complaint)
    visitor.post("/track/withdraw/", {"reason": ""})
    page = words(visitor.get("/track/view/").content.decode())
    assert "Take back my withdrawal" in page
    assert "Until Monday 16 March 2026 you can take that back here" in page
    assert visitor.post("/track/withdraw/back/").url == "/en/track/view/"
    assert "We go on with your complaint." in words(visitor.get("/track/view/").content.decode())
    assert visitor.post("/track/withdraw/back/").url == "/en/track/view/", "twice is once"
    assert Withdrawal.objects.get().taken_back_at == moment.now
    visitor.post("/track/withdraw/", {"reason": ""})
    moment.later(days=14, seconds=1)
    visitor.tracks(complaint.reference, code)
    assert "Take back my withdrawal" not in visitor.get("/track/view/").content.decode()
    visitor.post("/track/withdraw/back/")
    assert Complaint.objects.get(pk=complaint.pk).stage == S.WITHDRAWN
    assert "The time for this is over." in words(visitor.get("/track/view/").content.decode())


def test_what_was_left_out_of_the_form_is_nobody(visitor: Visitor) -> None:
    complaint = visitor.complains({**LEAST, "contact": ANONYMOUS})
    assert asks(Visitor("192.0.2.9"), complaint.reference, "mari@example.org")[0] == 302
    assert not OneTimeCode.objects.exists()
