"""The page around the tabs of a complaint: head, stage bar, next step and what stands at the side."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from amends.complaints.next_step import points_of
from amends.ui.access import StaffVisit
from amends.workspace.complaint import clocks as running
from amends.workspace.complaint import header, side
from amends.workspace.complaint.glance import glance_of, with_glance
from amends.workspace.complaint.hand_over import offer_of
from amends.workspace.complaint.interim import open_steps
from amends.workspace.complaint.next_card import next_card
from amends.workspace.complaint.opening import Case, opened
from amends.workspace.complaint.outside import outside_of, taken_outside
from amends.workspace.complaint.significant import alerts_of
from amends.workspace.complaint.tasks import open_tasks_of
from amends.workspace.complaint.ties import linked_of, merged_of
from amends.workspace.complaint.unsent import unsent_of
from amends.workspace.complaint.voided import voided_of


def opened_whole(request: StaffVisit, reference: str) -> Case:
    """The complaint with what the head of its page says."""
    return opened(request, reference, also=with_glance)


def page(
    request: StaffVisit, case: Case, tab: str, content: Mapping[str, Any], *, template: str = "", status: int = 200
) -> HttpResponse:
    """A tab of the complaint in its frame. A tab that has fetched the points itself gives them along."""
    points = content.get("points") or points_of(case.complaint)
    clocks, glance = running.clocks_of(case), glance_of(case.complaint)
    taken = taken_outside(case, was_outside=glance.was_outside)
    first, more = header.actions_of(case, clocks)
    context = {
        "case": case,
        "complaint": case.complaint,
        "points": points,
        "crumbs": header.crumbs_of(case, reverse("workspace:complaints")),
        "tags": header.tags_of(case),
        "steps": header.stage_bar(case, glance, clocks),
        "tabs": header.tabs_of(case, tab, points, glance.files),
        "actions": first,
        "more_actions": more,
        "next": next_card(case, points, clocks, taken),
        "offered": offer_of(case),
        "significant": alerts_of(case.complaint, case.actor),
        "deadlines": running.deadline_lines(case, clocks),
        "people": side.people_lines(case, has_needs=glance.has_needs),
        "classification": side.classification_lines(case, points),
        "voided": voided_of(case) if glance.has_voiding else None,
        "merged": merged_of(case, takes_in=glance.takes_in),
        "linked": linked_of(case) if glance.has_links else [],
        "related": side.related_to(case) if glance.has_related else [],
        "can_reveal": case.sees_identity and not case.complaint.is_anonymous,
        "outside": outside_of(case, taken, has_looks=glance.has_looks),
        "unsent": unsent_of(case) if glance.has_unsent else [],
        "open_tasks": open_tasks_of(case) if glance.has_tasks else [],
        "open_steps": open_steps(case) if glance.has_steps else [],
        **content,
    }
    return render(request, template or f"workspace/complaint/{tab}.html", context, status=status)
