"""Letters about how far a complaint has come: put right at once, where it stands, the review, silence (7.4, 7.9)."""

from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from amends.complaints.automatic_letters import contact, reference_said, understood
from amends.complaints.letter_blocks import Composed, blocks_of, composed, recourse
from amends.complaints.models import Answer, Closure, Complaint, Deadline, DeemedOutcome
from amends.complaints.stages import Stage
from amends.complaints.where_it_stands import HEADLINES
from amends.framework.models import Organisation
from amends.framework.rules.vocabulary import DeemedAs, LetterKind
from amends.framework.which_packs import rules_of
from amends.kit.locales import long_day
from amends.rendering.wording import Wording

_WHY_CLOSED: dict[Closure.Reason, Promise] = {
    Closure.Reason.SATISFIED: gettext_lazy("You accepted our decision, and everything that we promised is done."),
    Closure.Reason.NO_ANSWER: gettext_lazy(
        "We tried to reach you and did not hear from you. We do not take it that you agree: when you write to us, we "
        "take it up again."
    ),
    Closure.Reason.REVIEW_FINAL: gettext_lazy(
        "You did not agree with our decision, it was looked at again, and that was our last answer."
    ),
    Closure.Reason.ON_THE_SPOT: gettext_lazy("It was put right at once."),
    Closure.Reason.EXHAUSTED: gettext_lazy("The outside body has decided, or the time to go there is over."),
}


def update(complaint: Complaint, organisation: Organisation, at: datetime) -> Composed:
    """Where it stands now. Raises Refusal `block_missing`."""
    rules, language = rules_of(complaint.pack), complaint.language
    wanted = blocks_of(rules, LetterKind.UPDATE, ("where_it_stands", "contact", "times"))
    writers = {
        "reference": lambda: _about(complaint),
        "where_it_stands": lambda: _where_it_stands(complaint),
        "contact": lambda: contact(organisation, language),
        "times": lambda: _times(complaint, organisation, at),
    }
    return composed("letter_update", rules, LetterKind.UPDATE, wanted, writers, language)


def summary(complaint: Complaint, done: str, organisation: Organisation) -> Composed:
    """What was put right at once, in writing. Raises Refusal `block_missing`."""
    rules, language = rules_of(complaint.pack), complaint.language
    wanted = blocks_of(rules, LetterKind.SUMMARY_RESOLUTION, ("reference", "result"))
    if "result" not in wanted:
        wanted.insert(1, "result")  # rules that word it themselves do not say what was done
    writers = {
        "reference": lambda: reference_said(complaint, organisation),
        "result": lambda: "\n".join([_("We put it right at once. This is what was done:"), done]),
        "recourse": lambda: recourse(organisation, language),
    }
    return composed("letter_summary_resolution", rules, LetterKind.SUMMARY_RESOLUTION, wanted, writers, language)


def review_acknowledgement(complaint: Complaint, organisation: Organisation, at: datetime) -> Composed:
    """That somebody else looks at it again, and until when. Raises Refusal `block_missing`."""
    rules, language = rules_of(complaint.pack), complaint.language
    wanted = blocks_of(rules, LetterKind.REVIEW_ACKNOWLEDGEMENT, ("reference", "understood", "contact", "times"))
    writers = {
        "reference": lambda: _("You do not agree with our decision. We look at your complaint again."),
        "understood": lambda: _disagreement(complaint),
        "contact": lambda: contact(organisation, language),
        "times": lambda: _review_times(complaint, organisation, at),
    }
    kind = LetterKind.REVIEW_ACKNOWLEDGEMENT
    return composed("letter_review_acknowledgement", rules, kind, wanted, writers, language)


def deemed(outcome: DeemedOutcome, organisation: Organisation) -> Composed:
    """What our silence counts as by law, that we still owe an answer, and where else to turn.

    Raises Refusal `block_missing`.
    """
    complaint = outcome.complaint
    rules, language = rules_of(complaint.pack), complaint.language
    wanted = blocks_of(rules, LetterKind.DEEMED, ("reference", "recourse"))
    writers = {
        "reference": lambda: _silence(outcome, organisation),
        "recourse": lambda: recourse(organisation, language),
    }
    return composed("letter_deemed", rules, LetterKind.DEEMED, wanted, writers, language)


def _about(complaint: Complaint) -> str:
    text = Wording(_("This is about your complaint {reference}."), ("reference",))
    return text.fill(reference=complaint.reference)


def _where_it_stands(complaint: Complaint) -> str:
    headline = f"{HEADLINES[Stage(complaint.stage)]}."
    closure = complaint.closures.order_by("-at", "-id").first() if complaint.stage == Stage.CLOSED else None
    return f"{headline} {_WHY_CLOSED[Closure.Reason(closure.reason)]}" if closure is not None else headline


def _times(complaint: Complaint, organisation: Organisation, at: datetime) -> str:
    if Stage(complaint.stage) is Stage.MERGED:
        return _("You hear from us about both together.")
    if complaint.is_ended:
        return _("If something is still open, tell us: we can take it up again.")
    day = _next_answer(complaint, organisation, at)
    if not day:
        return _("You hear from us as soon as there is something new.")
    return Wording(_("You will have our answer by {day}."), ("day",)).fill(day=day)


def _review_times(complaint: Complaint, organisation: Organisation, at: datetime) -> str:
    who = _("Somebody who did not decide before looks at it.")
    day = _next_answer(complaint, organisation, at)
    if not day:
        return f"{who} {_('You hear from us as soon as there is something new.')}"
    return f"{who} {Wording(_('You will have our answer by {day}.'), ('day',)).fill(day=day)}"


def _next_answer(complaint: Complaint, organisation: Organisation, at: datetime) -> str:
    ours = (Deadline.Kind.DECISION, Deadline.Kind.REVIEW)
    ahead = Deadline.objects.open().filter(complaint=complaint, due_at__gt=at, kind__in=ours).order_by("due_at", "id")
    due_at = ahead.values_list("due_at", flat=True).first()
    return long_day(due_at.astimezone(organisation.zone), complaint.language) if due_at is not None else ""


def _disagreement(complaint: Complaint) -> str:
    answer = complaint.answers.filter(says=Answer.Says.REJECTS).order_by("-at", "-id").first()
    if answer is None or not answer.reason:
        return understood(complaint)
    return "\n".join([_("This is why you do not agree, as you told us:"), answer.reason])


def _silence(outcome: DeemedOutcome, organisation: Organisation) -> str:
    complaint, deadline = outcome.complaint, outcome.deadline
    due = long_day(deadline.due_at.astimezone(organisation.zone), complaint.language)
    if outcome.outcome == DeemedAs.ACCEPTED:
        said = _(
            "You were to have our answer about {reference} by {day}, and you did not. We are sorry. By law that means: "
            "we agree with your complaint."
        )
    else:
        said = _(
            "You were to have our answer about {reference} by {day}, and you did not. We are sorry. By law that means: "
            "we do not agree with your complaint. That is not our decision: we still owe you one."
        )
    parts = [Wording(said, ("reference", "day")).fill(reference=complaint.reference, day=due)]
    if deadline.promised_at is not None:
        day = long_day(deadline.promised_at.astimezone(organisation.zone), complaint.language)
        parts.append(Wording(_("You will have our answer by {day}."), ("day",)).fill(day=day))
    return " ".join(parts)
