"""Every address of the product."""

from django.conf import settings
from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("kept.access.urls")),
    path("", include("kept.access.sign_in_urls")),
    path("", include("kept.cases.urls")),
    path("", include("kept.worklist.urls")),
    path("", include("kept.notices.urls")),
    path("messages/", include("kept.messages.urls")),
    path("partners/", include("kept.partners.urls")),
    path("documents/", include("kept.documents.urls")),
    path("whereabouts/", include("kept.whereabouts.urls")),
    path("handover/", include("kept.handover.urls")),
    path("delivery/", include("kept.delivery.urls")),
    path("family/", include("kept.family.urls")),
    path("", include("kept.administration.urls")),
    path("people/", include("kept.people.urls")),
    path("measures/", include("kept.measures.urls")),
    path("improvement/", include("kept.improvement.urls")),
    path("records/", include("kept.access.record_urls")),
    path("waiting/", include("kept.waiting.urls")),
    path("forecasts/", include("kept.forecasts.urls")),
    path("local-offer/", include("kept.offer.urls")),
    path("offer/", include("kept.offer.desk_urls")),
    path("rights/", include("kept.subject_access.urls")),
    path("plans/", include("kept.plans.urls")),
    path("reviews/", include("kept.reviews.urls")),
    path("audits/", include("kept.quality.urls")),
]

if settings.DEMO or settings.TEST:  # the gallery of components is for those who build pages
    urlpatterns.append(path("design/", include("kept.design.urls")))

if settings.DEMO:  # one-click sign-in, only ever in the demonstration
    urlpatterns.append(path("", include("kept.demo.urls")))

handler400 = "kept.config.errors.bad_request"
handler403 = "kept.config.errors.forbidden"
handler404 = "kept.config.errors.not_found"
handler500 = "kept.config.errors.server_error"
