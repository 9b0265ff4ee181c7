"""Who may do what with a complaint; next to reading stands the same rule as a query."""

from enum import StrEnum

from django.db.models import Exists, OuterRef, Q, QuerySet

from amends.complaints.models import Complaint, Contact, Party, Wall
from amends.complaints.models.complaint import ComplaintQuerySet
from amends.complaints.relations import (
    KEEPERS_OF_SHIELDS,
    NAMERS,
    READERS,
    WATCHERS,
    answers_for_its_unit,
    audits_its_unit,
    decides_in_its_unit,
    handles_in_its_unit,
    is_asked_to_take_over,
    is_complained_about,
    is_its_complainant,
    is_its_handler,
    is_not_shielded,
    is_not_walled_off,
    is_visitor,
    leads_in_its_unit,
    names_in_its_unit,
    oversees,
    oversees_its_unit,
    reads_in_its_unit,
    receives_complaints,
    recorded_it,
    represents_management,
    was_asked,
    watches_over_data,
    watches_reading,
)
from amends.people.permissions import is_staff, is_system
from amends.people.standing import Scope, Staff
from amends.permissions import engine


class May(StrEnum):
    """Acts on complaints."""

    LIST = "complaints.list"
    READ = "complaints.read"
    SEE_IDENTITY = "complaints.see_identity"
    KEEP_PEOPLE = "complaints.keep_people"
    FIND_CONTACTS = "complaints.find_contacts"
    SHIELD = "complaints.shield"
    REPORT_DETRIMENT = "complaints.report_detriment"
    READ_DETRIMENT = "complaints.read_detriment"
    RECORD = "complaints.record"
    ACKNOWLEDGE = "complaints.acknowledge"
    NOTE = "complaints.note"
    HANDLE = "complaints.handle"
    ASSIGN = "complaints.assign"
    ANSWER_HAND_OVER = "complaints.answer_hand_over"
    ASSESS = "complaints.assess"
    RAISE_SIGNIFICANT = "complaints.raise_significant"
    ANSWER_SIGNIFICANT = "complaints.answer_significant"
    MARK_PRIORITY = "complaints.mark_priority"
    SEE_WORKLOAD = "complaints.see_workload"
    INVESTIGATE = "complaints.investigate"
    ANSWER_TASK = "complaints.answer_task"
    RESPOND = "complaints.respond"
    APPROVE = "complaints.approve"
    VERIFY = "complaints.verify"
    REDRESS = "complaints.redress"
    REVIEW = "complaints.review"
    REOPEN = "complaints.reopen"
    NAME_SUBJECT = "complaints.name_subject"
    TELL_SUBJECT = "complaints.tell_subject"
    SPEAK_FOR_SUBJECT = "complaints.speak_for_subject"
    SEE_ABOUT_ME = "complaints.see_about_me"
    DECLARE_CONFLICT = "complaints.declare_conflict"
    SEE_WALLS = "complaints.see_walls"
    KEEP_WALLS = "complaints.keep_walls"
    FOLLOW_WALLS = "complaints.follow_walls"
    SEE_READERS = "complaints.see_readers"
    TAKE_OVER = "complaints.take_over"
    IMPORT = "complaints.import"
    EXPORT = "complaints.export"
    SEE_READS = "complaints.see_reads"
    REPORT = "complaints.report"
    KEEP_TIME = "complaints.keep_time"
    MOVE_CLOCKS = "complaints.move_clocks"
    CHANGE_RULES = "complaints.change_rules"
    FOLLOW_UP = "complaints.follow_up"
    ASK_FOR_CODE = "complaints.ask_for_code"
    SORT_MAIL = "complaints.sort_mail"
    COMPLAIN = "complaints.complain"
    REPLY = "complaints.reply"
    ANSWER = "complaints.answer"
    WITHDRAW = "complaints.withdraw"
    MERGE = "complaints.merge"
    LINK = "complaints.link"
    ASK_TO_VOID = "complaints.ask_to_void"
    VOID = "complaints.void"
    POST_LETTERS = "complaints.post_letters"
    DISCLOSE = "complaints.disclose"
    SETTLE_AT_ONCE = "complaints.settle_at_once"
    CORRECT = "complaints.correct"
    CONVERT = "complaints.convert"


def knows_the_contact(person: engine.Person, subject: object) -> bool:
    """They may know who complained in at least one complaint of this person."""
    if not isinstance(subject, Contact):
        return names_in_its_unit(person, subject)
    return isinstance(person, Staff) and known_to(person).filter(pk=subject.pk).exists()


_HANDLING: engine.Alternatives = [[handles_in_its_unit, is_not_walled_off], [is_its_handler, is_not_walled_off]]

_KEEPING_SHIELDS: engine.Alternatives = [
    [watches_over_data, is_not_walled_off],
    [represents_management, is_not_walled_off],
]

