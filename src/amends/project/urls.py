"""Every address of the application, door by door."""

from django.urls import URLPattern, URLResolver, include, path

from amends.project import health

urlpatterns: list[URLPattern | URLResolver] = [
    path("health/live", health.live, name="health_live"),
    path("health/ready", health.ready, name="health_ready"),
    path("accounts/", include("allauth.urls")),
    path("staff/", include("amends.workspace.urls")),
    path("", include("amends.ui.urls")),
]

handler400 = "amends.ui.error_pages.bad_request"
handler403 = "amends.ui.error_pages.permission_denied"
handler404 = "amends.ui.error_pages.not_found"
handler500 = "amends.ui.error_pages.server_error"
