"""Addresses of administration and of invitations."""

from django.urls import path

from kept.administration import joining, providers, retention_views, views, visit_views

app_name = "administration"
urlpatterns = [
    path("join/<str:token>/", joining.join, name="join"),
    path("administration/", views.people, name="people"),
    path("administration/people/<uuid:pk>/", views.person, name="person"),
    path("administration/people/<uuid:pk>/role/", views.give_role, name="give_role"),
    path("administration/people/<uuid:pk>/role/<uuid:role>/end/", views.end_role, name="end_role"),
    path("administration/people/<uuid:pk>/second-step/", views.reset_second_step, name="reset_second_step"),
    path("administration/people/<uuid:pk>/leaving/", views.leaver, name="leaver"),
    path("administration/invitations/", joining.invitation_list, name="invitations"),
    path("administration/invitations/new/", joining.invite_staff, name="invite"),
    path("administration/invitations/<uuid:pk>/withdraw/", joining.take_back, name="withdraw"),
    path("administration/review/", views.review, name="review"),
    path("administration/review/confirm/", views.confirm, name="confirm"),
    path("administration/agencies/", views.agency_list, name="agencies"),
    path("administration/agencies/new/", views.agency, name="new_agency"),
    path("administration/agencies/<uuid:pk>/", views.agency, name="agency"),
    path("administration/teams/new/", views.team, name="new_team"),
    path("administration/teams/<uuid:pk>/", views.team, name="team"),
    path("visits/", visit_views.visit_list, name="visits"),
    path("visits/new/", visit_views.new_visit, name="new_visit"),
    path("visits/mine/", visit_views.my_visits, name="my_visits"),
    path("visits/<uuid:pk>/", visit_views.visit, name="visit"),
    path("visits/<uuid:pk>/change/", visit_views.change_visit, name="change_visit"),
    path("visits/<uuid:pk>/children/add/", visit_views.add_child, name="add_visit_child"),
    path("visits/<uuid:pk>/children/<uuid:child>/out/", visit_views.take_out, name="take_out"),
    path("visits/<uuid:pk>/end/", visit_views.end_visit, name="end_visit"),
    path("retention/", retention_views.due, name="retention"),
    path("retention/periods/", retention_views.periods_page, name="retention_periods"),
    path("retention/<uuid:pk>/", retention_views.review, name="retention_review"),
    path("invite/<uuid:child>/carer/<uuid:carer>/", joining.invite_carer, name="invite_carer"),
    path("invite/<uuid:child>/young-person/", joining.invite_young_person, name="invite_young_person"),
    path("invite/provider/<uuid:pk>/", providers.invite_provider_page, name="invite_provider"),
    path("invite/<uuid:child>/advocate/", joining.invite_advocate, name="invite_advocate"),
]
