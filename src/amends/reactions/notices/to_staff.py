"""Notices to members of staff: there is something to do. Nobody behind a wall gets one."""

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext_lazy as _

from amends.complaints.fitness import fit_handlers
from amends.complaints.handing_on import open_hand_over
from amends.complaints.models import (
    Complaint,
    HandOver,
    InternalNotice,
    Remedy,
    Response,
    SignificantReader,
    Voiding,
    Wall,
)
from amends.complaints.stages import Stage
from amends.framework.queries import the_organisation
from amends.journal.models import Entry
from amends.kit import clock
from amends.people.models import Person, RoleGrant
from amends.permissions.roles import Role
from amends.reactions.notices.mailing import Notice, actor_key_of, complaint_of, staff_link, to_person

_USUAL = ("name", "reference", "link")

DANGER = Notice(
    name="danger",
    subject=_("Somebody may be in danger: {reference}"),
    body=_(
        "The complainant of {reference} says that somebody is in danger or without an essential service right now. "
        "Please look at it at once:\n{link}"
    ),
    variables=_USUAL,
)

REPORTED = Notice(
    name="reported_inside",
    subject=_("Reported by an employee: {reference}"),
    body=_(
        "Somebody who works here but does not handle complaints has passed something on. It is the complaint "
        "{reference} now. Please see to it that somebody takes it up:\n{link}"
    ),
    variables=_USUAL,
)

ASSIGNED = Notice(
    name="assigned",
    subject=_("{reference} is yours now"),
    body=_("The complaint {reference} was assigned to you:\n{link}"),
    variables=_USUAL,
)

SIGNIFICANT = Notice(
    name="significant",
    subject=_("Significant complaint: {reference}"),
    body=_(
        "The complaint {reference} is significant, and you are to know of it at once. Please open it, confirm that you "
        "have read this, and say what is being done:\n{link}"
    ),
    variables=_USUAL,
)

HANDED_OVER = Notice(
    name="handed_over",
    subject=_("Will you take over {reference}?"),
    body=_(
        "The complaint {reference} was handed over to you. It stays where it is until you accept it, or decline it "
        "with a reason:\n{link}"
    ),
    variables=_USUAL,
)

DECLINED = Notice(
    name="hand_over_declined",
    subject=_("{reference} stays with you"),
    body=_("The complaint {reference} that you handed over was declined. The reason stands there:\n{link}"),
    variables=_USUAL,
)

LEADERS = (Role.UNIT_MANAGER, Role.MANAGEMENT_REPRESENTATIVE)

VOID_WANTED = Notice(
    name="void_wanted",
    subject=_("{reference} is to be void: please look"),
    body=_(
        "Somebody says that {reference} was recorded by mistake or as a test, and asks that it be void. Please look "
        "whether that is so, and confirm it or let it stand:\n{link}"
    ),
    variables=_USUAL,
)

APPROVAL = Notice(
    name="approval_wanted",
    subject=_("{reference} waits for approval"),
    body=_("A response to {reference} waits for somebody to approve it or send it back:\n{link}"),
    variables=_USUAL,
)

SENT_BACK = Notice(
    name="response_sent_back",
    subject=_("Your response to {reference} came back"),
    body=_("The response that you proposed to {reference} was sent back with a comment:\n{link}"),
    variables=_USUAL,
)

REPLY = Notice(
    name="reply_arrived",
    subject=_("New reply to {reference}"),
    body=_("The complainant has written about {reference}:\n{link}"),
    variables=_USUAL,
)

THEY_CHANGED = Notice(
    name="complainant_changed",
    subject=_("The complainant has changed something about {reference}"),
    body=_(
        "The complainant has taken back the withdrawal of {reference}, or changed how we reach them. See what "
        "changed:\n{link}"
    ),
    variables=_USUAL,
)

ANSWERED = Notice(
    name="decision_answered",
    subject=_("The decision on {reference} was answered"),
    body=_("The complainant has answered the decision on {reference}:\n{link}"),
    variables=_USUAL,
)

ORDERED = Notice(
    name="remedy_ordered",
    subject=_("Something was ordered in {reference}: you see to it"),
    body=_(
        "A body outside has decided on {reference} and ordered something. It was given to you to carry out and to "
        "prove. What it is, and by which day, stands here:\n{link}"
    ),
    variables=_USUAL,
)


DECIDED = Notice(
    name="decision_inside",
    subject=_("{reference} was decided"),
    body=_(
        "The decision on {reference} was told to the complainant. You had a part in it: please read it and confirm "
        "that you have:\n{link}"
    ),
    variables=_USUAL,
)


def decision_inside(entry: Entry) -> None:
    """Tell those who had a part in it how it was decided."""
    complaint = complaint_of(entry)
    if complaint is None:
        return
    told = InternalNotice.objects.filter(complaint=complaint, at=entry.at).select_related("person").order_by("pk")
    for row in told:
        tell(entry, DECIDED, complaint, row.person)


def remedy_ordered(entry: Entry) -> None:
    """Tell those who see to what a body outside ordered, except who wrote it down."""
    complaint = complaint_of(entry)
    count = entry.facts.get("ordered", 0)
    if complaint is None or not count:
        return
    orders = Remedy.objects.filter(complaint=complaint, referral__number=entry.facts["number"])
    owners = {each.owner_id: each.owner for each in orders.select_related("owner").order_by("-number")[:count]}
    for key, owner in owners.items():
        if owner is not None and key != actor_key_of(entry):
            tell(entry, ORDERED, complaint, owner)


def danger(entry: Entry) -> None:
    """Tell those who lead the unit that somebody may be in danger."""
    complaint = complaint_of(entry)
    if complaint is not None and complaint.said_danger:
        for person in holders_for(complaint, Role.UNIT_MANAGER, Role.MANAGEMENT_REPRESENTATIVE):
            tell(entry, DANGER, complaint, person)


