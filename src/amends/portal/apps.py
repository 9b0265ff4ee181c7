from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from amends.kit.discovery import discover
from amends.ui.navigation import PublicEntry, register_public


class PortalConfig(AppConfig):
    name = "amends.portal"

    def ready(self) -> None:
        discover(self.name)
        register_public(
            PublicEntry(_("Make a complaint"), "portal:start"),
            PublicEntry(_("Track a complaint"), "portal:track"),
            PublicEntry(_("How it works"), "portal:how_it_works"),
            PublicEntry(_("Accessibility"), "portal:accessibility", in_footer=True),
            PublicEntry(_("Privacy"), "portal:privacy", in_footer=True),
            PublicEntry(_("How we handle complaints"), "portal:how_it_works", in_footer=True),
            PublicEntry(_("Our policy on complaints"), "portal:policy", in_footer=True),
            PublicEntry(_("Leaflet"), "portal:leaflet", in_footer=True),
            PublicEntry(_("I have lost my codes"), "portal:lost_codes", in_footer=True),
        )
