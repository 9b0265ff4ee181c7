"""What happens to complaints, as the journal tells it. Ids, codes, dates and numbers; texts go into the payload."""

from datetime import date, datetime

from django.utils.translation import gettext_lazy as _

from amends.journal.vocabulary import Audience, Event, Retention, Subject, event


@event("complaints.received", sentence=_("Complaint received"), audience=Audience.PUBLIC)
class Received(Event):
    complaint: Subject
    reference: str
    kind: str
    channel: str
    received_at: datetime
    language: str
    unit: Subject
    product: str
    category: str
    is_anonymous: bool
    is_represented: bool
    said_danger: bool
    files: int
    read_back: str
    internal_report: str


@event("complaints.history_recorded", sentence=_("Taken over from %(source)s"))
class HistoryRecorded(Event):
    complaint: Subject
    reference: str
    origin: str
    source: str
    received_at: datetime
    stage: str
    outcome: str


@event("complaints.taken_over", sentence=_("Taken over; its clocks run from now on"))
class TakenOver(Event):
    complaint: Subject


@event("complaints.acknowledged", sentence=_("Receipt confirmed"), audience=Audience.PUBLIC)
class Acknowledged(Event):
    complaint: Subject
    how: str
    is_automatic: bool
    was_late: bool


@event("complaints.assigned", sentence=_("Assigned"))
class Assigned(Event):
    complaint: Subject
    handler: Subject | None
    unit: Subject
    before: Subject | None


@event("complaints.handed_over", sentence=_("Handed over; it waits to be accepted"))
class HandedOver(Event):
    complaint: Subject
    to: Subject | None
    unit: Subject
    due_at: datetime


@event("complaints.hand_over_accepted", sentence=_("Hand-over accepted"))
class HandOverAccepted(Event):
    complaint: Subject
    handler: Subject
    unit: Subject
    before: Subject | None
    was_late: bool


@event("complaints.hand_over_declined", sentence=_("Hand-over declined"))
class HandOverDeclined(Event):
    complaint: Subject
    giver: Subject


@event("complaints.subject_named", sentence=_("The person complained about was named, and walls were built"))
class SubjectNamed(Event):
    complaint: Subject
    person: Subject
    walls: int
    read_before: int
    before: Subject | None
    new_handler: Subject | None
    ended_tasks: int = 0
    ended_hand_over: bool = False
    set_aside: bool = False


@event("complaints.conflict_declared", sentence=_("A conflict of interest was declared, and a wall was built"))
class ConflictDeclared(Event):
    complaint: Subject
    person: Subject
    is_their_own: bool
    read_before: int
    before: Subject | None
    new_handler: Subject | None
    ended_tasks: int = 0
    ended_hand_over: bool = False
    set_aside: bool = False


@event("complaints.walls_followed", sentence=_("Walls were built after a change among the staff"))
class WallsFollowed(Event):
    complaint: Subject
    people: tuple[Subject, ...]
    read_before: int
    before: Subject | None
    new_handler: Subject | None
    ended_tasks: int
    ended_hand_over: bool
    set_aside: bool


@event("complaints.subject_told", sentence=_("The person complained about was told"))
class SubjectTold(Event):
    complaint: Subject
    person: Subject
    how: str


@event("complaints.details_given", sentence=_("The details were handed to the person complained about"))
class DetailsGiven(Event):
    complaint: Subject
    person: Subject
    number: int
    how: str


@event("complaints.support_person_named", sentence=_("Somebody supports the person complained about"))
class SupportPersonNamed(Event):
    complaint: Subject
    person: Subject


@event("complaints.statement_taken", sentence=_("Statement of the person complained about"))
class StatementTaken(Event):
    complaint: Subject
    person: Subject
    number: int
    how: str


@event("complaints.subject_result_told", sentence=_("The person complained about was told the result"))
class SubjectResultTold(Event):
    complaint: Subject
    person: Subject
    round: int
    how: str


@event("complaints.passed_to_hr", sentence=_("It was passed on as a personnel matter"))
class HandedToHr(Event):
    """The addressee stands in the payload; what follows there is no part of the complaint."""

    complaint: Subject
    person: Subject
    passed_on: date


@event("complaints.wall_lifted", sentence=_("A wall was taken down again"))
class WallLifted(Event):
    complaint: Subject
    person: Subject
    why: str


