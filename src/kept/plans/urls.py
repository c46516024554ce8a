"""Addresses of plans. Further parts of the service have lists of their own, put in here."""

from django.urls import path

from kept.plans import family_urls, gate_views, output_urls, section_views, views

app_name = "plans"
urlpatterns = [
    *family_urls.urlpatterns,
    *output_urls.urlpatterns,
    path("", views.desk, name="desk"),
    path("children/<uuid:pk>/", views.of_child, name="of_child"),
    path("children/<uuid:pk>/start/", views.start, name="start"),
    path("<uuid:pk>/order/", views.order, name="order"),
    path("versions/<uuid:pk>/", views.version, name="version"),
    path("versions/<uuid:pk>/thread/", views.thread, name="thread"),
    path("versions/<uuid:pk>/do/<slug:name>/", views.move, name="move"),
    path("versions/<uuid:pk>/sections/<str:code>/", section_views.section, name="section"),
    path("versions/<uuid:pk>/entries/<uuid:lineage>/", section_views.entry, name="entry"),
    path("versions/<uuid:pk>/entries/<uuid:lineage>/check/", section_views.check, name="check"),
    path("versions/<uuid:pk>/entries/<uuid:lineage>/grounds/", gate_views.grounds, name="grounds"),
    path("versions/<uuid:pk>/entries/<uuid:lineage>/release/", section_views.release, name="release"),
    path("versions/<uuid:pk>/entries/<uuid:lineage>/do/<slug:what>/", section_views.entry_do, name="entry_do"),
    path("versions/<uuid:pk>/gate/", gate_views.gate, name="gate"),
    path("versions/<uuid:pk>/gate/override/", gate_views.override, name="override"),
    path("overrides/<uuid:pk>/<slug:what>/", gate_views.override_do, name="override_do"),
    path("versions/<uuid:pk>/recipients/", gate_views.recipients, name="recipients"),
    path("recipients/<uuid:pk>/<slug:what>/", gate_views.receipt, name="receipt"),
]
