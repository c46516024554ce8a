"""Addresses of copies, corrections and rights that pass on."""

from django.urls import path

from kept.subject_access import views

app_name = "subject_access"
urlpatterns = [
    path("copies/", views.copies, name="copies"),
    path("children/<uuid:pk>/copy/", views.ask, name="ask"),
    path("copies/<uuid:pk>/", views.copy, name="copy"),
    path("copies/<uuid:pk>/pdf/", views.copy_pdf, name="copy_pdf"),
    path("copies/<uuid:pk>/json/", views.copy_json, name="copy_json"),
    path("copies/<uuid:pk>/check/", views.check, name="check"),
    path("copies/<uuid:pk>/check/<slug:table>/<uuid:row>/<slug:field>/", views.decide_text, name="decide_text"),
    path("children/<uuid:pk>/corrections/", views.corrections, name="corrections"),
    path("children/<uuid:pk>/corrections/<slug:table>/<uuid:row>/", views.dispute, name="dispute"),
    path("corrections/<uuid:pk>/decide/", views.decide, name="decide"),
    path("children/<uuid:pk>/passing-on/", views.passing, name="passing"),
]