def reported_inside(entry: Entry) -> None:
    """Tell those who lead the unit what an employee passed on."""
    complaint = complaint_of(entry)
    if complaint is None or not complaint.internal_report:
        return
    author = actor_key_of(entry)
    for person in holders_for(complaint, Role.UNIT_MANAGER, Role.MANAGEMENT_REPRESENTATIVE):
        if person.pk != author:
            tell(entry, REPORTED, complaint, person)


def assigned(entry: Entry) -> None:
    """Tell the new handler, unless they took it themselves."""
    if entry.facts.get("new_handler", entry.facts.get("handler")) is None:
        return
    complaint = complaint_of(entry)
    if complaint is None or complaint.handler is None or complaint.handler_id == actor_key_of(entry):
        return
    tell(entry, ASSIGNED, complaint, complaint.handler)


def significant(entry: Entry) -> None:
    """Tell those whom the alert names. Quiet hours do not hold for it."""
    complaint = complaint_of(entry)
    if complaint is None or not entry.facts.get("alert"):
        return
    told = SignificantReader.objects.filter(alert__complaint=complaint, alert__number=entry.facts["alert"])
    for row in told.select_related("person").order_by("person_id"):
        tell(entry, SIGNIFICANT, complaint, row.person)


def handed_over(entry: Entry) -> None:
    """Tell whom it was offered to; where that is a unit, all who handle complaints there."""
    complaint = complaint_of(entry)
    offered = open_hand_over(complaint) if complaint is not None else None
    if complaint is None or offered is None or offered.given_at != entry.at:
        return
    people = [offered.to_person] if offered.to_person else fit_handlers(complaint, offered.to_unit, entry.at)
    for person in people:
        if person.pk != offered.given_by_id:
            tell(entry, HANDED_OVER, complaint, person)


def hand_over_declined(entry: Entry) -> None:
    """Tell the giver that it is still theirs."""
    complaint = complaint_of(entry)
    if complaint is None:
        return
    declined = HandOver.objects.filter(complaint=complaint, declined_at=entry.at).select_related("given_by").first()
    if declined is not None:
        tell(entry, DECLINED, complaint, declined.given_by)


def approval_wanted(entry: Entry) -> None:
    """Tell those who could decide, except the one who proposed."""
    complaint = complaint_of(entry)
    if complaint is None:
        return
    author = actor_key_of(entry)
    for person in holders_for(complaint, Role.DECISION_MAKER):
        if person.pk != author:
            tell(entry, APPROVAL, complaint, person)


def void_wanted(entry: Entry) -> None:
    """Tell those who lead, except who asked and who handles it: in the small profile everybody who leads."""
    complaint = complaint_of(entry)
    if complaint is None or not Voiding.objects.asked().filter(complaint=complaint).exists():
        return
    sides = set() if the_organisation().is_small else {actor_key_of(entry), complaint.handler_id}
    for person in holders_for(complaint, *LEADERS):
        if person.pk not in sides:
            tell(entry, VOID_WANTED, complaint, person)


def response_sent_back(entry: Entry) -> None:
    """Tell the author of the response."""
    complaint = complaint_of(entry)
    if complaint is None:
        return
    response = Response.objects.filter(complaint=complaint, version=entry.facts["version"]).first()
    if response is not None:
        tell(entry, SENT_BACK, complaint, response.proposed_by)


def reply_arrived(entry: Entry) -> None:
    """Tell the handler, unless they wrote it down themselves; of what is void those who lead, too."""
    complaint = complaint_of(entry)
    if complaint is None:
        return
    told = {complaint.handler_id: complaint.handler} if complaint.handler is not None else {}
    if Stage(complaint.stage) is Stage.VOID:
        # Somebody writes about what was set aside as no complaint: it stands in no queue, and must not be missed.
        told |= {person.pk: person for person in holders_for(complaint, *LEADERS)}
    for key, person in told.items():
        if key != actor_key_of(entry):
            tell(entry, REPLY, complaint, person)


def summary_answered(entry: Entry) -> None:
    """Tell the handler of a correction as of any other message; that it was right stands on the timeline."""
    if not entry.facts["is_right"]:
        reply_arrived(entry)


def decision_answered(entry: Entry) -> None:
    """Tell the handler that the complainant accepted or did not."""
    complaint = complaint_of(entry)
    if complaint is not None and complaint.handler is not None and complaint.handler_id != actor_key_of(entry):
        tell(entry, ANSWERED, complaint, complaint.handler)


def complainant_changed(entry: Entry) -> None:
    """Tell the handler what the complainant has changed on the tracking page."""
    complaint = complaint_of(entry)
    if complaint is not None and complaint.handler is not None:
        tell(entry, THEY_CHANGED, complaint, complaint.handler)


def tell(entry: Entry, notice: Notice, complaint: Complaint, person: Person) -> None:
    """Tell one person about a complaint, unless a wall stands before them."""
    if Wall.objects.filter(complaint=complaint, person=person).exists():
        return
    to_person(entry, notice, person, reference=complaint.reference, link=staff_link(complaint))


def holders_for(complaint: Complaint, *roles: Role) -> QuerySet[Person]:
    """Those who hold one of the roles for the complaint's unit or one above it."""
    above = [int(key) for key in complaint.lead_unit.path.strip("/").split("/")]
    grants = RoleGrant.objects.in_force(clock.now()).filter(
        person=OuterRef("pk"), role__in=[role.value for role in roles], unit_id__in=above
    )
    return Person.objects.filter(Exists(grants), is_active=True).order_by("pk")
