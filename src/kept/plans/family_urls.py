"""Addresses of plans with families: the draft and what is said on it, the answers, the advice, what is promised."""

from django.urls import path

from kept.plans import advice_views, answer_views, family_views, promised_views

urlpatterns = [
    path("children/<uuid:pk>/draft/", family_views.draft_of, name="draft_of"),
    path("children/<uuid:pk>/promised/", promised_views.promised, name="promised"),
    path("children/<uuid:pk>/outcomes/", promised_views.outcomes_of, name="outcomes_of"),
    path("drafts/<uuid:pk>/", family_views.draft, name="draft"),
    path("drafts/<uuid:pk>/parts/<str:section>/", family_views.draft_section, name="draft_section"),
    path("drafts/<uuid:pk>/point/", family_views.point, name="point"),
    path("drafts/<uuid:pk>/send/", family_views.send, name="send_points"),
    path("drafts/<uuid:pk>/ask/<str:kind>/", family_views.ask, name="ask"),
    path("points/<uuid:pk>/undo/", family_views.undo_point, name="undo_point"),
    path("points/<uuid:pk>/answer/", answer_views.answer_point, name="answer_point"),
    path("versions/<uuid:pk>/points/", answer_views.points, name="points"),
    path("versions/<uuid:pk>/points/write/", answer_views.write_point, name="write_point"),
    path("versions/<uuid:pk>/answers/", answer_views.answers, name="answers"),
    path("versions/<uuid:pk>/changes/", answer_views.changes, name="changes"),
    path("versions/<uuid:pk>/advice-used/", advice_views.advice_used, name="advice_used"),
    path("versions/<uuid:pk>/advice/", advice_views.advice_list, name="advice_in"),
    path("versions/<uuid:pk>/advice/papers/<uuid:paper>/", advice_views.paper_looked, name="paper_looked"),
    path("versions/<uuid:pk>/advice/<uuid:row>/", advice_views.recommendation, name="recommendation"),
]