@event("complaints.assessed", sentence=_("Assessed: priority %(priority)s"), audience=Audience.PUBLIC)
class Assessed(Event):
    complaint: Subject
    version: int
    severity: int
    is_safety: bool
    complexity: str
    impact: int
    immediate_needed: bool
    immediate_possible: bool
    priority: int
    suggested_priority: int
    new_handler: Subject | None
    #: The alert to top management that it raised, and the criteria met; 0 for none.
    alert: int = 0
    significant: tuple[str, ...] = ()
    #: Whether the priority before was two or more steps away, and so was wrong.
    was_wrong: bool = False


@event("complaints.priority_found_wrong", sentence=_("Priority %(priority)s was found to be wrong"))
class PriorityFoundWrong(Event):
    complaint: Subject
    version: int
    priority: int


@event("complaints.significant_raised", sentence=_("Top management was told that it is significant"))
class SignificantRaised(Event):
    complaint: Subject
    alert: int
    told: int


@event("complaints.significant_read", sentence=_("Has read that it is significant"))
class SignificantRead(Event):
    complaint: Subject
    count: int


@event("complaints.significant_reacted", sentence=_("Said what is being done about a significant complaint"))
class SignificantReacted(Event):
    complaint: Subject
    alert: int
    minutes: int


@event("complaints.ruled_out", sentence=_("Out of scope"), audience=Audience.PUBLIC)
class RuledOut(Event):
    complaint: Subject
    reason: str


@event("complaints.investigation_opened", sentence=_("Investigation opened"), audience=Audience.PUBLIC)
class InvestigationOpened(Event):
    complaint: Subject
    issues: int
    level: str
    suggested_level: str
    repeats: int


@event("complaints.investigation_level_changed", sentence=_("Investigated at another level from now on"))
class InvestigationLevelChanged(Event):
    complaint: Subject
    version: int
    level: str
    before: str


@event("complaints.question_planned", sentence=_("Question %(question)s planned on point %(number)s"))
class QuestionPlanned(Event):
    complaint: Subject
    number: int
    question: int


@event("complaints.question_answered", sentence=_("Question %(question)s on point %(number)s answered"))
class QuestionAnswered(Event):
    complaint: Subject
    number: int
    question: int
    version: int


@event("complaints.issue_added", sentence=_("Point %(number)s added"))
class IssueAdded(Event):
    complaint: Subject
    number: int
    category: str


@event("complaints.finding_recorded", sentence=_("Finding on point %(number)s"))
class FindingRecorded(Event):
    complaint: Subject
    number: int
    version: int
    result: str
    cause: str


@event("complaints.response_proposed", sentence=_("Response proposed"))
class ResponseProposed(Event):
    complaint: Subject
    version: int
    outcome: str
    remedies: int
    differs: bool = False


@event("complaints.response_sent_back", sentence=_("Response sent back"))
class ResponseSentBack(Event):
    complaint: Subject
    version: int


@event("complaints.decided", sentence=_("Response approved"))
class Decided(Event):
    complaint: Subject
    version: int
    round: int
    outcome: str
    is_by_one_person: bool
    role: str = ""
    acts_for: Subject | None = None
    amount: int | None = None
    currency: str = ""


@event("complaints.communicated", sentence=_("Decision communicated"), audience=Audience.PUBLIC)
class Communicated(Event):
    complaint: Subject
    round: int
    outcome: str
    channel: str
    was_late: bool
    told_inside: int = 0


@event("complaints.notice_read", sentence=_("The decision was read inside the organisation"))
class NoticeRead(Event):
    complaint: Subject
    count: int


@event("complaints.accepted", sentence=_("The complainant accepts the decision"), audience=Audience.PUBLIC)
class Accepted(Event):
    complaint: Subject
    round: int
    channel: str


@event("complaints.rejected", sentence=_("The complainant does not agree"), audience=Audience.PUBLIC)
class Rejected(Event):
    complaint: Subject
    round: int
    channel: str


@event("complaints.contact_attempted", sentence=_("An attempt to reach the complainant"))
class ContactAttempted(Event):
    complaint: Subject
    channel: str
    count: int


@event("complaints.review_opened", sentence=_("Internal review started"), audience=Audience.PUBLIC)
class ReviewOpened(Event):
    complaint: Subject
    round: int
    handler: Subject | None


@event("complaints.referred", sentence=_("With an outside body"), audience=Audience.PUBLIC)
class Referred(Event):
    complaint: Subject
    referred_on: date
    number: int = 1
    told_on: date | None = None
    file_due_on: date | None = None
    body: Subject | None = None