RULES: dict[May, engine.Alternatives] = {
    May.LIST: [[reads_in_its_unit], [receives_complaints]],
    May.READ: [
        [reads_in_its_unit, is_not_walled_off],
        [is_its_handler, is_not_walled_off],
        [recorded_it, is_not_walled_off],
    ],
    # Behind a shield only data protection and the management representative know the name.
    May.SEE_IDENTITY: [
        *[[*conditions, is_not_shielded] for conditions in _HANDLING],
        [decides_in_its_unit, is_not_walled_off, is_not_shielded],
        [recorded_it, is_not_walled_off, is_not_shielded],
        *_KEEPING_SHIELDS,
    ],
    # A letter has the name and the address on it.
    May.POST_LETTERS: [
        *[[*conditions, is_not_shielded] for conditions in _HANDLING],
        [decides_in_its_unit, is_not_walled_off, is_not_shielded],
        [recorded_it, is_not_walled_off, is_not_shielded],
        *_KEEPING_SHIELDS,
    ],
    May.SHIELD: [*_KEEPING_SHIELDS],
    May.FIND_CONTACTS: [[knows_the_contact]],
    # Not by whoever handles it: the report may be about them.
    May.READ_DETRIMENT: [*_KEEPING_SHIELDS],
    May.REPORT_DETRIMENT: [[is_its_complainant], *_HANDLING, [recorded_it, is_not_walled_off], *_KEEPING_SHIELDS],
    # Representatives, contacts, needs: what stands about the people of a complaint.
    May.KEEP_PEOPLE: [*_HANDLING],
    May.RECORD: [[receives_complaints]],
    # Whoever took the complaint down tells the person at once that it arrived.
    May.ACKNOWLEDGE: [*_HANDLING, [recorded_it, is_not_walled_off], [is_system]],
    May.NOTE: [*_HANDLING, [decides_in_its_unit, is_not_walled_off], [recorded_it, is_not_walled_off]],
    May.HANDLE: [*_HANDLING, [is_system]],
    May.ASSIGN: [*_HANDLING, [is_system]],
    May.ANSWER_HAND_OVER: [[is_asked_to_take_over, is_not_walled_off]],
    May.ASSESS: [*_HANDLING],
    # Whoever can read it can ring the bell; it is answered by those who answer for the unit.
    May.RAISE_SIGNIFICANT: [
        [reads_in_its_unit, is_not_walled_off],
        [is_its_handler, is_not_walled_off],
        [recorded_it, is_not_walled_off],
    ],
    # Found while it is handled, or in an audit afterwards.
    May.MARK_PRIORITY: [
        *_HANDLING,
        [decides_in_its_unit, is_not_walled_off],
        [audits_its_unit, is_not_walled_off],
    ],
    May.SEE_WORKLOAD: [[oversees_its_unit]],
    May.ANSWER_SIGNIFICANT: [[answers_for_its_unit, is_not_walled_off]],
    May.INVESTIGATE: [*_HANDLING],
    May.ANSWER_TASK: [[was_asked]],
    May.RESPOND: [*_HANDLING],
    May.APPROVE: [[decides_in_its_unit, is_not_walled_off]],
    May.REDRESS: [*_HANDLING, [decides_in_its_unit, is_not_walled_off]],
    May.VERIFY: [*_HANDLING, [decides_in_its_unit, is_not_walled_off]],
    May.REVIEW: [[leads_in_its_unit, is_not_walled_off], [decides_in_its_unit, is_not_walled_off]],
    May.REOPEN: [*_HANDLING],
    May.NAME_SUBJECT: [[receives_complaints, is_not_walled_off], [is_its_handler, is_not_walled_off]],
    May.TELL_SUBJECT: [*_HANDLING],
    May.SPEAK_FOR_SUBJECT: [*_HANDLING, [is_complained_about]],
    May.SEE_ABOUT_ME: [[is_complained_about]],
    # Whoever may read it may say that they had better not.
    May.DECLARE_CONFLICT: [
        [reads_in_its_unit, is_not_walled_off],
        [is_its_handler, is_not_walled_off],
        [recorded_it, is_not_walled_off],
    ],
    May.SEE_WALLS: [
        [leads_in_its_unit, is_not_walled_off],
        [watches_over_data, is_not_walled_off],
    ],
    May.KEEP_WALLS: [[represents_management, is_not_walled_off]],
    # They follow a change of manager by themselves.
    May.FOLLOW_WALLS: [[is_system]],
    May.SEE_READERS: [
        [represents_management, is_not_walled_off],
        [audits_its_unit, is_not_walled_off],
        [watches_over_data, is_not_walled_off],
    ],
    May.TAKE_OVER: [*_HANDLING],
    May.IMPORT: [[is_system]],
    May.EXPORT: [[oversees]],
    May.SEE_READS: [[watches_reading, is_not_walled_off]],
    # Everybody who works here, with a role or without (5.4.5).
    May.REPORT: [[is_staff]],
    # The clock, and nobody else, notes that time has passed.
    May.KEEP_TIME: [[is_system]],
    May.MOVE_CLOCKS: [*_HANDLING],
    May.CHANGE_RULES: [*_HANDLING, [is_system]],
    May.COMPLAIN: [[is_visitor], [receives_complaints]],
    # A mail is nobody's complaint yet: whoever takes complaints down sees to it, and the mailroom itself does.
    May.SORT_MAIL: [[receives_complaints], [is_system]],
    May.FOLLOW_UP: [[is_its_complainant]],
    # Nothing is shown to who asks: the code goes to the address that we know.
    May.ASK_FOR_CODE: [[is_visitor]],
    May.REPLY: [[is_its_complainant], *_HANDLING, [recorded_it, is_not_walled_off]],
    May.ANSWER: [[is_its_complainant], *_HANDLING],
    May.WITHDRAW: [[is_its_complainant], *_HANDLING],
    May.MERGE: [*_HANDLING],
    May.LINK: [*_HANDLING],
    May.ASK_TO_VOID: [*_HANDLING, [recorded_it, is_not_walled_off]],
    # Nobody hides a complaint alone: the verb looks that it takes two.
    May.VOID: [[leads_in_its_unit, is_not_walled_off]],
    # Behind a shield only its keepers may pass the name on; the verb looks.
    May.DISCLOSE: [*_HANDLING, *_KEEPING_SHIELDS],
    May.CORRECT: [*_HANDLING],
    May.CONVERT: [*_HANDLING],
    May.SETTLE_AT_ONCE: [[receives_complaints, is_not_walled_off], [recorded_it, is_not_walled_off]],
}

