"""Where a complaint stands, apart from how it ended, whether it was justified and whether it was settled."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Stage(models.TextChoices):
    """The stages of clause 7. Acknowledgement is a fact with a deadline, not a stage."""

    RECEIVED = "received", _("Received")
    ASSESSED = "assessed", _("Assessed")
    INVESTIGATING = "investigating", _("Investigating")
    PROPOSED = "proposed", _("Response proposed")
    DECIDED = "decided", _("Decided, not yet communicated")
    COMMUNICATED = "communicated", _("Decision communicated")
    ACCEPTED = "accepted", _("Accepted")
    REMEDIED = "remedied", _("Remedy carried out")
    VERIFIED = "verified", _("Remedy verified")
    REJECTED = "rejected", _("Not accepted")
    IN_REVIEW = "in_review", _("Internal review")
    EXTERNAL = "external", _("With an outside body")
    REOPENED = "reopened", _("Reopened")
    CLOSED = "closed", _("Closed")
    OUT_OF_SCOPE = "out_of_scope", _("Out of scope")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    MERGED = "merged", _("Merged duplicate")
    VOID = "void", _("Void")


#: Stages in which nothing more is due from anybody.
ENDED = frozenset({Stage.CLOSED, Stage.OUT_OF_SCOPE, Stage.WITHDRAWN, Stage.MERGED, Stage.VOID})
OPEN = frozenset(Stage) - ENDED


class Outcome(models.TextChoices):
    """How a complaint ended, or what was decided so far."""

    UPHELD = "upheld", _("Upheld")
    PARTLY = "partly", _("Partly upheld")
    NOT_UPHELD = "not_upheld", _("Not upheld")
    UNDETERMINED = "undetermined", _("Could not be determined")


class Bar(models.TextChoices):
    """The seven steps of the stage bar."""

    RECEIVED = "received", _("Received")
    ASSESSED = "assessed", _("Assessed")
    INVESTIGATING = "investigating", _("Investigating")
    RESPONSE = "response", _("Response")
    COMMUNICATED = "communicated", _("Communicated")
    SETTLING = "settling", _("Settling")
    CLOSED = "closed", _("Closed")


BAR_OF: dict[Stage, Bar] = {
    Stage.RECEIVED: Bar.RECEIVED,
    Stage.ASSESSED: Bar.ASSESSED,
    Stage.INVESTIGATING: Bar.INVESTIGATING,
    Stage.REOPENED: Bar.INVESTIGATING,
    Stage.PROPOSED: Bar.RESPONSE,
    Stage.DECIDED: Bar.RESPONSE,
    Stage.COMMUNICATED: Bar.COMMUNICATED,
    Stage.ACCEPTED: Bar.SETTLING,
    Stage.REMEDIED: Bar.SETTLING,
    Stage.VERIFIED: Bar.SETTLING,
    Stage.REJECTED: Bar.SETTLING,
    Stage.IN_REVIEW: Bar.SETTLING,
    Stage.EXTERNAL: Bar.SETTLING,
    Stage.CLOSED: Bar.CLOSED,
    Stage.OUT_OF_SCOPE: Bar.CLOSED,
    Stage.WITHDRAWN: Bar.CLOSED,
    Stage.MERGED: Bar.CLOSED,
    Stage.VOID: Bar.CLOSED,
}
