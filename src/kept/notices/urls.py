"""Addresses of notices, the post list, the letterhead and the templates."""

from django.urls import path

from kept.notices import office_views, views

app_name = "notices"
urlpatterns = [
    path("cases/<uuid:pk>/notices/", views.of_case, name="case"),
    path("cases/<uuid:pk>/notices/start/", views.start, name="start"),
    path("notices/", views.all_notices, name="all"),
    path("notices/post/", office_views.post_list, name="post"),
    path("notices/post/letters.pdf", office_views.post_file, {"form": "pdf"}, name="post_pdf"),
    path("notices/post/addresses.csv", office_views.post_file, {"form": "csv"}, name="post_csv"),
    path("notices/letterhead/", office_views.letterhead, name="letterhead"),
    path("notices/templates/", office_views.templates, name="templates"),
    path("notices/templates/<str:key>/<str:look>/", office_views.wording, name="wording"),
    path("notices/<uuid:pk>/", views.notice, name="notice"),
    path("notices/<uuid:pk>/who/", views.recipient, name="add_recipient"),
    path("notices/<uuid:pk>/who/<uuid:who>/", views.recipient, name="recipient"),
    path("notices/<uuid:pk>/enclose/", views.enclose, name="enclose"),
    path("notices/<uuid:pk>/send/", views.send, name="send"),
    path("notices/<uuid:pk>/letter/<uuid:who>/", views.letter, {"form": "page"}, name="letter"),
    path("notices/<uuid:pk>/letter/<uuid:who>/letter.pdf", views.letter, {"form": "pdf"}, name="letter_pdf"),
    path("notices/<uuid:pk>/letter/<uuid:who>/letter.docx", views.letter, {"form": "word"}, name="letter_word"),
    path("notices/sent/<uuid:pk>/", views.sent, {"form": "page"}, name="sent"),
    path("notices/sent/<uuid:pk>/letter.pdf", views.sent, {"form": "pdf"}, name="sent_pdf"),
    path("notices/sent/<uuid:pk>/back/", views.came_back, name="came_back"),
]
