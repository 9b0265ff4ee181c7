"""What every template has without being given it."""

from functools import cached_property
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import get_language

from amends.permissions.roles import Role
from amends.ui import current, navigation
from amends.ui.middleware.language import language_links

#: Where the one-click sign-in of the demonstration stands.
DEMO_SIGN_IN = "/demo/sign-in/"


class Page:
    """The frame of a page. Worked out when a layout asks for it, once per request."""

    def __init__(self, request: HttpRequest) -> None:
        self._request: Any = request
        self.organisation = current.organisation_of(request)
        self.language = get_language() or "en"
        self.direction = current.direction(self.language)

    @property
    def languages(self) -> list[tuple[str, str, str]]:
        """Code, own name and address of this page in each language offered."""
        return language_links(self._request, current.offered_languages(self.organisation))

    @property
    def person(self) -> Any:
        """The signed-in Person on pages for staff, else None."""
        return self._request.user if getattr(self._request, "actor", None) else None

    @property
    def theme(self) -> str:
        """light, dark, or empty for as the device."""
        return current.chosen_theme(self._request, self.person.theme if self.person else "")

    @cached_property
    def places(self) -> list[navigation.Place]:
        """The entries of the rail, which other parts of the page show too: their numbers cost queries."""
        actor = self._request.actor
        return navigation.places_for(actor, self._request, self._request.now) if actor else []

    @property
    def bottom_bar(self) -> navigation.BottomBar:
        """What stands at the bottom of phones."""
        return navigation.bottom_bar_of(self.places)

    @property
    def roles(self) -> list[str]:
        """What the person is here, for the foot of the rail."""
        actor = self._request.actor
        return [str(role.label) for role in actor.scopes] if actor else []

    @property
    def head_links(self) -> list[navigation.Link]:
        """Links in the head of public pages."""
        return navigation.public_links(self._request, in_footer=False)

    @property
    def foot_links(self) -> list[navigation.Link]:
        """Links at the foot of public pages."""
        return navigation.public_links(self._request, in_footer=True)

    @property
    def search_address(self) -> str:
        """Where the search of staff pages leads."""
        return navigation.search_address()

    @property
    def home(self) -> str:
        """The first public page in the language of this one."""
        return f"/{self.language}/"

    @property
    def session_seconds(self) -> int:
        """After how many seconds without use the session ends."""
        return int(settings.SESSION_COOKIE_AGE)


def page(request: HttpRequest) -> dict[str, object]:
    """`page`, and often used parts of it by their own names. Includes ask again, so it is kept on the request."""
    known: Any = request
    if not hasattr(known, "_page"):
        found = Page(request)
        known._page = {
            "page": found,
            "organisation": found.organisation,
            "actor": getattr(request, "actor", None),
            "now": getattr(request, "now", None),
            "is_demo": settings.AMENDS_DEMO,
            "demo_roles": list(Role) if settings.AMENDS_DEMO else [],
            "demo_address": DEMO_SIGN_IN,
        }
    kept: dict[str, object] = known._page
    return kept
