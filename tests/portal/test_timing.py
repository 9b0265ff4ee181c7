"""What the tracking page says about our time: on time, standing still, longer than we said, late, silent too long."""

from datetime import timedelta

import pytest

from amends.complaints import actions
from amends.complaints.models import Acknowledgement, Complaint, Pause
from amends.complaints.stages import Stage
from amends.framework.models import Organisation
from amends.kit.translated import TranslatedText
from amends.people.standing import SYSTEM
from amends.reactions.clock import ring
from tests import builders
from tests.cast import World
from tests.complaints.clocks import apply_beside, apply_pack, clock
from tests.portal.conftest import NOW, Moment
from tests.portal.test_progress import ask, headline, opened, words
from tests.portal.visitor import a_complaint_with_code


def looked_into(world: World) -> Complaint:
    """A complaint that was confirmed by a person and is being looked into."""
    complaint, _code = a_complaint_with_code(world, Stage.INVESTIGATING)
    confirm(world, complaint)
    return complaint


def confirm(world: World, complaint: Complaint) -> None:
    actions.acknowledge(complaint, how=Acknowledgement.How.PHONE, by=world.as_(world.clara), at=NOW)


def passes(complaint: Complaint, moment: Moment, code: str = "decision") -> None:
    """The day passes, and a minute later the clock has noticed."""
    moment.now = clock(complaint, code).due_at + timedelta(minutes=1)
    while ring("a worker", moment.now):
        pass
    moment.later(minutes=1)


# ---------------------------------------------------------------- standing still


def test_while_we_wait_for_an_answer_it_says_since_when_and_what_becomes_of_the_day(world: World) -> None:
    complaint = looked_into(world)
    ask(world, complaint)
    page = opened(complaint)
    assert headline(page) == "We need an answer from you"
    told = words(page)
    assert "Our time stands still" in told
    assert (
        "We have been waiting for your answer since Monday 2 March 2026. Our date moves by the time we wait. You will "
        "have our decision by Tuesday 21 April 2026 at the latest."
    ) in told
    assert "We wait until Monday 30 March 2026 at the longest, and then go on." in told
    assert "on time" not in told


def test_after_the_answer_the_day_is_fixed_again_and_the_first_one_is_named(world: World, moment: Moment) -> None:
    complaint = looked_into(world)
    ask(world, complaint)
    moment.later(days=7)
    actions.reply(complaint, text="No.", by=builders.the_complainant(complaint), at=moment.now)
    told = words(opened(complaint))
    assert "You will have our decision by Friday 27 March 2026. We are on time." in told
    assert "At first we said Monday 23 March 2026. “Why this date?” tells what has changed." in told
    assert "stands still" not in told


@pytest.mark.parametrize(
    ("why", "said", "sentence"),
    [
        (Pause.Why.THIRD_PARTY, "We are waiting for somebody outside", "waiting for somebody outside since"),
        (Pause.Why.COURT, "A court or authority is dealing with it", "has been dealing with it since"),
        (Pause.Why.OTHER, "Our time stands still at the moment", "has been standing still since"),
        (Pause.Why.COMPLAINANT, "We need an answer from you", "We have been waiting for your answer since"),
    ],
)
def test_each_reason_for_standing_still_has_its_own_words_and_the_note_of_staff_stays_inside(
    world: World, why: str, said: str, sentence: str
) -> None:
    complaint = looked_into(world)
    ask(world, complaint)
    Pause.objects.update(why=why, reason="CANARY: the lawyer is on holiday")
    complaint.thread.messages.update(answered_at=NOW)
    page = opened(complaint)
    assert headline(page) == said
    assert sentence in words(page)
    assert "CANARY" not in page


def test_where_the_rules_let_nothing_stand_still_a_question_does_not_move_the_day(world: World) -> None:
    apply_pack(world, "uk-fca-disp")
    complaint = looked_into(world)
    ask(world, complaint)
    page = opened(complaint)
    assert headline(page) == "We need an answer from you"
    assert "You will have our decision by Monday 27 April 2026. We are on time." in words(page)
    assert "stands still" not in words(page)


# ---------------------------------------------------------------- longer


