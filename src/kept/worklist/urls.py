"""Addresses of the desks: lists of work, the team, the calendar and the law."""

from django.urls import path

from kept.worklist import calendar_views, giving_views, law_views, team_views, views

app_name = "worklist"
urlpatterns = [
    path("work/", views.my_work, name="my_work"),
    path("work/export.csv", views.export_mine, name="export_mine"),
    path("work/give/", giving_views.give, name="give"),
    path("work/given/<uuid:pk>/", giving_views.given, name="given"),
    path("work/<uuid:pk>/", views.duty, name="duty"),
    path("team/", team_views.team, name="team"),
    path("team/duties/", team_views.team_duties, name="team_duties"),
    path("team/duties/export.csv", team_views.export_team, name="export_team"),
    path("calendar/", calendar_views.month, name="calendar"),
    path("calendar/subscribe/", calendar_views.subscribe, name="subscribe"),
    path("calendar/subscribe/<uuid:pk>/stop/", calendar_views.stop, name="stop"),
    path("calendar/feed/<str:token>.ics", calendar_views.read_feed, name="feed"),
    path("law/", law_views.index, name="law"),
    path("law/readings/", law_views.points, name="points"),
    path("law/readings/<str:name>/", law_views.choose, name="choose_reading"),
    path("law/<str:name>/", law_views.clock, name="clock"),
]
