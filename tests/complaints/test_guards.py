"""What clause 7 forbids does not happen, whoever asks."""

from dataclasses import replace
from datetime import timedelta

import pytest

from amends.complaints import actions
from amends.complaints.actions.refer import Unlisted
from amends.complaints.actions.respond import PromisedRemedy
from amends.complaints.models import Closure, Complaint, Decision, Finding, Issue, Referral, Remedy, Response
from amends.complaints.queries import tracked_by
from amends.complaints.stages import Outcome, Stage
from amends.framework.models import Organisation, RemedyKind
from amends.kit.invariants import all_invariants
from amends.kit.refusal import Refusal
from amends.kit.translated import TranslatedText
from tests import builders

pytestmark = pytest.mark.django_db
Reason = Closure.Reason


def refused(code, call):
    with pytest.raises(Refusal) as caught:
        call()
    assert caught.value.code == code
    return caught.value


def test_nothing_is_investigated_without_somebody_who_answers_for_it(world):
    complaint = builders.a_receipt(world).complaint
    liis = world.as_(world.liis)
    actions.assess(complaint, builders.a_judgement(), by=liis, at=world.at)
    refused("handler_needed", lambda: actions.investigate(complaint, by=liis, at=world.at))


def test_every_point_gets_a_finding_before_a_response(world):
    complaint = builders.a_complaint(world, Stage.INVESTIGATING, points=2)
    liis = world.as_(world.liis)
    first = Issue.objects.get(complaint=complaint, number=1)
    actions.record_finding(complaint, first, builders.a_conclusion(), by=liis, at=world.at)
    refusal = refused(
        "finding_missing", lambda: actions.respond(complaint, builders.a_proposal(world), by=liis, at=world.at)
    )
    assert refusal.facts == {"number": 2}


@pytest.mark.parametrize(
    ("results", "outcome"),
    [
        (("upheld", "upheld"), Outcome.UPHELD),
        (("upheld", "not_upheld"), Outcome.PARTLY),
        (("not_upheld", "not_upheld"), Outcome.NOT_UPHELD),
        (("undetermined", "undetermined"), Outcome.UNDETERMINED),
        (("not_upheld", "undetermined"), Outcome.NOT_UPHELD),
        (("partly", "undetermined"), Outcome.PARTLY),
    ],
)
def test_the_outcome_follows_from_the_findings(world, results, outcome):
    found = tuple(Finding.Result(result) for result in results)
    complaint = builders.a_complaint(world, Stage.PROPOSED, points=2, results=found)
    assert Response.objects.get(complaint=complaint).outcome == outcome


def test_upheld_needs_a_cause(world):
    complaint = builders.a_complaint(world, Stage.INVESTIGATING)
    issue = Issue.objects.get(complaint=complaint)
    conclusion = builders.a_conclusion(cause=None)
    refused(
        "cause_needed",
        lambda: actions.record_finding(complaint, issue, conclusion, by=world.as_(world.liis), at=world.at),
    )


def test_a_corrected_finding_is_a_new_version(world):
    complaint = builders.a_complaint(world, Stage.INVESTIGATING)
    issue, liis = Issue.objects.get(complaint=complaint), world.as_(world.liis)
    actions.record_finding(complaint, issue, builders.a_conclusion(), by=liis, at=world.at)
    actions.record_finding(complaint, issue, builders.a_conclusion(Finding.Result.PARTLY), by=liis, at=world.at)
    assert list(issue.findings.order_by("version").values_list("result", "is_current")) == [
        ("upheld", False),
        ("partly", True),
    ]


def test_nobody_approves_what_they_proposed(world):
    complaint = builders.a_complaint(world, Stage.INVESTIGATING)
    clara = world.as_(world.clara)
    issue = Issue.objects.get(complaint=complaint)
    actions.record_finding(complaint, issue, builders.a_conclusion(), by=clara, at=world.at)
    actions.respond(complaint, builders.a_proposal(world), by=clara, at=world.at)
    refused("own_proposal", lambda: actions.approve(complaint, by=clara, at=world.at))
    actions.approve(complaint, by=world.as_(world.mark), at=world.at)
    assert not Decision.objects.get(complaint=complaint).is_by_one_person


