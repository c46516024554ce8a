"""Addresses of the public Local Offer and of its open feed."""

from django.urls import path, re_path

from kept.offer import api, public_views, voice_views

app_name = "offer"
AREA = "<slug:area>"
urlpatterns = [
    path("", public_views.choose, name="choose"),
    path(f"{AREA}/", public_views.search, name="search"),
    path(f"{AREA}/service/<uuid:pk>/", public_views.entry, name="entry"),
    path(f"{AREA}/service/<uuid:pk>/save/", public_views.save, name="save"),
    path(f"{AREA}/guide/<slug:page>/", public_views.guide, name="guide"),
    path(f"{AREA}/my-list/", public_views.own_list, name="own_list"),
    path(f"{AREA}/everything/", public_views.everything, name="everything"),
    path(f"{AREA}/qr.svg", public_views.qr, name="qr"),
    path(f"{AREA}/comment/", voice_views.comment, name="comment"),
    path(f"{AREA}/comment/thank-you/", voice_views.thanks, name="thanks"),
    path(f"{AREA}/you-said-we-did/", voice_views.answers, name="answers"),
    path(f"{AREA}/what-the-law-says/", voice_views.checklist, name="checklist"),
    path(f"{AREA}/accessibility/", voice_views.accessibility, name="accessibility"),
    path(f"{AREA}/still-right/<str:token>/", voice_views.still_right, name="still_right"),
    path(f"{AREA}/developers/", public_views.developers, name="developers"),
    re_path(r"^(?P<area>[-a-zA-Z0-9_]+)/api/?$", api.root, name="api_root"),
    path(f"{AREA}/api/openapi.json", api.openapi, name="api_description"),
    path(f"{AREA}/api/services", api.services, name="api_services"),
    path(f"{AREA}/api/services/<str:pk>", api.service, name="api_service"),
    path(f"{AREA}/api/service_at_locations", api.service_at_locations, name="api_service_at_locations"),
    path(f"{AREA}/api/service_at_locations/<str:pk>", api.service_at_location, name="api_service_at_location"),
    path(f"{AREA}/api/taxonomies", api.taxonomies, name="api_taxonomies"),
    path(f"{AREA}/api/taxonomies/<str:pk>", api.taxonomy, name="api_taxonomy"),
    path(f"{AREA}/api/taxonomy_terms", api.taxonomy_terms, name="api_taxonomy_terms"),
    path(f"{AREA}/api/taxonomy_terms/<str:pk>", api.taxonomy_term, name="api_taxonomy_term"),
    path(f"{AREA}/api/organizations", api.organizations, name="api_organizations"),
    path(f"{AREA}/api/organizations/<str:pk>", api.organization, name="api_organization"),
    path(f"{AREA}/api/export", api.export, name="api_export"),
]
