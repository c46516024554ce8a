"""Addresses of the waiting lists."""

from django.urls import path

from kept.waiting import family_views, keeping_views, referral_views, standard_views, views

app_name = "waiting"
urlpatterns = [
    path("", views.home, name="home"),
    path("lists/<uuid:pk>/", views.waiting_list, name="list"),
    path("lists/<uuid:pk>/offer/", views.offer_next, name="offer_next"),
    path("referrals/<uuid:pk>/", referral_views.referral, name="referral"),
    path("referrals/<uuid:pk>/press/", views.press, name="press"),
    path("referrals/<uuid:pk>/pass-on/", referral_views.pass_on, name="pass_on"),
    path("referrals/<uuid:pk>/record/<slug:kind>/", referral_views.record, name="record"),
    path("events/<uuid:pk>/undo/", views.undo, name="undo"),
    path("refer/<uuid:pk>/", referral_views.refer, name="refer"),
    path("checks/", keeping_views.checks, name="checks"),
    path("checks/<uuid:pk>/answer/", keeping_views.answer, name="answer"),
    path("files/", keeping_views.bring_in, name="import"),
    path("set-up/", keeping_views.set_up, name="set_up"),
    path("set-up/add/<slug:what>/", keeping_views.add, name="add"),
    path("set-up/standards/<slug:key>/", standard_views.standard, name="standard"),
    path("set-up/<slug:what>/<uuid:pk>/", keeping_views.change, name="change"),
    path("of/<uuid:pk>/", family_views.wait_of, name="wait_of"),
]
