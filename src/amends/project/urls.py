"""Every address of the application, door by door."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import URLPattern, URLResolver, include, path

from amends.project import health
from amends.project.demo.sign_in import demo_sign_in

urlpatterns: list[URLPattern | URLResolver] = [
    path("health/live", health.live, name="health_live"),
    path("health/ready", health.ready, name="health_ready"),
    path("accounts/", include("allauth.urls")),
    path("demo/sign-in/", demo_sign_in, name="demo_sign_in"),
    path("", include("amends.ui.urls")),
    path("", include("amends.workspace.urls")),
    *i18n_patterns(path("", include("amends.portal.urls"))),
]

handler400 = "amends.ui.error_pages.bad_request"
handler403 = "amends.ui.error_pages.permission_denied"
handler404 = "amends.ui.error_pages.not_found"
handler500 = "amends.ui.error_pages.server_error"
