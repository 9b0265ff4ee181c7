"""What somebody is told whose page was older than what is saved."""

from django.utils.translation import gettext_lazy as _

from amends.kit.refusal import Refusal


def stale() -> Refusal:
    """Another version has been saved since the page was made: compare both, and nothing typed is lost."""
    return Refusal("stale", _("Somebody else has changed this meanwhile. Compare both and save again."))
