"""Addresses of plans on paper, of reading in an old one, and of the report of the night."""

from django.urls import path

from kept.plans import caseload_views, import_views, output_views

urlpatterns = [
    path("versions/<uuid:pk>/document/", output_views.document, name="document"),
    path("caseload/", caseload_views.caseload, name="caseload"),
    path("caseload/<uuid:pk>/", caseload_views.findings, name="findings"),
    path("children/<uuid:pk>/import/", import_views.begin, name="import"),
    path("imports/<uuid:pk>/", import_views.reading, name="import_reading"),
    path("versions/<uuid:pk>/read/", import_views.look_through, name="import_review"),
    path("versions/<uuid:pk>/read/all/", import_views.confirm_all, name="import_confirm_all"),
    path("versions/<uuid:pk>/read/names/", import_views.names_out, name="import_names"),
    path("versions/<uuid:pk>/read/in-force/", import_views.into_force, name="import_into_force"),
    path("versions/<uuid:pk>/read/<uuid:lineage>/", import_views.entry, name="import_entry"),
]
