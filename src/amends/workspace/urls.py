"""Addresses of the staff door, below /staff/."""

from django.urls import URLPattern, URLResolver, include, path

app_name = "workspace"

urlpatterns: list[URLPattern | URLResolver] = [
    path("complaints/<str:reference>/", include("amends.workspace.complaint.urls")),
]
