"""Addresses of the desk: for editors, and for providers their own entries."""

from django.urls import path

from kept.offer import comment_views, desk_views, keeping_views, wording_views

app_name = "desk"
urlpatterns = [
    path("", desk_views.home, name="home"),
    path("entries/", desk_views.mine, name="mine"),
    path("entries/add/", desk_views.add, name="add"),
    path("entries/<uuid:pk>/", desk_views.edit, name="edit"),
    path("entries/<uuid:pk>/still-right/", desk_views.still_right, name="still_right"),
    path("entries/<uuid:pk>/take-out/", desk_views.take_out, name="take_out"),
    path("entries/<uuid:pk>/history/", desk_views.history, name="history"),
    path("entries/<uuid:pk>/history/<uuid:version>/", desk_views.go_back, name="go_back"),
    path("proposals/<uuid:pk>/", desk_views.proposal, name="proposal"),
    path("comments/", comment_views.listing, name="comments"),
    path("comments/write-down/", keeping_views.write_down, name="write_down"),
    path("comments/<uuid:pk>/", comment_views.show, name="comment"),
    path("coverage/", desk_views.coverage, name="coverage"),
    path("gaps/", desk_views.gaps, name="gaps"),
    path("import/", desk_views.import_file, name="import"),
    path("organisations/", keeping_views.organisations, name="organisations"),
    path("organisations/add/", keeping_views.organisation, name="add_organisation"),
    path("organisations/<uuid:pk>/", keeping_views.organisation, name="organisation"),
    path("places/", keeping_views.locations, name="locations"),
    path("places/add/", keeping_views.location, name="add_location"),
    path("places/<uuid:pk>/", keeping_views.location, name="location"),
    path("guidance/", keeping_views.guidance, name="guidance"),
    path("guidance/add/", keeping_views.guidance_page, name="add_guidance"),
    path("guidance/<uuid:pk>/", keeping_views.guidance_page, name="guidance_page"),
    path("<slug:kind>/<uuid:pk>/history/", wording_views.history, name="kept_history"),
    path("<slug:kind>/<uuid:pk>/history/<uuid:wording>/", wording_views.go_back, name="kept_go_back"),
    path("words/", keeping_views.words, name="words"),
    path("words/add/", keeping_views.word, name="add_word"),
    path("words/<uuid:pk>/", keeping_views.word, name="word"),
    path("samples/<uuid:pk>/", keeping_views.sample, name="sample"),
    path("consulted/", keeping_views.consulted, name="consulted"),
    path("postcodes/", keeping_views.postcodes, name="postcodes"),
]
