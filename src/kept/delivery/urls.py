"""Addresses of the ledger of delivery."""

from django.urls import path

from kept.delivery import area_views, child_views, family_views, import_views, limit_views, school_views

app_name = "delivery"
urlpatterns = [
    path("", school_views.home, name="home"),
    path("week/", school_views.week, name="week"),
    path("school/", school_views.school, name="school"),
    path("mine/", school_views.mine, name="mine"),
    path("dates/", school_views.dates, name="dates"),
    path("import/", import_views.start, name="import"),
    path("import/<uuid:pk>/", import_views.check, name="import_check"),
    path("children/<uuid:pk>/", child_views.child, name="child"),
    path("children/<uuid:pk>/take-up/", child_views.take_up, name="take_up"),
    path("children/<uuid:pk>/week/", school_views.child_week, name="child_week"),
    path("children/<uuid:pk>/<slug:term>/", child_views.term, name="term"),
    path("children/<uuid:pk>/<slug:term>/catch-up/", child_views.catch_up, name="catch_up"),
    path("catch-up/<uuid:pk>/", child_views.give_catch_up, name="give_catch_up"),
    path("items/<uuid:pk>/session/", school_views.session, name="session"),
    path("items/<uuid:pk>/check/", child_views.check, name="check"),
    path("items/<uuid:pk>/deliverer/", child_views.assign, name="assign"),
    path("items/<uuid:pk>/<slug:half_term>/", child_views.rows, name="rows"),
    path("family/<uuid:pk>/", family_views.family, name="family"),
    path("family/<uuid:pk>/ask/", family_views.ask, name="ask"),
    path("differences/", area_views.differences, name="differences"),
    path("differences/<uuid:pk>/", area_views.difference, name="difference"),
    path("shortfalls/", area_views.shortfalls, name="shortfalls"),
    path("shortfalls/csv/", area_views.shortfalls_csv, name="shortfalls_csv"),
    path("services/", area_views.services, name="services"),
    path("services/children/", area_views.behind, name="behind"),
    path("services/<uuid:pk>/", area_views.staffed, name="staffed"),
    path("limits/", limit_views.index, name="limits"),
    path("limits/<slug:name>/", limit_views.change, name="limit"),
    path("nothing-recorded/", area_views.quiet, name="quiet"),
]
