"""Addresses of the public pages; each stands below its language."""

from django.urls import path

from amends.portal import (
    about,
    check,
    contact,
    decision,
    detriment,
    done,
    downloads,
    home,
    leaflets,
    progress,
    reply,
    results,
    resume,
    start,
    steps,
    survey,
    track,
    verify,
    why,
)
from amends.portal import lost_codes as lost
from amends.portal import withdraw as withdrawing

app_name = "portal"

urlpatterns = [
    path("", home.home, name="home"),
    path("complain/", start.start, name="start"),
    path("complain/done/", done.done, name="done"),
    path("complain/leave/", done.leave, name="leave_confirmation"),
    path("complain/<slug:number>/check/", check.check, name="check"),
    path("complain/<slug:number>/<slug:slug>/", steps.step, name="step"),
    path("complain/<slug:number>/<slug:slug>/draft/", steps.autosave, name="autosave"),
    path("resume/", resume.resume, name="resume"),
    path("track/", track.track, name="track"),
    path("track/view/", progress.progress, name="progress"),
    path("track/date/", why.why, name="date"),
    path("track/reply/", reply.reply, name="reply"),
    path("track/decision/", decision.decision, name="decision"),
    path("track/withdraw/", withdrawing.withdraw, name="withdraw"),
    path("track/survey/", survey.survey, name="survey"),
    path("track/detriment/", detriment.detriment, name="detriment"),
    path("track/leave/", track.leave, name="leave"),
    path("track/files/<str:token>/", downloads.file, name="file"),
    path("track/withdraw/back/", withdrawing.take_back, name="take_back_withdrawal"),
    path("track/contact/", contact.contact, name="contact"),
    path("lost-codes/", lost.lost_codes, name="lost_codes"),
    path("lost-codes/sent/", lost.asked, name="code_asked_for"),
    path("verify/", verify.verify, name="verify"),
    path("how-it-works/", about.how_it_works, name="how_it_works"),
    path("policy/", about.policy, name="policy"),
    path("results/", results.results, name="results"),
    path("leaflet/", leaflets.leaflet, name="leaflet"),
    path("leaflet/leaflet.pdf", leaflets.leaflet_pdf, name="leaflet_pdf"),
    path("leaflet/large-print.pdf", leaflets.large_print_pdf, name="large_print_pdf"),
    path("leaflet/poster.pdf", leaflets.poster_pdf, name="poster_pdf"),
    path("accessibility/", about.accessibility, name="accessibility"),
    path("privacy/", about.privacy, name="privacy"),
]