def test_in_the_small_profile_one_person_does_both_and_it_says_so():
    world = builders.a_world(profile=Organisation.Profile.SMALL)
    complaint = builders.a_complaint(world, Stage.INVESTIGATING)
    clara = world.as_(world.clara)
    actions.record_finding(
        complaint, Issue.objects.get(complaint=complaint), builders.a_conclusion(), by=clara, at=world.at
    )
    actions.respond(complaint, builders.a_proposal(world), by=clara, at=world.at)
    actions.approve(complaint, by=clara, at=world.at)
    assert Decision.objects.get(complaint=complaint).is_by_one_person


def test_a_response_that_was_sent_back_can_be_proposed_again(world):
    complaint = builders.a_complaint(world, Stage.PROPOSED)
    actions.send_back(complaint, comment="Say why it took so long.", by=world.as_(world.mark), at=world.at)
    assert complaint.stage == Stage.INVESTIGATING
    actions.respond(complaint, builders.a_proposal(world), by=world.as_(world.liis), at=world.at)
    actions.approve(complaint, by=world.as_(world.mark), at=world.at)
    states = list(Response.objects.filter(complaint=complaint).order_by("version").values_list("state", flat=True))
    assert states == ["sent_back", "approved"]
    assert set(Remedy.objects.filter(complaint=complaint).values_list("state", flat=True)) == {"dropped", "promised"}


def test_a_decision_does_not_go_out_without_a_block_that_the_pack_demands(world):
    complaint = builders.a_complaint(world, Stage.DECIDED)
    liis = world.as_(world.liis)
    Organisation.objects.update(external_body=TranslatedText({"et": "Tarbijavaidluste komisjon"}))
    refusal = refused("block_missing", lambda: actions.communicate(complaint, channel="portal", by=liis, at=world.at))
    assert refusal.facts["block"] == "recourse"
    complaint.refresh_from_db()
    assert complaint.stage == Stage.DECIDED


def test_the_letter_says_result_reasons_remedy_what_to_do_and_where_else_to_go(world):
    complaint = builders.a_complaint(world, Stage.COMMUNICATED)
    text = complaint.communications.get().message.text
    for part in (
        "We agree with your complaint.",
        "It went to another street.",
        "A written apology",
        "Addresses are checked",
        "somebody who did not decide before",
        "independent body",
    ):
        assert part in text


def test_money_needs_an_amount(world):
    complaint = builders.a_complaint(world, Stage.INVESTIGATING)
    liis = world.as_(world.liis)
    actions.record_finding(
        complaint, Issue.objects.get(complaint=complaint), builders.a_conclusion(), by=liis, at=world.at
    )
    kind = RemedyKind.objects.get(code="pay-compensation")
    remedy = PromisedRemedy(kind, "Compensation", world.at.date())
    proposal = replace(builders.a_proposal(world), remedies=(remedy,))
    refused("remedy_amount_needed", lambda: actions.respond(complaint, proposal, by=liis, at=world.at))


def test_silence_is_not_acceptance(world):
    complaint = builders.a_complaint(world, Stage.COMMUNICATED)
    liis = world.as_(world.liis)

    def close():
        return actions.close(complaint, reason=Reason.NO_ANSWER, by=liis, at=world.at)

    assert refused("attempts_missing", close).facts == {"left": 2}
    actions.attempt_contact(complaint, channel="phone", note="No answer", by=liis, at=world.at)
    assert refused("attempts_missing", close).facts == {"left": 1}
    actions.attempt_contact(complaint, channel="email", note="", by=liis, at=world.at)
    close()
    complaint.refresh_from_db()
    assert (complaint.stage, complaint.is_settled) == (Stage.CLOSED, False)


def test_who_accepted_gets_what_was_promised_before_it_closes(world):
    complaint = builders.a_complaint(world, Stage.ACCEPTED, remedies=2)
    liis, mark = world.as_(world.liis), world.as_(world.mark)

    def close():
        return actions.close(complaint, reason=Reason.SATISFIED, by=liis, at=world.at)

    refused("remedy_unproved", close)
    actions.prove_remedy(complaint, 1, proof="Letter", done_on=world.at.date(), by=liis, at=world.at)
    assert complaint.stage == Stage.ACCEPTED
    actions.prove_remedy(complaint, 2, proof="Letter", done_on=world.at.date(), by=liis, at=world.at)
    assert complaint.stage == Stage.REMEDIED
    refused("remedy_unproved", close)
    refused("own_proof", lambda: actions.verify_remedies(complaint, by=liis, at=world.at))
    actions.verify_remedies(complaint, by=mark, at=world.at)
    close()


