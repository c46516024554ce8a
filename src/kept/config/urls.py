"""Every address of the product."""

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("kept.access.urls")),
    path("", include("kept.cases.urls")),
    path("people/", include("kept.people.urls")),
    path("records/", include("kept.access.record_urls")),
    path("design/", include("kept.design.urls")),
]

handler400 = "kept.config.errors.bad_request"
handler403 = "kept.config.errors.forbidden"
handler404 = "kept.config.errors.not_found"
handler500 = "kept.config.errors.server_error"