engine.register(RULES)


def visible_to(person: Staff, complaints: ComplaintQuerySet | None = None) -> ComplaintQuerySet:
    """The complaints that a member of staff may read: the rule of May.READ as a query."""
    rows = Complaint.objects.all() if complaints is None else complaints
    own = person.without([loan.lender_id for loan in person.loans]).scope(*READERS)
    if not own.everywhere:
        wrote = Q(recorded_by_id=person.person_id, internal_report="")
        mine = Q(handler_id=person.person_id) | wrote | _within(own)
        for loan in person.loans:
            if loan.role in READERS:
                mine |= _within(loan.scope) & _reachable_for(loan.lender_id)
        rows = rows.filter(mine)
    return rows.filter(_reachable_for(person.person_id))


def _within(scope: Scope) -> Q:
    """In one of these units, or one of them takes part."""
    if scope.everywhere:
        return Q()
    if not scope.units:
        return Q(pk__in=())
    through = Complaint.participating_units.through.objects
    takes_part = through.filter(complaint_id=OuterRef("pk"), unit_id__in=scope.units)
    return Q(lead_unit_id__in=scope.units) | Q(Exists(takes_part))


def _reachable_for(person_id: int) -> Q:
    """No wall stands before this person."""
    return Q(~Exists(Wall.objects.filter(complaint_id=OuterRef("pk"), person_id=person_id)))


def watched_by(person: Staff) -> ComplaintQuerySet:
    """The complaints whose readers a member of staff may see: the rule of May.SEE_READS as a query."""
    return visible_to(person).filter(_within(person.scope(*WATCHERS)))


def named_to(person: Staff) -> ComplaintQuerySet:
    """The complaints of which this person may know who complains: neither anonymous nor shielded.

    Those who may see behind a shield find such a complaint by itself, not by the person; so is what is void.
    """
    rows = visible_to(person).counted().filter(is_anonymous=False, is_shielded=False)
    scope = person.scope(*NAMERS)
    if scope.everywhere:
        return rows
    mine = Q(handler_id=person.person_id) | Q(recorded_by_id=person.person_id, internal_report="")
    if scope.units:
        through = Complaint.participating_units.through.objects
        takes_part = through.filter(complaint_id=OuterRef("pk"), unit_id__in=scope.units)
        mine |= Q(lead_unit_id__in=scope.units) | Q(Exists(takes_part))
    return rows.filter(mine)


def shielded_to(person: Staff) -> ComplaintQuerySet:
    """The shielded complaints of which this person may know who complains all the same."""
    return visible_to(person).counted().filter(_within(person.scope(*KEEPERS_OF_SHIELDS)), is_shielded=True)


def known_to(person: Staff) -> QuerySet[Contact]:
    """The contacts with at least one complaint of which this person may know who complains."""
    linked = Party.objects.filter(contact=OuterRef("pk"), complaint__in=named_to(person))
    return Contact.objects.filter(Exists(linked))