def test_accepted_with_nothing_promised_closes_without_proof(world):
    complaint = builders.a_complaint(world, Stage.ACCEPTED, remedies=0)
    actions.close(complaint, reason=Reason.SATISFIED, by=world.as_(world.liis), at=world.at)
    assert complaint.is_settled


def test_proof_in_the_future_is_no_proof(world):
    complaint = builders.a_complaint(world, Stage.ACCEPTED)
    tomorrow = (world.at + timedelta(days=1)).date()
    refused(
        "done_in_future",
        lambda: actions.prove_remedy(
            complaint, 1, proof="Soon", done_on=tomorrow, by=world.as_(world.liis), at=world.at
        ),
    )


def test_rejection_keeps_it_open_until_the_review_is_done(world):
    complaint = builders.a_complaint(world, Stage.REJECTED)
    liis = world.as_(world.liis)
    for reason in (Reason.SATISFIED, Reason.NO_ANSWER, Reason.REVIEW_FINAL, Reason.EXHAUSTED):
        with pytest.raises(Refusal):
            actions.close(complaint, reason=reason, by=liis, at=world.at)
    assert Complaint.objects.open().filter(pk=complaint.pk).exists()


def test_reopening_is_not_a_review(world):
    complaint = builders.a_complaint(world, Stage.REOPENED)
    liis, clara = world.as_(world.liis), world.as_(world.clara)
    assert complaint.round == 2
    actions.assess(complaint, builders.a_judgement(handler=world.liis), by=liis, at=world.at)
    actions.investigate(complaint, by=liis, at=world.at)
    actions.respond(complaint, builders.a_proposal(world), by=liis, at=world.at)
    actions.approve(complaint, by=clara, at=world.at)
    actions.communicate(complaint, channel="portal", by=liis, at=world.at)
    actions.reject(complaint, reason="", channel="portal", by=builders.the_complainant(complaint), at=world.at)
    refused("review_open", lambda: actions.close(complaint, reason=Reason.REVIEW_FINAL, by=liis, at=world.at))


def test_a_review_is_decided_by_somebody_who_did_not_decide_before(world):
    complaint = builders.a_complaint(world, Stage.IN_REVIEW)
    uma, mark, clara = (world.as_(person) for person in (world.uma, world.mark, world.clara))
    assert complaint.round == 2
    actions.record_finding(
        complaint,
        Issue.objects.get(complaint=complaint),
        builders.a_conclusion(Finding.Result.PARTLY),
        by=uma,
        at=world.at,
    )
    actions.respond(complaint, builders.a_proposal(world), by=uma, at=world.at)
    refused("decided_before", lambda: actions.approve(complaint, by=mark, at=world.at))
    actions.approve(complaint, by=clara, at=world.at)
    actions.communicate(complaint, channel="portal", by=uma, at=world.at)
    actions.reject(complaint, reason="", channel="portal", by=builders.the_complainant(complaint), at=world.at)
    actions.close(complaint, reason=Reason.REVIEW_FINAL, by=uma, at=world.at)
    assert complaint.decisions.count() == 2


def test_with_an_outside_body_it_stays_open_until_its_result_is_recorded(world):
    complaint = builders.a_complaint(world, Stage.EXTERNAL)
    liis = world.as_(world.liis)
    refused("result_missing", lambda: actions.close(complaint, reason=Reason.EXHAUSTED, by=liis, at=world.at))
    actions.record_result(
        complaint,
        result="The Ombudsman agrees with us.",
        outcome=Referral.Outcome.NOT_UPHELD,
        decided_on=world.at.date(),
        by=liis,
        at=world.at,
    )
    actions.close(complaint, reason=Reason.EXHAUSTED, by=liis, at=world.at)


def test_a_stale_form_changes_nothing(world):
    complaint = builders.a_complaint(world, Stage.ASSESSED)
    liis = world.as_(world.liis)
    seen = complaint.version
    actions.assess(complaint, builders.a_judgement(severity=4), by=liis, at=world.at, seen=seen)
    other = Complaint.objects.get(pk=complaint.pk)
    refused("stale", lambda: actions.assess(other, builders.a_judgement(severity=1), by=liis, at=world.at, seen=seen))
    other.refresh_from_db()
    assert other.severity == 4