def test_more_time_names_the_old_day_the_new_one_and_the_message_that_says_why(world: World) -> None:
    complaint = looked_into(world)
    actions.extend(
        clock(complaint, "decision"), reason="The laboratory needs longer.", by=world.as_(world.liis), at=NOW
    )
    page = opened(complaint)
    told = words(page)
    assert "We need longer than we first said. You will have our decision by Wednesday 8 April 2026." in told
    assert (
        "Before, we had said Monday 23 March 2026. Our message of Monday 2 March 2026 says why we need longer." in told
    )
    assert "The laboratory needs longer." in told
    assert "on time" not in told


def test_more_time_while_we_wait_says_both(world: World) -> None:
    complaint = looked_into(world)
    actions.extend(clock(complaint, "decision"), reason="The laboratory.", by=world.as_(world.liis), at=NOW)
    ask(world, complaint)
    told = words(opened(complaint))
    assert "We have been waiting for your answer since" in told
    assert "Before, we had said Monday 23 March 2026." in told


# ---------------------------------------------------------------- late


def test_late_names_the_new_day_and_where_else_one_can_turn(world: World, moment: Moment) -> None:
    Organisation.objects.update(external_body=TranslatedText({"en": "the Water Ombudsman."}))
    complaint = looked_into(world)
    passes(complaint, moment)
    page = opened(complaint)
    told = words(page)
    assert headline(page) == "We are late with our decision"
    assert (
        "You should have had our decision by Monday 23 March 2026. We are late, and we are sorry. You will have it by "
        "Monday 30 March 2026."
    ) in told
    assert "Where else you can turn At any time you can also turn to the Water Ombudsman." in told
    assert "Late, by 30 March 2026" in told
    assert "on time" not in told


def test_a_new_day_that_has_passed_as_well_is_not_named_as_if_it_were_ahead(world: World, moment: Moment) -> None:
    complaint = looked_into(world)
    passes(complaint, moment)
    moment.later(days=8)
    told = words(opened(complaint))
    assert "We have not kept the new date, Monday 30 March 2026, either. We are sorry." in told
    assert "You will have it by" not in told


def test_a_message_since_then_is_pointed_to_and_an_older_one_is_not(world: World, moment: Moment) -> None:
    complaint = looked_into(world)
    liis = world.as_(world.liis)
    actions.write_message(complaint, text="Thank you.", by=liis, at=NOW)
    passes(complaint, moment)
    assert "says more" not in words(opened(complaint))
    actions.write_message(complaint, text="The laboratory burnt down.", by=liis, at=moment.now)
    assert "Our message of Monday 23 March 2026 says more." in words(opened(complaint))


def test_late_after_more_time_was_taken_points_to_where_we_said_why(world: World, moment: Moment) -> None:
    complaint = looked_into(world)
    actions.extend(clock(complaint, "decision"), reason="The laboratory.", by=world.as_(world.liis), at=NOW)
    passes(complaint, moment)
    assert "Our message of Monday 2 March 2026 says why we needed longer." in words(opened(complaint))


def test_who_does_not_agree_where_the_rules_know_no_second_look_is_told_the_bodies_outside(world: World) -> None:
    apply_pack(world, "estonia")
    complaint, _code = a_complaint_with_code(world, Stage.REJECTED)
    told = words(opened(complaint))
    assert "You can take it to a body outside. Below you see which." in told
    assert "Where else you can turn Consumer Disputes Committee" in told
    assert "Somebody who did not decide before" not in told


def test_late_with_a_question_open_still_asks_and_does_not_say_that_there_is_nothing_to_do(
    world: World, moment: Moment
) -> None:
    apply_pack(world, "uk-lgsco")
    complaint, _code = a_complaint_with_code(world, Stage.RECEIVED)
    confirm(world, complaint)
    actions.write_message(complaint, text="Which street?", needs_reply=True, by=world.as_(world.clara), at=NOW)
    passes(complaint, moment, "stage_1")
    page = opened(complaint)
    assert headline(page) == "We need an answer from you"
    assert "You should have had our decision by Monday 16 March 2026. We are late, and we are sorry." in words(page)
    assert "You need not do anything." not in words(page)
    assert "tag-danger" in page


