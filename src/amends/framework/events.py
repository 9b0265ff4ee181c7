"""What happens to the framework, as the journal tells it."""

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