def test_another_priority_needs_a_reason(world):
    complaint = builders.a_receipt(world).complaint
    liis = world.as_(world.liis)
    refusal = refused(
        "priority_reason_needed",
        lambda: actions.assess(complaint, builders.a_judgement(priority=1), by=liis, at=world.at),
    )
    assert refusal.field == "priority_reason"
    judgement = builders.a_judgement(priority=1, priority_reason="Third time in a month.")
    actions.assess(complaint, judgement, by=liis, at=world.at)
    assert complaint.priority == 1


def test_safety_comes_first(world):
    complaint = builders.a_receipt(world).complaint
    judgement = builders.a_judgement(severity=1, impact_complainant=1, is_safety=True)
    actions.assess(complaint, judgement, by=world.as_(world.liis), at=world.at)
    assert complaint.priority == 1


def test_naming_the_handler_as_subject_takes_the_complaint_away_from_them(world):
    complaint = builders.a_complaint(world, Stage.ASSESSED)
    actions.name_subject(complaint, world.liis, by=world.as_(world.clara), at=world.at)
    assert complaint.handler is None
    refused(
        "not_permitted",
        lambda: actions.write_note(
            Complaint.objects.get(pk=complaint.pk), text="Hm.", by=world.as_(world.liis), at=world.at
        ),
    )
    refused(
        "handler_walled_off",
        lambda: actions.assign(complaint, world.liis, by=world.as_(world.clara), at=world.at),
    )


def test_a_new_access_code_ends_the_old_one(world):
    receipt = builders.a_receipt(world)
    new = actions.renew_access_code(receipt.complaint, check="called_back", by=world.as_(world.liis), at=world.at)
    assert tracked_by(receipt.complaint.reference, receipt.access_code) is None
    assert tracked_by(receipt.complaint.reference, new) is not None


@pytest.mark.parametrize("stage", [Stage.REOPENED, Stage.IN_REVIEW])
def test_a_point_that_comes_up_later_was_not_left_unanswered(world, stage):
    complaint = builders.a_complaint(world, stage)
    by = world.as_(world.uma)
    actions.add_issue(complaint, summary="Nobody called back", category=None, by=by, at=world.at)
    assert [line for each in all_invariants() for line in each.check() if complaint.reference in line] == []


def test_the_result_of_an_earlier_referral_does_not_end_a_later_one(world):
    complaint = builders.a_complaint(world, Stage.EXTERNAL)
    liis, clara = world.as_(world.liis), world.as_(world.clara)
    says = {"outcome": Referral.Outcome.NOT_UPHELD, "decided_on": world.at.date()}
    actions.record_result(complaint, result="They agree with us.", **says, by=liis, at=world.at)
    actions.close(complaint, reason=Reason.EXHAUSTED, by=liis, at=world.at)
    actions.reopen(complaint, reason="New photos.", by=liis, at=world.at)
    actions.assess(complaint, builders.a_judgement(handler=world.liis), by=liis, at=world.at)
    actions.investigate(complaint, by=liis, at=world.at)
    actions.respond(complaint, builders.a_proposal(world), by=liis, at=world.at)
    actions.approve(complaint, by=clara, at=world.at)
    actions.communicate(complaint, channel="portal", by=liis, at=world.at)
    actions.refer(complaint, Unlisted("Ombudsman"), referred_on=world.at.date(), by=liis, at=world.at)
    refused("result_missing", lambda: actions.close(complaint, reason=Reason.EXHAUSTED, by=liis, at=world.at))


def test_what_was_promised_is_proved_and_verified_after_the_body_outside_has_decided(world):
    complaint = builders.a_complaint(world, Stage.EXTERNAL, remedies=1)
    liis, mark = world.as_(world.liis), world.as_(world.mark)
    actions.record_result(
        complaint,
        result="They agree with us.",
        outcome=Referral.Outcome.NOT_UPHELD,
        decided_on=world.at.date(),
        by=liis,
        at=world.at,
    )
    assert complaint.stage == Stage.EXTERNAL
    actions.prove_remedy(complaint, 1, proof="Paid", done_on=world.at.date(), by=liis, at=world.at)
    assert complaint.stage == Stage.REMEDIED
    actions.verify_remedies(complaint, by=mark, at=world.at)
    refused("reason_unfit", lambda: actions.close(complaint, reason=Reason.SATISFIED, by=liis, at=world.at))
    actions.close(complaint, reason=Reason.EXHAUSTED, by=liis, at=world.at)
    assert not complaint.is_settled
