"""Addresses below /settings/rules/. A pack always stands with its version: no code of a pack can hide a page."""

from django.urls import path

from amends.workspace.settings.rules import activating, activations, compare, document, listing, own, pack_page

urlpatterns = [
    path("", listing.rules, name="rules"),
    path("compare/", compare.compare, name="rules_compare"),
    path("activations/", activations.activations, name="activations"),
    path("activations/new/", activating.new_activation, name="new_activation"),
    path("activations/<uuid:activation>/ending/", activations.ending, name="activation_end"),
    path("<slug:pack>/<int:version>/", pack_page.pack, name="rule_pack"),
    path("<slug:pack>/<int:version>/own/", own.own, name="own_pack"),
    path("<slug:pack>/<int:version>/own/document/", document.document, name="own_pack_document"),
]
