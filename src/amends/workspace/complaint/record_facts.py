"""The file of a complaint, first half: people, texts, judgements, findings, decisions, messages and endings."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from amends.complaints.models import (
    Answer,
    Assessment,
    CaseText,
    Closure,
    Communication,
    ContactAttempt,
    Decision,
    Finding,
    Issue,
    Party,
    Referral,
    Reopening,
    Response,
    Review,
    ScopeDecision,
    Withdrawal,
)
from amends.complaints.models.assessment import Complexity, Impact
from amends.complaints.models.complaint import Kind, Severity
from amends.complaints.stages import Outcome, Stage
from amends.correspondence.models import Message
from amends.correspondence.models.message import Channel
from amends.people.models import Person
from amends.ui import formatting
from amends.ui.current import own_name
from amends.ui.languages import called
from amends.workspace.complaint import side
from amends.workspace.complaint.choices import today_at
from amends.workspace.complaint.names import BY_ITSELF
from amends.workspace.complaint.opening import NAME_HIDDEN, Case
from amends.workspace.complaint.outside import referral_lines
from amends.workspace.complaint.own_answers import own_answer_lines
from amends.workspace.complaint.record_parts import Part, Section, heading, note, pairs, passage
from amends.workspace.complaint.sheet_facts import when_of, yes_or_no

Words = str | Promise

#: So many characters of messages stand in one file; what comes later is counted, never dropped in silence.
MOST_SAID = 500_000


def facts_of(case: Case) -> list[Section]:
    """The sections, in the order in which a reader asks: who, what, how bad, what is true, what was decided."""
    return [
        Section(_("Summary"), [pairs(_summary(case))]),
        Section(_("People"), list(_people(case))),
        Section(_("The complaint as it came"), list(_texts(case))),
        Section(_("Points of the complaint"), [pairs(_points(case))]),
        Section(_("Assessments"), list(_assessments(case))),
        Section(_("Investigation and findings"), list(_findings(case))),
        Section(_("Response and decision"), list(_responses(case))),
        Section(_("Messages"), list(_messages(case))),
        Section(_("How it went on"), list(_endings(case))),
    ]


def by_whom(person: Person | None, at: datetime) -> str:
    """Who and when, over a passage."""
    name = person.name if person else str(BY_ITSELF)
    return _("%(name)s, %(moment)s") % {"name": name, "moment": formatting.moment(at)}


def _summary(case: Case) -> list[tuple[Words, Words]]:
    complaint = case.complaint
    severity = Severity(complaint.severity).label if complaint.severity else _("Not assessed")
    received = formatting.day if complaint.received_by_day else formatting.moment
    return [
        (_("Reference"), complaint.reference),
        (_("Kind"), Kind(complaint.kind).label),
        (_("Received"), received(complaint.received_at)),
        (_("How it came"), Channel(complaint.channel).label),
        (_("Language"), own_name(complaint.language)),
        (_("Product or service"), str(complaint.product or "")),
        (_("Unit"), complaint.lead_unit.name),
        (_("Handler"), complaint.handler.name if complaint.handler else _("Unassigned")),
        (_("Where it stands"), Stage(complaint.stage).label),
        (_("Outcome"), Outcome(complaint.outcome).label if complaint.outcome else ""),
        (_("Severity"), severity),
        (_("Priority"), str(complaint.priority or "")),
        (_("Safety implication"), yes_or_no(complaint.is_safety)),
        (_("When it happened"), when_of(complaint)),
        (_("Asked for"), side.wanted_in_words(complaint)),
        (_("Asked for, in their words"), complaint.remedy_wanted_text),
    ]


def _people(case: Case) -> Iterator[Part]:
    """Names only for those who may know them; addresses are shown on screen, for a reason."""
    shown: list[tuple[Words, Words]] = []
    for party in case.complaint.parties.all():
        role = Party.Role(party.role)
        if case.complaint.is_anonymous and role is Party.Role.COMPLAINANT:
            shown.append((role.label, _("Anonymous")))
        elif not case.sees_identity:
            shown.append((role.label, NAME_HIDDEN))
        else:
            relation = f" ({party.relation})" if party.relation else ""
            shown.append((role.label, f"{party.name or _('Name not given')}{relation}"))
    yield pairs(shown)
    yield note(_("Contact details are shown on screen only, to those who say why they need them."))


def _texts(case: Case) -> Iterator[Part]:
    rows = CaseText.objects.filter(complaint=case.complaint).select_related("person", "issue", "message")
    for text in rows.order_by("id"):
        made = _("by a machine (%(program)s)") % {"program": text.translator} if text.is_by_machine else ""
        made = made or formatting.moment(text.at)
        head = f"{CaseText.Role(text.role).label}{_of_what(text)}, {called(text.language)}, {made}"
        yield passage(head, case.mask.hides(text.text), language=text.language)
    own = own_answer_lines(case)
    if own:
        yield heading(_("Our own questions"))
        yield pairs(own)


def _of_what(text: CaseText) -> str:
    """What a translation is of, where it is not of the complaint itself."""
    if text.issue is not None:
        return f" ({_('Point %(number)s') % {'number': text.issue.number}})"
    return f" ({formatting.moment(text.message.at)})" if text.message is not None else ""


def _points(case: Case) -> list[tuple[Words, Words]]:
    rows = Issue.objects.filter(complaint=case.complaint).select_related("category").order_by("number")
    return [
        (_("Point %(number)s") % {"number": issue.number}, f"{issue.summary} ({issue.category or _('Not set')})")
        for issue in rows
    ]


def _assessments(case: Case) -> Iterator[Part]:
    rows = Assessment.objects.filter(complaint=case.complaint).select_related("person").order_by("version")
    for each in rows:
        yield heading(by_whom(each.person, each.at))
        yield pairs(
            [
                (_("Severity"), Severity(each.severity).label),
                (_("Complexity"), Complexity(each.complexity).label),
                (_("Impact on the complainant"), Impact(each.impact_complainant).label),
                (_("Impact on others"), Impact(each.impact_others).label),
                (_("Impact on the organisation"), Impact(each.impact_organisation).label),
                (_("Safety implication"), yes_or_no(each.is_safety)),
                (_("Immediate action needed"), yes_or_no(each.immediate_needed)),
                (_("Immediate action possible"), yes_or_no(each.immediate_possible)),
                (_("Done at once"), each.immediate_action),
                (_("Compensation likely"), yes_or_no(each.compensation_likely)),
                (_("Priority"), str(each.priority)),
            ]
        )
        for head, text in ((_("Why this priority"), each.priority_reason), (_("Note"), each.note)):
            if text:
                yield passage(head, text, internal=True)


def _findings(case: Case) -> Iterator[Part]:
    rows = Finding.objects.filter(issue__complaint=case.complaint).select_related("issue", "person", "cause")
    for each in rows.order_by("issue__number", "round", "version"):
        words = {"number": each.issue.number, "result": Finding.Result(each.result).label}
        title = _("Point %(number)s: %(result)s") % words
        yield heading(title if each.is_current else _("%(title)s (earlier version)") % {"title": title})
        heard = (_("Complainant heard"), yes_or_no(each.complainant_heard))
        other = (_("Other side heard"), yes_or_no(each.other_side_heard))
        yield pairs([(_("By"), by_whom(each.person, each.at)), (_("Cause"), str(each.cause or "")), heard, other])
        yield passage(_("Reasons"), each.reasons)
        if each.facts:
            yield passage(_("Facts"), each.facts)


def _responses(case: Case) -> Iterator[Part]:
    """Proposals that never went out are internal; so is what the decider said about them."""
    rows = Response.objects.filter(complaint=case.complaint).select_related("proposed_by", "sent_back_by")
    for each in rows.order_by("version"):
        went_out = each.state == Response.State.APPROVED
        title = _("Response, version %(version)s: %(state)s")
        head = title % {"version": each.version, "state": Response.State(each.state).label}
        texts = [Outcome(each.outcome).label, each.summary, each.reasons, each.prevention]
        whole = "\n\n".join(str(text) for text in texts if text)
        by = by_whom(each.proposed_by, each.proposed_at)
        yield passage(f"{head} · {by}", whole, language=each.language, internal=not went_out)
        if each.sent_back_comment and each.sent_back_at:
            said = by_whom(each.sent_back_by, each.sent_back_at)
            yield passage(_("Sent back") + f" · {said}", each.sent_back_comment, internal=True)
    yield from _decisions(case)


def _decisions(case: Case) -> Iterator[Part]:
    rows = Decision.objects.filter(complaint=case.complaint).select_related("decided_by").order_by("round")
    for each in rows:
        yield heading(_("Decision: %(outcome)s") % {"outcome": Outcome(each.outcome).label})
        yield pairs([(_("Decided by"), by_whom(each.decided_by, each.at))])
        if each.set_aside_at is not None:
            yield pairs([(_("Set aside for a conflict of interest"), formatting.moment(each.set_aside_at))])
        if each.comment:
            yield passage(_("Comment"), each.comment, internal=True)
    told = Communication.objects.filter(complaint=case.complaint).select_related("person").order_by("id")
    yield pairs([(_("Complainant informed"), f"{Channel(e.channel).label}, {by_whom(e.person, e.at)}") for e in told])
    for answer in Answer.objects.filter(complaint=case.complaint).order_by("id"):
        head = f"{Answer.Says(answer.says).label}, {formatting.moment(answer.at)}"
        yield passage(head, answer.reason or "–")


def _messages(case: Case) -> Iterator[Part]:
    """In the order of time, as many as one paper takes."""
    rows = Message.objects.filter(thread_id=case.complaint.thread_id).select_related("person").order_by("at", "id")
    said, left = 0, 0
    for each in rows.iterator(chunk_size=200):
        said += len(each.text)
        if said > MOST_SAID:
            left += 1
            continue
        who = each.person.name if each.person else str(case.recipient_first)
        way = Message.Direction(each.direction).label
        head = f"{way} · {who} · {formatting.moment(each.at)}"
        text, is_note = case.mask.hides(each.text), each.direction == Message.Direction.NOTE
        yield passage(head, text, language=each.language, internal=is_note)
    if left:
        yield note(_("%(count)d later messages do not fit; they are on screen.") % {"count": left})


def _endings(case: Case) -> Iterator[Part]:
    complaint = case.complaint
    for each in Review.objects.filter(complaint=complaint).select_related("person").order_by("id"):
        yield passage(_("Internal review") + f" · {by_whom(each.person, each.at)}", each.question)
    for sent in Referral.objects.filter(complaint=complaint).select_related("person", "listed").order_by("id"):
        known = [pair for pair in referral_lines(sent, today_at(case)) if pair[1]]
        yield heading(_("Outside body") + f" · {by_whom(sent.person, sent.at)}")
        yield pairs(known)
        if sent.result:
            yield passage(_("What they decided"), sent.result)
    for gone in Withdrawal.objects.filter(complaint=complaint).select_related("person").order_by("id"):
        yield passage(_("Withdrawn") + f" · {formatting.moment(gone.at)}", gone.reason or "–")
    for scope in ScopeDecision.objects.filter(complaint=complaint).select_related("person").order_by("id"):
        words = f"{ScopeDecision.Reason(scope.reason).label}\n{scope.where_to_go}"
        yield passage(_("Out of scope") + f" · {by_whom(scope.person, scope.at)}", words)
    for back in Reopening.objects.filter(complaint=complaint).select_related("person").order_by("id"):
        yield passage(_("Reopened") + f" · {formatting.moment(back.at)}", back.reason)
    for end in Closure.objects.filter(complaint=complaint).select_related("person").order_by("id"):
        head = _("Closed") + f" · {Closure.Reason(end.reason).label} · {by_whom(end.person, end.at)}"
        yield passage(head, end.note or "–", internal=bool(end.note))
    yield from _attempts(list(ContactAttempt.objects.filter(complaint=complaint).select_related("person")))


def _attempts(attempts: Sequence[ContactAttempt]) -> Iterator[Part]:
    for each in sorted(attempts, key=lambda one: (one.at, one.pk)):
        head = _("Attempt to reach the complainant") + f" · {Channel(each.channel).label}"
        yield passage(f"{head} · {by_whom(each.person, each.at)}", each.note or "–", internal=bool(each.note))
