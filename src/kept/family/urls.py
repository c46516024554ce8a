"""Addresses of the family's page."""

from django.urls import path

from kept.family import staff_views, views

app_name = "family"
urlpatterns = [
    path("", views.home, name="home"),
    path("<uuid:pk>/", views.child, name="child"),
    path("<uuid:pk>/owed/", views.owed, name="owed"),
    path("<uuid:pk>/questions/", views.questions, name="questions"),
    path("<uuid:pk>/file/", views.own_file, name="file"),
    path("<uuid:pk>/letters/", views.letters, name="letters"),
    path("<uuid:pk>/letters/<uuid:letter>/", views.letter, name="letter"),
    path("<uuid:pk>/help/", views.help_page, name="help"),
    path("<uuid:pk>/ask/", views.ask, name="ask"),
    path("<uuid:pk>/write/", views.write, name="write"),
    path("<uuid:pk>/messages/", views.all_messages, name="messages"),
    path("<uuid:pk>/story/", views.story, name="story"),
    path("<uuid:pk>/story/share/", views.share, name="share"),
    path("<uuid:pk>/views/", views.views_of, name="views"),
    path("<uuid:pk>/views/add/", views.add_view, name="add_view"),
    path("<uuid:pk>/late/<uuid:duty>/", staff_views.late, name="late"),
    path("<uuid:pk>/write-down/", staff_views.write_down, name="write_down"),
    path("<uuid:pk>/copy/<uuid:thread>/", staff_views.copy, name="copy"),
]
