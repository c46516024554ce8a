"""Addresses of administration and of invitations."""

from django.urls import path

from kept.administration import joining, providers, views

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
    path("invite/<uuid:child>/carer/<uuid:carer>/", joining.invite_carer, name="invite_carer"),
    path("invite/<uuid:child>/young-person/", joining.invite_young_person, name="invite_young_person"),
    path("invite/provider/<uuid:pk>/", providers.invite_provider_page, name="invite_provider"),
    path("invite/<uuid:child>/advocate/", joining.invite_advocate, name="invite_advocate"),
]
