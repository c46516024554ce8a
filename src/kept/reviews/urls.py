"""Addresses of the annual reviews."""

from django.urls import path

from kept.reviews import planning_views, views

app_name = "reviews"
urlpatterns = [
    path("", planning_views.home, name="home"),
    path("year/", planning_views.year, name="year"),
    path("figures/", planning_views.figures, name="figures"),
    path("figures/<slug:key>/", planning_views.behind, name="behind"),
    path("schools/<uuid:pk>/", planning_views.school, name="school"),
    path("transfers/<int:year>/", planning_views.transfers, name="transfers"),
    path("children/<uuid:pk>/", planning_views.of_child, name="of_child"),
    path("plan/<uuid:pk>/", planning_views.plan, name="plan"),
    path("early/<uuid:pk>/", planning_views.early, name="early"),
    path("early/<uuid:pk>/answer/", planning_views.answer, name="answer"),
    path("papers/<uuid:pk>/", views.paper, name="paper"),
    path("<uuid:pk>/", views.show, name="show"),
    path("<uuid:pk>/move/", views.move, name="move"),
    path("<uuid:pk>/cancel/", views.cancel, name="cancel"),
    path("<uuid:pk>/people/", views.people, name="people"),
    path("<uuid:pk>/people/letters/", views.letters, name="letters"),
    path("<uuid:pk>/people/<uuid:invitee>/remove/", views.remove, name="remove"),
    path("<uuid:pk>/write/<slug:topic>/", views.write, name="write"),
    path("<uuid:pk>/papers/", views.pack, name="pack"),
    path("<uuid:pk>/papers/send/", views.circulate, name="circulate"),
    path("<uuid:pk>/held/", views.held, name="held"),
    path("<uuid:pk>/judge/", views.judge, name="judge"),
    path("<uuid:pk>/entry/", views.entry, name="entry"),
    path("<uuid:pk>/measure/", views.measure, name="measure"),
    path("<uuid:pk>/report/", views.report, name="report"),
    path("<uuid:pk>/decide/", views.decide, name="decide"),
    path("<uuid:pk>/afterwards/", views.feedback, name="feedback"),
]
