"""What must always be true of surveys."""

from collections.abc import Iterator

from django.db.models import F, Q

from amends.complaints.models import Complaint
from amends.kit.invariants import invariant
from amends.surveys.models import SimulatedContact, Survey, SurveyAnswer


@invariant("surveys.answers_were_asked_for", "Every answer belongs to a survey that was open")
def answers_were_asked_for() -> Iterator[str]:
    rows = SurveyAnswer.objects.filter(Q(survey__answered_at__isnull=True) | Q(survey__opened_at__isnull=True))
    for key in rows.values_list("survey_id", flat=True):
        yield f"survey {key} was answered without being open"


@invariant("surveys.asked_as_drawn", "Who was asked was drawn: the number lies below the share")
def asked_as_drawn() -> Iterator[str]:
    asked = [Survey.State.PLANNED, Survey.State.OPEN, Survey.State.ENDED]
    for key in Survey.objects.filter(state__in=asked, number__gte=F("share")).values_list("pk", flat=True):
        yield f"survey {key} was asked though another number was drawn"


@invariant("surveys.simulated_as_marked", "A complaint is simulated where a mark that stands says so, and only there")
def simulated_as_marked() -> Iterator[str]:
    marked = SimulatedContact.objects.filter(ended_at__isnull=True).values("complaint_id")
    for key in Complaint.objects.filter(pk__in=marked, is_simulated=False).values_list("pk", flat=True):
        yield f"complaint {key} is marked as simulated and counts"
    for key in Complaint.objects.filter(is_simulated=True).exclude(pk__in=marked).values_list("pk", flat=True):
        yield f"complaint {key} counts as simulated without a mark"
