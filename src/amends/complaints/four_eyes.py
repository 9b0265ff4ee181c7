"""Two people decide, and nobody stands on both sides: not in another role, not for somebody else, not in a later round.

Who proposed a version of the response, ever, does not decide on this complaint. Who decided on it does not decide on
it again. Who recorded a finding does not decide where the rule says so. Who acts by a role that was lent to them
counts, and so does the one who lent it. The database keeps the first of these by itself (see Decision).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, OuterRef, Q, Subquery
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from amends.complaints.authority import NOT_HELD, Cover, courses_of, cover_by, over_limit, sums_of_response, unit_paths
from amends.complaints.models import Complaint, Decision, Finding, Party, Response
from amends.framework.authorities import Sums, four_eyes_now, limits_at
from amends.framework.models import FourEyesRule, Organisation
from amends.framework.models.authority import DECIDING_ROLES
from amends.kit.refusal import Refusal
from amends.people.acting_for import Right, rights_of
from amends.permissions.roles import Role

Words = str | Promise

#: The roles by which somebody proposes who is not the handler.
PROPOSING_ROLES = (Role.HANDLER, Role.UNIT_MANAGER, Role.MANAGEMENT_REPRESENTATIVE)

SENTENCES: dict[str, Words] = {
    "own_proposal": _("You proposed this response. Somebody else has to approve it."),
    "proposed_before": _("You proposed an answer to this complaint before. Somebody else has to decide."),
    "decided_before": _("You decided on this complaint before. A review needs somebody who did not."),
    "investigated": _("You recorded a finding on this complaint. Somebody else has to decide."),
    "acts_for_one_side": _(
        "Your role was lent by somebody who has had a part in this complaint. Somebody else has to decide."
    ),
}


@dataclass(frozen=True)
class Standing:
    """How somebody may decide on a response."""

    cover: Cover
    sums: Sums
    why_one_person: str = ""

    @property
    def right(self) -> Right:
        """By which role, and for whom."""
        return self.cover.right


@dataclass(frozen=True)
class Eyes:
    """Who may not decide on a response any more, by the code of the reason; the gravest reason counts."""

    barred: Mapping[int, str]
    is_strict: bool

    def bars(self, person_id: int | None) -> bool:
        """Whether this person may not stand on the deciding side."""
        return person_id is not None and person_id in self.barred


def eyes_on(complaint: Complaint, response: Response, organisation: Organisation, sums: Sums) -> Eyes:
    """Who is barred from deciding on a response. Four or five queries."""
    if organisation.is_small:
        return Eyes({}, is_strict=False)
    rule = four_eyes_now()
    barred: dict[int, str] = {}
    strict = needs_two(rule, complaint, sums)
    if strict and rule.investigator_apart:
        found = Finding.objects.filter(issue__complaint=complaint).values_list("person_id", flat=True)
        barred |= dict.fromkeys(found, "investigated")
    for one, other in Decision.objects.filter(complaint=complaint).values_list("decided_by_id", "decided_for_id"):
        barred |= dict.fromkeys(_known(one, other), "decided_before")
    if strict:
        proposed = Response.objects.filter(complaint=complaint).values_list("proposed_by_id", "proposed_for_id")
        for one, other in proposed:
            barred |= dict.fromkeys(_known(one, other), "proposed_before")
        barred |= dict.fromkeys(_known(response.proposed_by_id, response.proposed_for_id), "own_proposal")
    return Eyes(barred, is_strict=strict)


def _known(*keys: int | None) -> list[int]:
    return [key for key in keys if key is not None]


def needs_two(rule: FourEyesRule, complaint: Complaint, sums: Sums) -> bool:
    """Whether so much depends on a response that two people have to decide. What is not known counts as much."""
    if rule.mode == FourEyesRule.Mode.ALWAYS or complaint.round > 1 or complaint.is_about_process:
        return True
    if rule.above is not None and (sums.together is None or sums.together > rule.above):
        return True
    if rule.severity_from is not None and (complaint.severity is None or complaint.severity >= rule.severity_from):
        return True
    if rule.with_safety and (complaint.is_safety or complaint.said_danger):
        return True
    return rule.with_subject and Party.objects.filter(complaint=complaint, role=Party.Role.SUBJECT).exists()


def standing_to_decide(
    complaint: Complaint, response: Response, person_id: int, organisation: Organisation, at: datetime
) -> Standing:
    """How this person may decide on the response now.

    Refuses with `not_permitted`, one of the codes of SENTENCES, or `over_limit` with who could.
    """
    on = at.astimezone(organisation.zone).date()
    sums = sums_of_response(response, organisation, on)
    eyes = eyes_on(complaint, response, organisation, sums)
    if eyes.bars(person_id):
        code = eyes.barred[person_id]
        raise Refusal(code, SENTENCES[code])
    walled = {wall.person_id for wall in complaint.walls.all()}
    held = rights_of(person_id, DECIDING_ROLES, unit_paths(complaint), at)
    held = [right for right in held if right.acts_for not in walled]
    if not held:
        raise Refusal("not_permitted", NOT_HELD)
    rights = [right for right in held if not eyes.bars(right.acts_for)]
    if not rights:
        raise Refusal("acts_for_one_side", SENTENCES["acts_for_one_side"])
    courses = courses_of([person_id], on).get(person_id, frozenset())
    cover = cover_by(rights, limits_at(at), courses, sums)
    if cover is None:
        raise over_limit(complaint, sums, at, organisation, barred=[person_id, *eyes.barred])
    return Standing(cover, sums, _why_one_person(response, person_id, cover.right, organisation))


def _why_one_person(response: Response, person_id: int, right: Right, organisation: Organisation) -> str:
    deciding, proposing = {person_id, right.acts_for}, {response.proposed_by_id, response.proposed_for_id}
    if not (deciding & proposing) - {None}:
        return ""
    why = Decision.WhyOnePerson
    return why.SMALL_PROFILE.value if organisation.is_small else why.LITTLE_AT_STAKE.value


def proposes_for(complaint: Complaint, person_id: int, at: datetime) -> int | None:
    """Whose role somebody proposes by, where they hold none of their own for it. It counts for the handler too: a
    complaint may have been assigned to them for the role that was lent."""
    rights = rights_of(person_id, PROPOSING_ROLES, unit_paths(complaint), at)
    walled = {wall.person_id for wall in complaint.walls.all()}
    lenders = [right.acts_for for right in rights if right.acts_for not in walled]
    return None if not lenders or None in lenders else lenders[0]


def has_had_a_part(person_id: int) -> Q:
    """Complaints that somebody surely does not decide on, for lists. Where risk counts, the page itself says more."""
    by_risk = _rule_says(mode=FourEyesRule.Mode.BY_RISK)
    investigators_too = ~_rule_says(investigator_apart=False)
    decisions = Decision.objects.filter(complaint=OuterRef("pk"))
    responses = Response.objects.filter(complaint=OuterRef("pk"))
    findings = Finding.objects.filter(issue__complaint=OuterRef("pk"), person_id=person_id)
    return (
        Q(Exists(decisions.filter(Q(decided_by_id=person_id) | Q(decided_for_id=person_id))))
        | ~by_risk & Q(Exists(responses.filter(Q(proposed_by_id=person_id) | Q(proposed_for_id=person_id))))
        | ~by_risk & investigators_too & Q(Exists(findings))
    )


def _rule_says(**columns: object) -> Q:
    """Whether the rule in force has these values, within the query that asks. Without any rule nothing is said."""
    newest = FourEyesRule.objects.order_by("-version").values("pk")[:1]
    return Q(Exists(FourEyesRule.objects.filter(pk=Subquery(newest), **columns)))
