"""Pages that only tests have: the whole application, and views that do what real ones should not."""

# ruff: noqa: E501 - templates in a line

import errno
from enum import StrEnum
from typing import Any

from django import forms
from django.conf.urls.i18n import i18n_patterns
from django.db import connection
from django.http import FileResponse, HttpRequest, HttpResponse
from django.template import engines
from django.urls import path
from django.utils import timezone

from amends.framework.models import Organisation
from amends.kit.refusal import Refusal
from amends.kit.translated import TranslatedText
from amends.people.permissions import May
from amends.project import urls
from amends.ui.access import needs, public
from amends.ui.widgets import CodeInput, RadioRows


class Never(StrEnum):
    """An act that no table names: denied to everybody."""

    DO = "tests.never"


class Complaint(forms.Form):
    what = forms.CharField(
        label="What happened?",
        help_text="Use your own words.",
        max_length=200,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": "Tell us what happened, in a few words"},
    )
    when = forms.ChoiceField(
        label="When did it happen?",
        choices=[("known", "On a date I know"), ("unsure", "I am not sure")],
        widget=RadioRows(reveals={"known": ["on"]}),
        error_messages={"required": "Choose when it happened"},
    )
    on = forms.CharField(label="Date", required=False)
    email = forms.EmailField(label="E-mail address", required=False)
    customer = forms.CharField(label="Customer number", required=False, widget=CodeInput)


def drawn(request: HttpRequest, source: str, status: int = 200, **context: Any) -> HttpResponse:
    return HttpResponse(engines["django"].from_string(source).render(context, request), status=status)


FORM_PAGE = """{% extends "layouts/portal.html" %}
{% block title_prefix %}{% error_prefix form %}{% endblock %}{% block title %}What went wrong{% endblock %}
{% block content %}<div class="with-aside"><div class="measure">
{% include "ui/components/step_head.html" with number=3 total=6 only %}
{% error_summary form %}<h1>What went wrong</h1>
<form class="mt-4" id="complaint" method="post" novalidate data-autosave="{{ request.path }}draft/" data-saved="Draft saved"
 data-not-saved="Draft not saved" data-warn-unsaved>{% csrf_token %}
{% field form.what %}{% field form.when %}{% field form.email width="m" %}{% field form.customer width="m" %}
<p role="status" data-autosave-status></p>
<p class="row row-wide mt-8">{% button "Continue" kind="primary" size="lg" wide=True %}{% button "Save and finish later" size="lg" wide=True icon="save" name="later" value="yes" %}</p></form></div>
<aside class="stack" aria-label="Help">{% card title="Need help with this form?" %}<p class="small">{% icon "phone" %} <b dir="ltr">0800 555 0142</b>, free</p>{% endcard %}</aside></div>
{% endblock %}"""


@public
def complain(request: HttpRequest) -> HttpResponse:
    form = Complaint(request.POST or None)
    if request.method == "POST" and form.is_valid():
        return drawn(request, '{% extends "layouts/portal.html" %}{% block content %}<h1>Sent</h1>{% endblock %}')
    return drawn(request, FORM_PAGE, 422 if request.method == "POST" else 200, form=form)


DRAFTS: list[dict[str, str]] = []


@public
def draft(request: HttpRequest) -> HttpResponse:
    DRAFTS.append({name: value for name, value in request.POST.items() if name != "csrfmiddlewaretoken"})
    return HttpResponse(status=204)


@public
def told(request: HttpRequest) -> HttpResponse:
    """What the middlewares found out."""
    zone = str(timezone.get_current_timezone())
    return HttpResponse(f"{request.LANGUAGE_CODE} {zone} actor={request.actor} now={request.now.isoformat()}")


@needs(May.WORK_HERE)
def told_to_staff(request: Any) -> HttpResponse:
    return HttpResponse(f"{request.LANGUAGE_CODE} {request.actor.name} {request.actor.acting_as}")


@needs(Never.DO)
def for_nobody(request: Any) -> HttpResponse:
    return HttpResponse("never")


@public
def refuse(request: HttpRequest, code: str) -> HttpResponse:
    raise Refusal(code, "Look at it again, then decide.")


@public
def write(request: HttpRequest) -> HttpResponse:
    Organisation.objects.filter(pk=1).update(phone_hours=TranslatedText({"en": request.POST.get("what", "")}))
    return HttpResponse("written")


@public
def fill_disk(request: HttpRequest) -> HttpResponse:
    raise OSError(errno.ENOSPC, "No space left on device")


@public
def mistake(request: HttpRequest) -> HttpResponse:
    raise ZeroDivisionError


@public
def strict(request: HttpRequest) -> HttpResponse:
    response = HttpResponse(b"%PDF-", content_type="application/pdf")
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response


@public
def loose(request: HttpRequest) -> HttpResponse:
    response = HttpResponse("loose")
    response["Content-Security-Policy"] = (
        "default-src *; script-src 'self' 'unsafe-inline' https://example.com; img-src 'none'; frame-ancestors *"
    )
    response["Cache-Control"] = "public, max-age=3600"
    response["Referrer-Policy"] = "unsafe-url"
    return response


@public
def file(request: HttpRequest) -> FileResponse:
    return FileResponse([b"one ", b"two"], content_type="application/octet-stream")


@public
def queries(request: HttpRequest) -> HttpResponse:
    with connection.cursor() as cursor:
        for _ in range(3):
            cursor.execute("SELECT 1")
    return HttpResponse("counted")


urlpatterns = [
    *i18n_patterns(
        path("", told, name="home"),
        path("track/", told, name="track"),
        path("complain/", complain, name="complain"),
        path("complain/draft/", draft),
    ),
    path("staff/told/", told_to_staff),
    path("staff/never/", for_nobody),
    path("refuse/<str:code>/", refuse),
    path("write/", write),
    path("fill-disk/", fill_disk),
    path("mistake/", mistake),
    path("strict/", strict),
    path("loose/", loose),
    path("file/", file),
    path("queries/", queries),
    *urls.urlpatterns,
]

handler400, handler403, handler404, handler500 = urls.handler400, urls.handler403, urls.handler404, urls.handler500