@event("complaints.external_result_recorded", sentence=_("The outside body has decided"), audience=Audience.PUBLIC)
class ExternalResultRecorded(Event):
    complaint: Subject
    number: int = 1
    outcome: str = ""
    compared: str = ""
    decided_on: date | None = None


@event("complaints.remedy_proved", sentence=_("Remedy %(number)s carried out"), audience=Audience.PUBLIC)
class RemedyProved(Event):
    complaint: Subject
    number: int
    kind: str
    done_on: date
    is_last: bool


@event("complaints.remedies_verified", sentence=_("Remedies verified"))
class RemediesVerified(Event):
    complaint: Subject
    count: int
    is_by_one_person: bool


@event("complaints.remedies_exported", sentence=_("%(count)d rows of the ledger of remedies were exported"))
class RemediesExported(Event):
    ledger: Subject
    file_format: str
    count: int


@event("complaints.redress_opened", sentence=_("Others are put right too: redress %(number)s"))
class RedressOpened(Event):
    complaint: Subject
    redress: Subject
    number: int
    people: int | None
    due_on: date
    owner: Subject


@event("complaints.redress_progressed", sentence=_("Redress %(number)s: progress"))
class RedressProgressed(Event):
    complaint: Subject
    redress: Subject
    number: int
    people: int | None
    contacted: int
    put_right: int


@event("complaints.redress_ended", sentence=_("Redress %(number)s: ended"))
class RedressEnded(Event):
    complaint: Subject
    redress: Subject
    number: int
    is_done: bool


@event("complaints.closed", sentence=_("Closed"), audience=Audience.PUBLIC)
class Closed(Event):
    complaint: Subject
    reason: str
    outcome: str
    is_settled: bool
    dropped_remedies: int


@event("complaints.reopened", sentence=_("Reopened"), audience=Audience.PUBLIC)
class Reopened(Event):
    complaint: Subject
    round: int


@event("complaints.withdrawn", sentence=_("Withdrawn"), audience=Audience.PUBLIC)
class Withdrawn(Event):
    complaint: Subject


@event("complaints.message_sent", sentence=_("Message to the complainant"), audience=Audience.PUBLIC)
class MessageSent(Event):
    complaint: Subject
    message: Subject
    channel: str
    needs_reply: bool
    stopped: tuple[str, ...] = ()


@event("complaints.message_held", sentence=_("A message to the complainant waits to leave"))
class MessageHeld(Event):
    complaint: Subject
    held: Subject
    number: int
    channel: str
    needs_reply: bool
    files: int
    leaves_at: datetime


@event("complaints.message_taken_back", sentence=_("A message to the complainant was taken back before it left"))
class MessageTakenBack(Event):
    complaint: Subject
    held: Subject
    number: int


@event("complaints.message_not_sent", sentence=_("A message to the complainant could not be sent"))
class MessageNotSent(Event):
    complaint: Subject
    held: Subject
    number: int
    why: str


@event("complaints.replied", sentence=_("Message from the complainant"), audience=Audience.PUBLIC)
class Replied(Event):
    complaint: Subject
    message: Subject
    channel: str
    files: int
    moved: tuple[str, ...] = ()


@event("complaints.note_written", sentence=_("Internal note"))
class NoteWritten(Event):
    complaint: Subject
    message: Subject


@event("complaints.authority_recorded", sentence=_("The permission of the representative was seen"))
class AuthorityRecorded(Event):
    complaint: Subject
    has_document: bool
    valid_until: date | None
    letters_to: str


@event("complaints.authority_ended", sentence=_("The permission of the representative has ended"))
class AuthorityEnded(Event):
    complaint: Subject
    reason: str


@event("complaints.contact_linked", sentence=_("Linked with other complaints of the same person"))
class ContactLinked(Event):
    complaint: Subject
    contact: Subject
    role: str


@event("complaints.contact_unlinked", sentence=_("Not the same person: the link was cut"))
class ContactUnlinked(Event):
    complaint: Subject
    contact: Subject
    role: str


@event("complaints.contact_corrected", sentence=_("A way to reach somebody was corrected"))
class ContactCorrected(Event):
    contact: Subject
    kind: str
    complaints: tuple[Subject, ...]


@event("complaints.contacts_merged", sentence=_("Two contacts are one person"))
class ContactsMerged(Event):
    contact: Subject
    into: Subject


@event("complaints.contacts_parted", sentence=_("Two contacts are not one person after all"))
class ContactsParted(Event):
    contact: Subject
    out_of: Subject


