"""Addresses of cases and panels."""

from django.urls import path

from kept.cases import excepting, opening, panel_views, recording, views

app_name = "cases"
urlpatterns = [
    path("cases/", views.case_list, name="list"),
    path("cases/export.csv", views.export, name="export"),
    path("cases/new/", opening.new, name="new"),
    path("cases/new/<uuid:child>/", opening.begin, name="begin"),
    path("cases/<uuid:pk>/", views.detail, name="detail"),
    path("cases/<uuid:pk>/record/", views.anything, name="anything"),
    path("cases/<uuid:pk>/record/<slug:kind>/", recording.record, name="record"),
    path("cases/<uuid:pk>/entries/<uuid:event>/correct/", recording.correct, name="correct"),
    path("cases/<uuid:pk>/entries/<uuid:event>/withdraw/", recording.withdraw, name="withdraw"),
    path("cases/<uuid:pk>/advice/", recording.ask_advice, name="ask_advice"),
    path("cases/<uuid:pk>/people/", recording.assign, name="assign"),
    path("cases/<uuid:pk>/exceptions/", excepting.exceptions, name="exceptions"),
    path("cases/<uuid:pk>/exceptions/<str:clock>/<str:name>/", excepting.exception, name="exception"),
    path("cases/<uuid:pk>/panel/", panel_views.put_on_panel, name="put_on_panel"),
    path("panel/", panel_views.panel, name="panel"),
    path("panel/<uuid:pk>/", panel_views.panel_item, name="panel_item"),
    path("panel/<uuid:pk>/off/", panel_views.take_off, name="take_off"),
]