def test_while_the_confirmation_is_late_we_do_not_say_that_we_are_on_time(world: World, moment: Moment) -> None:
    complaint, _code = a_complaint_with_code(world)
    moment.later(days=4)
    page = opened(complaint)
    assert headline(page) == "We are late"
    assert "You should have had our confirmation by Wednesday 4 March 2026. We are late, and we are sorry." in words(
        page
    )
    assert "You will have our decision by Monday 23 March 2026." in words(page)
    assert "on time" not in words(page)


def test_news_that_are_owed_on_the_way_count_as_well(world: World, moment: Moment) -> None:
    apply_pack(world, "ireland-cpc")
    complaint = looked_into(world)
    passes(complaint, moment, "update")
    page = opened(complaint)
    assert "You should have had news from us by Tuesday 31 March 2026." in words(page)
    actions.write_message(complaint, text="We are still at it.", by=world.as_(world.liis), at=moment.now)
    assert "We are on time." in words(opened(complaint))


def test_of_several_clocks_the_strictest_counts(world: World) -> None:
    apply_beside(world, "uk-payment-services")
    apply_pack(world, "uk-fca-disp")
    complaint = looked_into(world)
    assert "You will have our decision by Monday 23 March 2026. We are on time." in words(opened(complaint))


def test_a_promise_that_was_not_kept_is_said_to_be_late(world: World, moment: Moment) -> None:
    complaint, _code = a_complaint_with_code(world, Stage.ACCEPTED)
    moment.later(days=21)
    page = opened(complaint)
    assert "What we promised should have been done by Sunday 22 March 2026. We are late, and we are sorry." in words(
        page
    )
    assert "tag-danger" in page


# ---------------------------------------------------------------- silence that counts as an answer


def test_silence_that_counts_as_a_refusal_says_so_and_what_one_can_do_now(world: World, moment: Moment) -> None:
    apply_pack(world, "estonia")
    complaint = looked_into(world)
    passes(complaint, moment)
    page = opened(complaint)
    told = words(page)
    assert headline(page) == "We did not answer in time"
    assert "You should have had our answer by Tuesday 17 March 2026." in told
    assert "By law that counts as if we had refused your complaint." in told
    assert "We still owe you an answer. You will find it on this page." in told
    assert "What you can do now Consumer Disputes Committee" in told
    assert 'href="https://komisjon.ee"' in page
    assert "on time" not in told


def test_a_decision_after_all_ends_the_talk_of_silence(world: World, moment: Moment) -> None:
    apply_pack(world, "estonia")
    complaint = looked_into(world)
    passes(complaint, moment)
    complaint.refresh_from_db()
    walk = builders._Walk(world, complaint, 1, 1, ())
    walk.at = moment.now
    for step in (walk.respond, walk.approve, walk.communicate):
        step()
    page = opened(complaint)
    assert headline(page) == "Our decision is ready"
    assert "refused your complaint" not in words(page)


# ---------------------------------------------------------------- no day yet


def test_where_the_time_begins_with_the_confirmation_only_that_day_is_promised(world: World) -> None:
    apply_pack(world, "uk-housing-ombudsman")
    complaint, _code = a_complaint_with_code(world)
    told = words(opened(complaint))
    assert "You will have our confirmation by Monday 9 March 2026. After that you see here how it goes on." in told
    assert "You will have our decision" not in told
    confirm(world, complaint)
    assert "You will have our decision by Monday 16 March 2026. We are on time." in words(opened(complaint))


def test_what_goes_out_by_itself_is_no_confirmation_where_the_rules_want_a_person(world: World) -> None:
    apply_pack(world, "uk-housing-ombudsman")
    complaint, _code = a_complaint_with_code(world)
    actions.acknowledge(complaint, how=Acknowledgement.How.EMAIL, by=SYSTEM, at=NOW)
    told = words(opened(complaint))
    assert "Confirmed You are here By 9 March 2026" in told


# ---------------------------------------------------------------- the time for a body outside


def test_the_time_for_a_body_outside_is_named_while_it_runs_even_when_we_have_closed(
    world: World, moment: Moment
) -> None:
    apply_pack(world, "uk-fca-disp")
    complaint, _code = a_complaint_with_code(world, Stage.CLOSED)
    until = "Financial Ombudsman Service Until: Wednesday 2 September 2026"
    assert until in words(opened(complaint))
    moment.later(days=185)
    assert "Until:" not in words(opened(complaint))
