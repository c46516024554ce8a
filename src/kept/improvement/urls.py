"""Addresses of the improvement programmes."""

from django.urls import path

from kept.improvement import meeting_views, money_views, pack_views, public_views, views

app_name = "improvement"
urlpatterns = [
    path("", views.home, name="home"),
    path("start/", views.start, name="start"),
    path("examples/<slug:place>/", public_views.example, name="example"),
    path("public/<slug:area>/", public_views.promised, name="promised"),
    path("<uuid:pk>/", views.programme, name="programme"),
    path("<uuid:pk>/add/", views.add, name="add"),
    path("<uuid:pk>/challenge/", views.challenge, name="challenge"),
    path("<uuid:pk>/officers/", money_views.officers, name="officers"),
    path("<uuid:pk>/publish/", money_views.publish, name="publish"),
    path("<uuid:pk>/invest/", money_views.invest, name="invest"),
    path("investments/<uuid:pk>/", money_views.realised, name="realised"),
    path("challenges/<uuid:pk>/reply/", views.reply, name="reply"),
    path("challenges/<uuid:pk>/resolve/", views.resolve, name="resolve"),
    path("<uuid:pk>/freeze/", pack_views.freeze, name="freeze"),
    path("<uuid:pk>/call/", meeting_views.call, name="call"),
    path("meetings/<uuid:pk>/", meeting_views.meeting, name="meeting"),
    path("meetings/<uuid:pk>/minutes/", meeting_views.minutes, name="minutes"),
    path("meetings/<uuid:pk>/note/", meeting_views.note, name="note"),
    path("decisions/<uuid:pk>/done/", meeting_views.done, name="done"),
    path("packs/<uuid:pk>/", pack_views.pack, name="pack"),
    path("findings/<uuid:pk>/", views.finding, name="finding"),
    path("findings/<uuid:pk>/<slug:what>/", views.record, name="record"),
]
