"""Where a complaint stands, in one sentence to the person who complained: on the tracking page and in letters."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from amends.complaints.stages import Stage

HEADLINES: dict[Stage, str | Promise] = {
    Stage.RECEIVED: gettext_lazy("We have your complaint"),
    Stage.ASSESSED: gettext_lazy("We have your complaint and know how urgent it is"),
    Stage.INVESTIGATING: gettext_lazy("We are looking into your complaint"),
    Stage.PROPOSED: gettext_lazy("We are preparing our decision"),
    Stage.DECIDED: gettext_lazy("We are preparing our decision"),
    Stage.COMMUNICATED: gettext_lazy("Our decision is ready"),
    Stage.ACCEPTED: gettext_lazy("You have accepted our decision"),
    Stage.REMEDIED: gettext_lazy("We have done what we promised"),
    Stage.VERIFIED: gettext_lazy("We have done what we promised"),
    Stage.REJECTED: gettext_lazy("You do not agree with our decision"),
    Stage.IN_REVIEW: gettext_lazy("We are looking at your complaint again"),
    Stage.EXTERNAL: gettext_lazy("Your complaint is with an outside body"),
    Stage.REOPENED: gettext_lazy("We have taken up your complaint again"),
    Stage.CLOSED: gettext_lazy("Your complaint is closed"),
    Stage.OUT_OF_SCOPE: gettext_lazy("We cannot decide on this complaint"),
    Stage.WITHDRAWN: gettext_lazy("You have withdrawn your complaint"),
    Stage.MERGED: gettext_lazy("We handle your complaint together with another one"),
    Stage.VOID: gettext_lazy("This was not recorded as a complaint"),
}
