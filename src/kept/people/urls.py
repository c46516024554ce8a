"""Addresses of children and families."""

from django.urls import path

from kept.people import family_views, views

app_name = "people"
urlpatterns = [
    path("", views.find, name="find"),
    path("add/", views.add, name="add"),
    path("<uuid:pk>/", views.child, name="child"),
    path("<uuid:pk>/added/", views.added, name="added"),
    path("<uuid:pk>/history/", views.history, name="history"),
    path("<uuid:pk>/name/", views.name, name="name"),
    path("<uuid:pk>/details/", views.details, name="details"),
    path("<uuid:pk>/numbers/add/", views.add_number, name="add_number"),
    path("<uuid:pk>/numbers/<uuid:number>/end/", views.end_number, name="end_number"),
    path("<uuid:pk>/address/", views.address, name="address"),
    path("<uuid:pk>/needs/", views.needs, name="needs"),
    path("<uuid:pk>/settings/add/", views.setting, name="setting"),
    path("<uuid:pk>/settings/<uuid:enrolment>/leave/", views.leave, name="leave"),
    path("<uuid:pk>/family/add/", family_views.add_carer, name="add_carer"),
    path("<uuid:pk>/family/<uuid:link>/", family_views.change_link, name="change_link"),
    path("<uuid:pk>/family/<uuid:link>/contact/", family_views.contact, name="contact"),
    path("<uuid:pk>/family/<uuid:link>/end/", family_views.end_link, name="end_link"),
]
