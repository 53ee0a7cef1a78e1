"""The page on which somebody accepts or declines a role. Opening it changes nothing."""

from django.contrib.auth.tokens import default_token_generator
from django.http import HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.encoding import force_bytes
from django.utils.http import urlencode, urlsafe_base64_encode
from django.utils.translation import gettext as _
from django.views import View
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from wagtail.admin.views.account import password_reset_enabled

from lpsa_wagtail import actions
from lpsa_wagtail.choices import DRAFTING_ROLES
from lpsa_wagtail.exceptions import LogInFirst, NotAllowed
from lpsa_wagtail.models import Member
from lpsa_wagtail.models.shell import context_of
from lpsa_wagtail.permissions import invitation_of, inviter_of, why_not_answer

#: Django writes the address of what is refused into its log, so links that still work get 200.
NOT_OURS, OVER = 404, 410


@method_decorator(never_cache, "dispatch")
@method_decorator(
    csrf_exempt, "dispatch"
)  # the link is the proof, and browsers hide whence it came
class InvitationView(View):
    """Shows an invitation, and takes the answer. Who has the link is the person invited."""

    http_method_names = ["get", "head", "post"]

    def dispatch(self, request, *args, **kwargs):
        response = super().dispatch(request, *args, **kwargs)
        response.headers["Referrer-Policy"] = "no-referrer"
        response.headers["X-Robots-Tag"] = "noindex, nofollow"
        return response

    def get(self, request, token):
        invitation = invitation_of(token)
        if invitation is None:
            return self.say(_("This link is not valid. Use it as it stands in the mail."), NOT_OURS)
        if why_not := why_not_answer(invitation):
            needs = needs_password(invitation)
            return self.say(why_not, 200 if needs else OVER, needs_password=needs)
        return self.show(invitation)

    def post(self, request, token):
        invitation = invitation_of(token)
        answer = request.POST.get("answer")
        if invitation and answer == "password" and needs_password(invitation):
            return to_password(invitation.membership.member.user)
        if invitation is None or why_not_answer(invitation):
            return self.get(request, token)
        try:
            return self.note(invitation, answer)
        except LogInFirst as refusal:
            login = reverse("wagtailadmin_login")
            url = f"{login}?{urlencode({'next': request.path})}"
            return self.show(invitation, refusal=refusal, login_url=url)
        except NotAllowed as refusal:
            return self.say(str(refusal), OVER)

    def note(self, invitation, answer):
        user = self.request.user if self.request.user.is_authenticated else None
        if answer == "decline":
            actions.decline_invitation(actor=user, invitation=invitation)
            return self.say(_("You declined. Nothing is shown of you, and no right was given."))
        if answer != "accept":
            return self.show(invitation)
        actions.accept_invitation(actor=user, invitation=invitation)
        accepted = invitation_of(self.kwargs["token"])
        if needs_password(accepted):
            return to_password(accepted.membership.member.user)
        return self.say(_("Thank you. You accepted the role."), invitation=accepted)

    def show(self, invitation, **context):
        membership = invitation.membership
        drafts = membership.role in DRAFTING_ROLES
        return self.answer(
            200,
            invitation=invitation,
            membership=membership,
            group=membership.group.page,
            inviter=inviter_of(invitation),
            drafts=drafts,
            shown=drafts or (membership.public and membership.member.in_directory),
            gets_account=drafts and membership.member.user is None,
            **context,
        )

    def say(self, sentence, status=200, **context):
        """A sentence and nothing else of the invitation."""
        return self.answer(status, sentence=sentence, **context)

    def answer(self, status, **context):
        template = "lpsa_wagtail/invitation.html"
        context = {**context_of(self.request), **context}
        return TemplateResponse(self.request, template, context, status=status)


def needs_password(invitation) -> bool:
    """True if an account was opened by accepting, and nobody chose a password for it in time."""
    if not (invitation.accepted_at and invitation.expires_at > timezone.now()):
        return False
    member = Member.objects.select_related("user").get(pk=invitation.membership.member_id)
    account = member.user
    if account is None or not account.is_active or account.last_login is not None:
        return False
    return not account.has_usable_password() and password_reset_enabled()


def to_password(user) -> HttpResponseRedirect:
    """To Wagtail's page for choosing a password, with a token of its own."""
    names = {
        "uidb64": urlsafe_base64_encode(force_bytes(user.pk)),
        "token": default_token_generator.make_token(user),
    }
    response = HttpResponseRedirect(reverse("wagtailadmin_password_reset_confirm", kwargs=names))
    response.status_code = 303
    return response
