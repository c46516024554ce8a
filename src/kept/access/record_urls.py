"""Addresses of the trails, of who may see a child, and of emergencies."""

from django.urls import path

from kept.access import records_views, sharing_views

app_name = "records"
urlpatterns = [
    path("roles/", records_views.roles, name="roles"),
    path("trails/", records_views.trails, name="trails"),
    path("trails/<slug:name>/", records_views.trail, name="trail"),
    path("trails/<slug:name>/csv/", records_views.trail_csv, name="trail_csv"),
    path("emergencies/", records_views.emergencies, name="emergencies"),
    path("emergency/", sharing_views.emergency, name="emergency"),
    path("children/<uuid:pk>/who-looked/", records_views.who_looked, name="who_looked"),
    path("children/<uuid:pk>/who-looked/csv/", records_views.who_looked_csv, name="who_looked_csv"),
    path("children/<uuid:pk>/sharing/", sharing_views.sharing, name="sharing"),
    path("children/<uuid:pk>/sharing/add/", sharing_views.involve, name="involve"),
    path("children/<uuid:pk>/sharing/<uuid:grant>/end/", sharing_views.end, name="end_sharing"),
]
