"""What happens to the framework, as the journal tells it."""

from datetime import date, datetime

from django.utils.translation import gettext_lazy as _

from amends.journal.vocabulary import Event, Retention, Subject, event


@event("framework.set_up", sentence=_("The organisation was set up"), retention=Retention.SYSTEM)
class SetUp(Event):
    organisation: Subject
    country: str
    currency: str
    profile: str
    languages: tuple[str, ...]


@event("framework.organisation_changed", sentence=_("Details of the organisation changed"), retention=Retention.SYSTEM)
class OrganisationChanged(Event):
    organisation: Subject
    profile: str
    languages: tuple[str, ...]


@event(
    "framework.pack_activated", sentence=_("Rule pack %(pack)s version %(version)s applies"), retention=Retention.SYSTEM
)
class PackActivated(Event):
    organisation: Subject
    pack: str
    version: int
    digest: str
    role: str
    product: str
    has_site: bool
    complainant_kind: str
    starts_at: datetime
    moves_running: bool


@event(
    "framework.activation_ended",
    sentence=_("Rule pack %(pack)s version %(version)s applies no longer"),
    retention=Retention.SYSTEM,
)
class ActivationEnded(Event):
    organisation: Subject
    pack: str
    version: int


@event(
    "framework.pack_copied", sentence=_("Rule pack %(pack)s version %(version)s was made"), retention=Retention.SYSTEM
)
class PackCopied(Event):
    pack_version: Subject
    pack: str
    version: int
    based_on: str
    digest: str


@event("framework.calendar_chosen", sentence=_("Another working calendar was chosen"), retention=Retention.SYSTEM)
class CalendarChosen(Event):
    calendar: Subject
    code: str
    unit: Subject | None
    has_site: bool


@event(
    "framework.calendar_use_ended",
    sentence=_("A unit or site has no working calendar of its own any more"),
    retention=Retention.SYSTEM,
)
class CalendarUseEnded(Event):
    calendar: Subject
    code: str
    unit: Subject | None
    has_site: bool


@event("framework.ladder_changed", sentence=_("Escalation ladder: version %(version)s"), retention=Retention.SYSTEM)
class LadderChanged(Event):
    organisation: Subject
    version: int
    levels: int


@event(
    "framework.significance_changed",
    sentence=_("Criteria for significant complaints: version %(version)s"),
    retention=Retention.SYSTEM,
)
class SignificanceChanged(Event):
    organisation: Subject
    version: int
    severity_from: int
    people_from: int
    for_safety: bool
    for_blocked_action: bool
    said_by_staff: bool


@event("framework.authority_set", sentence=_("A limit of authority was set"), retention=Retention.SYSTEM)
class AuthoritySet(Event):
    limit: Subject
    role: str
    unit: Subject | None
    kind: str
    most: int | None
    currency: str
    needs_training: bool


@event("framework.authority_ended", sentence=_("A limit of authority was ended"), retention=Retention.SYSTEM)
class AuthorityEnded(Event):
    limit: Subject
    role: str
    unit: Subject | None
    kind: str


@event("framework.rate_recorded", sentence=_("A rate of %(currency)s was recorded"), retention=Retention.SYSTEM)
class RateRecorded(Event):
    rate: Subject
    currency: str
    value: str
    valid_on: date


@event(
    "framework.public_text_changed",
    sentence=_("Public text changed: %(code)s, version %(version)s"),
    retention=Retention.SYSTEM,
)
class PublicTextChanged(Event):
    organisation: Subject
    code: str
    version: int
    languages: tuple[str, ...]


@event(
    "framework.message_worded",
    sentence=_("Words for messages: %(kind)s, version %(version)s"),
    retention=Retention.SYSTEM,
)
class MessageWorded(Event):
    organisation: Subject
    kind: str
    version: int
    languages: tuple[str, ...]


@event("framework.logo_changed", sentence=_("Logo: version %(version)s"), retention=Retention.SYSTEM)
class LogoChanged(Event):
    organisation: Subject
    version: int
    digest: str


@event(
    "framework.mails_changed",
    sentence=_("How much mails to complainants say: version %(version)s"),
    retention=Retention.SYSTEM,
)
class MailsChanged(Event):
    organisation: Subject
    version: int
    by_mail: str
    attaches_decision: bool


@event(
    "framework.four_eyes_changed", sentence=_("When two people decide: version %(version)s"), retention=Retention.SYSTEM
)
class FourEyesChanged(Event):
    organisation: Subject
    version: int
    mode: str


@event(
    "framework.form_changed", sentence=_("Own questions of the form: version %(version)s"), retention=Retention.SYSTEM
)
class FormChanged(Event):
    form: Subject
    version: int
    #: The keys of the questions in their order.
    questions: tuple[str, ...]


@event(
    "framework.matrix_changed", sentence=_("Matrix of the assessment: version %(version)s"), retention=Retention.SYSTEM
)
class MatrixChanged(Event):
    organisation: Subject
    version: int
    #: The sixteen results, the gravest severity first, the narrowest impact first.
    cells: tuple[int, ...]


@event("framework.routing_rule_added", sentence=_("A routing rule was added"), retention=Retention.SYSTEM)
class RoutingRuleAdded(Event):
    rule: Subject
    category: str
    product: str
    has_site: bool
    language: str
    unit: Subject
    preferred: tuple[Subject, ...]


@event("framework.routing_rule_ended", sentence=_("A routing rule was ended"), retention=Retention.SYSTEM)
class RoutingRuleEnded(Event):
    rule: Subject


@event("framework.capacity_set", sentence=_("Capacity: %(complaints)s open complaints"), retention=Retention.SYSTEM)
class CapacitySet(Event):
    person: Subject
    complaints: int


@event("framework.item_added", sentence=_("%(list)s: %(code)s was added"), retention=Retention.SYSTEM)
class ItemAdded(Event):
    item: Subject
    list: str
    code: str


@event("framework.item_changed", sentence=_("%(list)s: %(code)s was changed"), retention=Retention.SYSTEM)
class ItemChanged(Event):
    item: Subject
    list: str
    code: str
    is_active: bool


@event("framework.lead_unit_changed", sentence=_("Another unit leads complaints about it"), retention=Retention.SYSTEM)
class LeadUnitChanged(Event):
    product: Subject
    unit: Subject | None


@event("framework.outside_body_added", sentence=_("Outside body %(code)s was added"), retention=Retention.SYSTEM)
class OutsideBodyAdded(Event):
    body: Subject
    code: str
    rule_code: str


@event("framework.outside_body_changed", sentence=_("Outside body %(code)s was changed"), retention=Retention.SYSTEM)
class OutsideBodyChanged(Event):
    body: Subject
    code: str
    version: int
    is_active: bool
    changed: tuple[str, ...]
