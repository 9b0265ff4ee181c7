"""A step whose form stands in a tab of the complaint page instead of on a page of its own."""

from dataclasses import dataclass

from django.http import HttpResponse

from amends.ui.access import StaffVisit
from amends.workspace.complaint import frame
from amends.workspace.complaint.opening import Case
from amends.workspace.complaint.stepping import Form, Look, Screen


@dataclass(frozen=True)
class TabScreen(Screen):
    """As a Screen; `tab` is the name of the tab and of its template."""

    tab: str = ""

    def reopened(self, request: StaffVisit, case: Case) -> Case:
        """With what the head of the page shows."""
        return frame.opened_whole(request, case.complaint.reference)

    def shown(
        self,
        request: StaffVisit,
        case: Case,
        form: Form,
        look: Look[Form] | None = None,
        *,
        status: int = 200,
        **more: object,
    ) -> HttpResponse:
        """The tab with the form in it."""
        content = {"screen": self, "form": form, **(look(case, form) if look else {}), **more}
        return frame.page(request, case, self.tab, content, status=status)