@event("complaints.need_recorded", sentence=_("An adjustment was agreed"))
class NeedRecorded(Event):
    complaint: Subject
    number: int
    basis: str
    basis_on: date


@event("complaints.adjustment_given", sentence=_("An adjustment was given"))
class AdjustmentGiven(Event):
    complaint: Subject
    number: int


@event("complaints.consent_withdrawn", sentence=_("Consent was taken back, and what was kept erased"))
class ConsentWithdrawn(Event):
    complaint: Subject
    number: int


@event(
    "complaints.shielded",
    sentence=_("The name of the complainant is kept from those who handle it"),
    retention=Retention.SECURITY,
)
class Shielded(Event):
    complaint: Subject
    pseudonym: str


@event("complaints.unshielded", sentence=_("The name of the complainant is shown again"), retention=Retention.SECURITY)
class Unshielded(Event):
    complaint: Subject


@event("complaints.detriment_reported", sentence=_("The complainant reports harm for having complained"))
class DetrimentReported(Event):
    complaint: Subject
    number: int


@event("complaints.identity_revealed", sentence=_("Contact details shown"), retention=Retention.SECURITY)
class IdentityRevealed(Event):
    complaint: Subject
    reason: str


@event("complaints.access_code_renewed", sentence=_("New access code given"), retention=Retention.SECURITY)
class AccessCodeRenewed(Event):
    complaint: Subject
    check: str


@event("complaints.reminded", sentence=_("Reminder: a deadline comes near"))
class Reminded(Event):
    complaint: Subject
    clock: str
    number: int
    kind: str
    due_at: datetime


@event("complaints.reminded_of", sentence=_("Reminder: something waits for an answer or ends soon"))
class RemindedOf(Event):
    """`what` is `hand_over`, `authority` or `significant`; `key` the row that it is about."""

    complaint: Subject
    what: str
    key: int
    due_at: datetime


@event("complaints.update_wanted", sentence=_("The complainant is to hear where the complaint stands"))
class UpdateWanted(Event):
    complaint: Subject
    clock: str
    number: int
    kind: str
    due_at: datetime


@event("complaints.deadline_missed", sentence=_("A deadline has passed"))
class DeadlineMissed(Event):
    complaint: Subject
    clock: str
    number: int
    kind: str
    due_at: datetime
    promised_at: datetime | None


@event("complaints.time_lapsed", sentence=_("The time for it is over"))
class TimeLapsed(Event):
    complaint: Subject
    clock: str
    number: int
    kind: str
    due_at: datetime


@event(
    "complaints.deemed",
    sentence=_("No answer was given in time; by law that counts as an answer"),
    audience=Audience.PUBLIC,
)
class Deemed(Event):
    complaint: Subject
    clock: str
    number: int
    outcome: str
    due_at: datetime


@event("complaints.escalated", sentence=_("A late deadline was taken to level %(level)s"))
class Escalated(Event):
    complaint: Subject
    clock: str
    number: int
    kind: str
    level: int
    to: str
    told: tuple[Subject, ...]
    stood_in: int


@event("complaints.paused", sentence=_("The clocks stand still"), audience=Audience.PUBLIC)
class Paused(Event):
    complaint: Subject
    why: str
    clocks: tuple[str, ...]
    ends_by: datetime


@event("complaints.resumed", sentence=_("The clocks run on"), audience=Audience.PUBLIC)
class Resumed(Event):
    complaint: Subject
    clocks: tuple[str, ...]
    is_by_itself: bool
    due_at: datetime | None


@event("complaints.extended", sentence=_("More time was taken, with a reason"), audience=Audience.PUBLIC)
class Extended(Event):
    complaint: Subject
    clock: str
    number: int
    kind: str
    times: int
    from_due_at: datetime
    to_due_at: datetime
    message: Subject | None


@event("complaints.deadlines_moved", sentence=_("Deadlines were counted again with another calendar"))
class DeadlinesMoved(Event):
    complaint: Subject
    calendar: Subject
    number: int
    count: int
    next_due_at: datetime | None


@event("complaints.packs_changed", sentence=_("Other rules apply"))
class PacksChanged(Event):
    complaint: Subject
    pack: str
    version: int
    beside: int
    started: int
    dropped: int


@event("complaints.register_exported", sentence=_("%(count)d rows of the register were exported"))
class RegisterExported(Event):
    register: Subject
    file_format: str
    columns: tuple[str, ...]
    narrowed_by: tuple[str, ...]
    count: int
