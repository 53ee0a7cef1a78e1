"""Deciding from a mail, without the admin.

Opening a link decides nothing. What is posted goes to an address without the token: Django writes
the address of what it refuses into its log. For the same reason, what is said about a link that
exists is said with status 200.
"""

import copy

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import NoReverseMatch, reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy as _
from django.views import View
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_protect
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from wagtail.admin.utils import get_user_display_name

from lpsa_wagtail import actions
from lpsa_wagtail.actions.links import ANOTHERS_SESSION, TooManyCodes, WrongCode
from lpsa_wagtail.exceptions import NotAllowed
from lpsa_wagtail.models import DecisionLink
from lpsa_wagtail.models.shell import context_of
from lpsa_wagtail.permissions import Bar, Review, obstacle_to

FOLDER = "lpsa_wagtail/deciding"
#: Scripts of this site only: one from elsewhere, such as a counter of visits, reads the address.
POLICY = (
    "script-src 'self'; connect-src 'self'; object-src 'none'; base-uri 'none'; "
    "form-action 'self'; frame-src 'self'; frame-ancestors 'none'"
)
#: The content is there to be looked at: no scripts, no forms, in no frame but ours.
CONTENT_POLICY = (
    "sandbox allow-same-origin allow-popups allow-popups-to-escape-sandbox; script-src 'none'; "
    "object-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'"
)


class DecideForm(forms.Form):
    """What the pages of a link post: a decision, and then the same again with the code."""

    action = forms.ChoiceField(choices=[("approve", _("Approve")), ("reject", _("Send back"))])
    comment = forms.CharField(required=False, max_length=4000)
    code = forms.CharField(required=False, max_length=20)
    step = forms.ChoiceField(required=False, choices=[("code", ""), ("again", "")])

    def clean_code(self):
        return "".join(self.cleaned_data["code"].split())

    def clean(self):
        said = super().clean()
        if said.get("action") == "reject" and "comment" in said and not said["comment"]:
            self.add_error("comment", _("Say what should be changed."))
        return said


@method_decorator(never_cache, name="dispatch")
class LinkView(View):
    """What an address with a token answers. Reading it changes nothing."""

    http_method_names = ["get", "head", "options"]

    def get(self, request, token):
        link = DecisionLink.objects.of_token(token)
        if link is None:
            return no_such_link(request)
        review = Review(matter=link.matter, user=link.user)
        return closed(request, link, review) or self.answer(request, link, review)


class OpenView(LinkView):
    def answer(self, request, link, review):
        return question(request, link, review, DecideForm())


class ContentView(LinkView):
    """The content as visitors will see it, whoever is signed in here."""

    def answer(self, request, link, review):
        if review.task_state is None:  # a change of a group's state
            return no_such_link(request)
        mode = review.content.default_preview_mode
        response = review.content.make_preview_request(without_cookies(request), mode)
        response.cookies.clear()  # a token against forgery made in there would replace ours
        return guarded(response, CONTENT_POLICY, frames="SAMEORIGIN", referrer="no-referrer")


@never_cache
@sensitive_variables("said")
@sensitive_post_parameters("token", "code", "comment")
@csrf_protect
def decide(request):
    """Decide; where nobody is signed in, send a code first, and decide with it. Only by POST."""
    link = DecisionLink.objects.of_token(request.POST.get("token", ""))
    if link is None:
        return no_such_link(request)
    review, form = Review(matter=link.matter, user=link.user), DecideForm(request.POST)
    if answer := closed(request, link, review):
        return answer
    if not form.is_valid():
        return question(request, link, review, form)
    actor, said = person_of(request), form.cleaned_data
    decision = {"action": said["action"], "comment": said["comment"], "code": said["code"]}
    try:
        if actor or said["step"] == "code":
            actions.decide_by_link(actor=actor, link=link, **decision)
            return redirect(f"{reverse('lpsa_wagtail:decide', args=[link.token])}?done")
        actions.send_code(actor=actor, link=link, action=said["action"])
    except (WrongCode, TooManyCodes) as problem:
        return code_page(request, link, form, problem)
    except NotAllowed as refusal:
        return answer_with(request, "closed", link, sentence=refusal, admin=True)
    return code_page(request, link, form)


def person_of(request):
    """The account of whose session it is, or None."""
    user = getattr(request, "user", None)
    return user if user and user.is_authenticated else None


def without_cookies(request):
    """The request as a visitor would send it."""
    bare = copy.copy(request)
    ours = ("HTTP_COOKIE", "HTTP_AUTHORIZATION")
    bare.META = {name: value for name, value in request.META.items() if name not in ours}
    return bare


# The pages.


def closed(request, link, review):
    """The page that says what is in the way, or None. It says nothing of the content."""
    found, person = obstacle_to(link, review), person_of(request)
    if found:
        done = found.bar == Bar.USED and "done" in request.GET
        admin = found.bar in (Bar.CHANGED, Bar.EXPIRED)
        return answer_with(request, "closed", link, sentence=found.sentence, done=done, admin=admin)
    if person and person.pk != link.user_id:
        return answer_with(request, "closed", link, sentence=ANOTHERS_SESSION)
    return None


def question(request, link, review, form):
    submitter, mine = review.submitted_by, person_of(request) is not None
    submitted_by = submitter and get_user_display_name(submitter)
    about = {"review": review, "submitted_by": submitted_by, "mine": mine}
    return answer_with(request, "question", link, form=form, admin=True, **about)


def code_page(request, link, form, problem=None):
    return answer_with(request, "code", link, form=form, problem=problem, admin=True)


def no_such_link(request):
    return answer_with(request, "unknown", status=404)


def answer_with(request, name, link=None, *, status=200, admin=False, **context) -> HttpResponse:
    context |= {
        **context_of(request),
        "link": link,
        "matter": link and link.matter,
        "in_admin": in_admin(link.matter) if admin else "",
    }
    response = TemplateResponse(request, f"{FOLDER}/{name}.html", context, status=status)
    return guarded(response, POLICY, frames="DENY", referrer="strict-origin")


def in_admin(matter) -> str:
    """Where it is decided in the admin; "" where the admin is not part of this process."""
    try:
        return reverse("lpsa_desk:review", args=[matter.pk])
    except NoReverseMatch:
        return ""


def guarded(response, policy, *, frames, referrer) -> HttpResponse:
    """Keep the address to this site. (Without any referrer, browsers hide where a form is from.)"""
    response["Content-Security-Policy"] = policy
    response["X-Frame-Options"] = frames
    response["Referrer-Policy"] = referrer
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response
