"""Pages that take a file from a provision-mapping tool: send it, look what it would do, then keep it."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from kept.access.acting import Refused
from kept.access.roles import Can
from kept.access.trails import showing_list
from kept.access.web import needs
from kept.delivery import importing
from kept.delivery.asking import setting_asked, show
from kept.delivery.models import Upload
from kept.rules.delivery.sheets import FIELDS


@needs(Can.RECORD_DELIVERY)
def start(request: HttpRequest) -> HttpResponse:
    """Send a file."""
    setting = setting_asked(request)
    problem = ""
    if request.method == "POST":
        sent = request.FILES.get("file")
        try:
            if sent is None or setting is None:
                raise Refused("Choose a file." if setting else "You work for no setting, so no file can be yours.")
            upload = importing.take_file(by=request.actor, setting=setting, name=sent.name or "file", data=sent.read())
        except Refused as refused:
            problem = str(refused)
        else:
            return redirect("delivery:import_check", upload.pk)
    words = {"setting": setting, "problem": problem, "fields": FIELDS, "back_link": reverse("delivery:home")}
    return show(request, "delivery/import.html", words, status=422 if problem else 200)


@needs(Can.RECORD_DELIVERY)
def check(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Look what a file would do, say which column means what, and keep it."""
    upload = Upload.objects.filter(area=request.actor.area, pk=pk).select_related("agency").first()
    if upload is None:
        raise Http404
    if request.method == "POST" and request.POST.get("do") == "use":
        try:
            number = importing.use(by=request.actor, upload=upload)
        except Refused as problem:
            messages.error(request, str(problem))
        else:
            messages.success(request, "1 record is kept." if number == 1 else f"{number:,} records are kept.")
            return redirect("delivery:home")
        return redirect("delivery:import_check", upload.pk)
    if request.method == "POST":
        headings = {name: request.POST.get(f"column_{name}", "") for name in FIELDS}
        names = zip(request.POST.getlist("name"), request.POST.getlist("means"), strict=False)
        importing.set_columns(by=request.actor, upload=upload, headings=headings, items=dict(names))
        return redirect("delivery:import_check", upload.pk)
    trial = importing.try_out(request.actor, upload)
    showing_list(request, trial.children, what="Records read from a file")
    words = {
        "upload": upload, "trial": trial, "fields": FIELDS, "most": importing.MOST_SHOWN,
        "back_link": reverse("delivery:import"),
    }  # fmt: skip
    return show(request, "delivery/import_check.html", words)
