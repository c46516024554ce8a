"""Addresses of plans. Each group of pages keeps its own list; all names stand in the one namespace."""

from kept.plans import family_urls

app_name = "plans"
urlpatterns = [*family_urls.urlpatterns]
