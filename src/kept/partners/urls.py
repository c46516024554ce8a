"""Addresses of the partners' desk."""

from django.urls import path

from kept.partners import link_views, school_views, settling, views

app_name = "partners"
urlpatterns = [
    path("", views.desk, name="desk"),
    path("requests/<uuid:pk>/", views.show, name="request"),
    path("requests/<uuid:pk>/accept/", views.accept, name="accept"),
    path("requests/<uuid:pk>/answer/", views.answer, name="answer"),
    path("requests/<uuid:pk>/hand-on/", views.hand_on, name="hand_on"),
    path("requests/<uuid:pk>/question/", views.question, name="question"),
    path("requests/<uuid:pk>/when/", views.when, name="when"),
    path("requests/<uuid:pk>/link/", views.link, name="link"),
    path("answer/<slug:area>/<str:token>/", link_views.by_link, name="by_link"),
    path("pupils/", school_views.pupils, name="pupils"),
    path("pupils/<uuid:pk>/request/", school_views.send_request, name="send_request"),
    path("tell/<slug:kind>/", school_views.tell, name="tell"),
    path("told/<uuid:pk>/", settling.told, name="told"),
]
