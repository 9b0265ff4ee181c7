"""Addresses of the face itself."""

from django.urls import path

from amends.ui import views

urlpatterns = [
    path("appearance/", views.appearance, name="appearance"),
    path("logo/<int:version>.png", views.logo, name="logo"),
    path("settings/components/", views.components, name="components"),
    path("settings/preferences/", views.preferences, name="preferences"),
    path("settings/session/", views.extend_session, name="extend_session"),
]
