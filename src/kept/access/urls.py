"""Addresses for signing in and out, of the account, and of the plain public pages."""

from django.urls import path

from kept.access import views

app_name = "access"
urlpatterns = [
    path("", views.home, name="home"),
    path("first-run/", views.set_up, name="first_run"),
    path("sign-in/", views.sign_in, name="sign_in"),
    path("sign-in/link/<str:token>/", views.sign_in_by_link, name="sign_in_by_link"),
    path("sign-out/", views.sign_out, name="sign_out"),
    path("sign-out/everywhere/", views.sign_out_everywhere, name="sign_out_everywhere"),
    path("everything/", views.everything, name="everything"),
    path("area/", views.choose_area, name="choose_area"),
    path("account/", views.account, name="account"),
    path("accessibility/", views.accessibility, name="accessibility"),
    path("privacy/", views.privacy, name="privacy"),
    path("help/", views.help_page, name="help"),
]
