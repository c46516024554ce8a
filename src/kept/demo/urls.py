"""Addresses of the demonstration; `kept.config.urls` has them only where the settings say that this is one."""

from django.urls import path

from kept.demo import sign_in

app_name = "demo"
urlpatterns = [
    path("demo/", sign_in.show, name="sign_in"),
    path("demo/sign-in/", sign_in.sign_in, name="enter"),
    path("demo/figures/", sign_in.figures, name="figures"),
]
