"""Addresses of the staff door: daily work below /staff/, /oversight/, administration below /settings/, the ways in."""

from django.urls import URLPattern, URLResolver, include, path

from amends.workspace import (
    about_me,
    approvals,
    contacts,
    disclosures,
    due,
    first_start,
    invitation,
    letters,
    outside,
    queue,
    reads,
    redress,
    register,
    remedy_ledger,
    report,
    significant,
    tasks,
    what_if,
    workload,
)
from amends.workspace.recording import on_the_spot
from amends.workspace.recording import views as recording
from amends.workspace.settings import (
    assessment,
    authorities,
    away,
    escalation,
    index,
    lists,
    organisation,
    outside_bodies,
    people,
    person,
    rates,
    routing,
    system,
    system_mail,
    system_trail,
    training,
    units,
)

app_name = "workspace"

Routes = list[URLPattern | URLResolver]

_ways_in: Routes = [
    path("setup/<str:token>/", first_start.first_start, name="first_start"),
    path("invitation/<str:token>/", invitation.invitation, name="invitation"),
]

_work: Routes = [
    path("", queue.my_work, name="queue"),
    path("me/", away.me, name="me"),
    path("me/absences/", away.absences, name="my_absences"),
    path("me/absences/cancelled/", away.cancelled_absence, name="my_absence_end"),
    path("me/delegations/", away.delegations, name="my_delegations"),
    path("me/delegations/ended/", away.ended_delegation, name="my_delegation_end"),
    path("about-me/", about_me.about_me, name="about_me"),
    path("about-me/<uuid:party>/", about_me.one, name="about_me_one"),
    path("about-me/<uuid:party>/statement/", about_me.statement, name="about_me_statement"),
    path("about-me/<uuid:party>/support/", about_me.support, name="about_me_support"),
    path("approvals/", approvals.approvals, name="approvals"),
    path("due/", due.due, name="due"),
    path("report/", report.report, name="report"),
    path("letters/", letters.letters, name="letters"),
    path("letters/<uuid:uid>/", letters.letter, name="letter"),
    path("letters/<uuid:uid>/letter.pdf", letters.letter_pdf, name="letter_pdf"),
    path("register/", register.register, name="register"),
    path("register/export/", register.export, name="register_export"),
    path("contacts/", contacts.contacts, name="contacts"),
    path("contacts/<uuid:contact>/", contacts.contact_page, name="contact_page"),
    path("contacts/<uuid:contact>/correction/", contacts.correction, name="contact_correction"),
    path("contacts/<uuid:contact>/merge/", contacts.merging, name="contact_merging"),
    path("contacts/<uuid:contact>/merge/end/", contacts.parting, name="contact_parting"),
    path("tasks/", tasks.tasks, name="tasks"),
    path("tasks/<uuid:uid>/", tasks.task, name="task"),
    path("tasks/<uuid:uid>/files/<str:token>/", tasks.task_file, name="task_file"),
    path("significant/", significant.significant, name="significant"),
    path("complaints/", queue.all_complaints, name="complaints"),
    path("complaints/new/", recording.new, name="new"),
    path("complaints/new/on-the-spot/", on_the_spot.on_the_spot, name="on_the_spot"),
    path("complaints/new/told/", recording.told, name="told"),
    path("complaints/<str:reference>/", include("amends.workspace.complaint.urls")),
]

_person: Routes = [
    path("", person.person, name="person"),
    path("roles/", person.roles, name="person_roles"),
    path("roles/ended/", person.ended_role, name="person_role_end"),
    path("absences/", away.absences, name="person_absences"),
    path("absences/cancelled/", away.cancelled_absence, name="person_absence_end"),
    path("delegations/", away.delegations, name="person_delegations"),
    path("delegations/ended/", away.ended_delegation, name="person_delegation_end"),
    path("invitation/", person.invitation, name="person_invitation"),
    path("second-factor/", person.second_factor, name="person_second_factor"),
    path("leaving/", person.leaving, name="person_leaving"),
]

_settings: Routes = [
    path("", index.index, name="settings"),
    path("started/", first_start.started, name="started"),
    path("organisation/", organisation.organisation, name="organisation"),
    path("people/", people.people, name="people"),
    path("people/new/", people.new_person, name="new_person"),
    path("people/<uuid:name>/", include(_person)),
    path("units/", units.units, name="units"),
    path("units/<uuid:name>/", units.unit, name="unit"),
    path("units/<uuid:name>/closing/", units.closing, name="unit_closing"),
    path("calendars/", include("amends.workspace.settings.calendars.urls")),
    path("rules/", include("amends.workspace.settings.rules.urls")),
    path("escalation/", escalation.escalation, name="escalation"),
    path("authorities/", authorities.authorities, name="authorities"),
    path("authorities/limit/", authorities.new_limit, name="authority_limit"),
    path("authorities/ending/", authorities.ended_limit, name="authority_end"),
    path("authorities/four-eyes/", authorities.four_eyes, name="four_eyes"),
    path("rates/", rates.rates, name="rates"),
    path("training/", training.training, name="training"),
    path("escalation/change/", escalation.change, name="escalation_change"),
    path("outside-bodies/", outside_bodies.outside_bodies, name="outside_bodies"),
    path("outside-bodies/new/", outside_bodies.new_outside_body, name="new_outside_body"),
    path("outside-bodies/<slug:body>/", outside_bodies.outside_body, name="outside_body"),
    path("routing/", routing.routing, name="routing"),
    path("routing/ended/", routing.ended, name="routing_end"),
    path("assessment/", assessment.assessment, name="assessment_settings"),
    path("assessment/matrix/", assessment.change, name="matrix_change"),
    path("assessment/significance/", assessment.significance, name="significance_change"),
    path("lists/<slug:kind>/", lists.items, name="list"),
    path("lists/<slug:kind>/<slug:code>/", lists.item, name="item"),
    path("system/", system.system, name="system"),
    path("system/mail/", system_mail.mail, name="system_mail"),
    path("system/journal/", system_trail.trail, name="system_trail"),
    path("system/follow-ups/<uuid:entry>/<str:reaction>/", system.tried_again, name="follow_up"),
]

_oversight: Routes = [
    path("what-if/", what_if.what_if, name="what_if"),
    path("reads/", reads.reads, name="reads"),
    path("workload/", workload.workload, name="workload"),
    path("remedies/", remedy_ledger.ledger, name="remedies"),
    path("remedies/export/", remedy_ledger.export, name="remedy_export"),
    path("outside/", outside.outside, name="outside"),
    path("disclosures/", disclosures.disclosures, name="disclosures_register"),
    path("disclosures/export/", disclosures.export, name="disclosures_export"),
    path("redress/", redress.redress_list, name="redress"),
    path("redress/<int:number>/", redress.project, name="redress_project"),
    path("redress/<int:number>/progress/", redress.progress, name="redress_progress"),
    path("redress/<int:number>/ending/", redress.ending, name="redress_ending"),
]

urlpatterns: Routes = [
    path("staff/", include(_work)),
    path("oversight/", include(_oversight)),
    path("settings/", include(_settings)),
    *_ways_in,
]
