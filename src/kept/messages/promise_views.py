"""Pages: how soon families are answered and when they are emailed; and each person's own choice of emails."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from kept.access.acting import Refused
from kept.access.roles import Can
from kept.access.web import needs
from kept.messages import actions, emails, forms, promises


@needs(Can.SET_STANDARDS)
def standard(request: HttpRequest) -> HttpResponse:
    """Change the standard of reply; what was set before stays readable."""
    stands = actions.standard_of(request.actor)
    first = {
        "acknowledge_days": stands.acknowledge_days,
        "answer_days": stands.answer_days,
        "from_on": request.actor.today,
    }
    form = forms.StandardForm(request.POST if request.method == "POST" else None, initial=first)
    if request.method == "POST" and form.is_valid():
        try:
            promises.set_standard(by=request.actor, **form.cleaned_data)
        except Refused as problem:
            form.add_error(None, str(problem))
        else:
            messages.success(request, "Saved. Families see it on every page on which they write.")
            return redirect("messages:standard")
    words = {
        "form": form,
        "stands": stands,
        "rows": promises.standards(request.actor),
        "day": request.actor.today,
        "back_link": reverse("messages:speed"),
    }
    return render(request, "messages/standard.html", words)


@needs(Can.SET_STANDARDS)
def quiet(request: HttpRequest) -> HttpResponse:
    """Change the quiet hours; and see the emails that wait, failed or went."""
    hours = emails.quiet_hours(request.actor)
    first = {"begins": f"{hours.begins:%H:%M}", "ends": f"{hours.ends:%H:%M}", "sundays": hours.sundays}
    form = forms.QuietForm(request.POST if request.method == "POST" else None, initial=first)
    if request.method == "POST" and form.is_valid():
        try:
            promises.set_quiet_hours(by=request.actor, **form.cleaned_data)
        except Refused as problem:
            form.add_error(None, str(problem))
        else:
            messages.success(request, "Saved.")
            return redirect("messages:quiet")
    words = {"form": form, "emails": promises.emails_of_area(request.actor), "back_link": reverse("messages:speed")}
    return render(request, "messages/quiet.html", words)


@needs(Can.FOLLOW_OWN)
def my_emails(request: HttpRequest) -> HttpResponse:
    """Choose of what one is told by email."""
    choice = promises.my_choice(request.actor)
    first = {"messages": choice.messages, "delays": choice.delays}
    form = forms.EmailsForm(request.POST if request.method == "POST" else None, initial=first)
    if request.method == "POST" and form.is_valid():
        promises.choose_emails(by=request.actor, **form.cleaned_data)
        messages.success(request, "Your choice was saved.")
        return redirect("messages:my_emails")
    words = {"form": form, "hours": emails.quiet_hours(request.actor), "address": request.actor.user.email}
    return render(request, "messages/my_emails.html", words | {"back_link": reverse("family:home")})
