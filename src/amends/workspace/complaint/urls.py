"""Addresses below a complaint: what it says at its tabs, what is done to it at nouns."""

from django.urls import URLPattern, path

urlpatterns: list[URLPattern] = []
