"""Leaving a position on what the Board Chair decides."""

from django import forms
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST
from wagtail.admin import messages

from lpsa_wagtail import actions
from lpsa_wagtail.choices import Stance
from lpsa_wagtail.exceptions import NotAllowed
from lpsa_wagtail.models import Matter
from lpsa_wagtail.permissions import is_board_member, positions_seen_by, why_not_give_position


class PositionForm(forms.Form):
    stance = forms.ChoiceField(
        label=gettext_lazy("Your position"), choices=Stance.choices, widget=forms.RadioSelect
    )
    comment = forms.CharField(
        label=gettext_lazy("Comment"),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=2000,
        required=False,
        help_text=gettext_lazy("For who decides, and for the Board. With a concern, say why."),
    )


def positions_context(matter, user) -> dict:
    """What ``reviewing/positions.html`` shows: positions, one's own, and the form if one may."""
    mine = matter.positions.filter(person=user.pk).first() if is_board_member(user) else None
    initial = {"stance": mine.stance, "comment": mine.comment} if mine else None
    may = not why_not_give_position(user, matter)
    return {
        "positions": list(positions_seen_by(user, matter)),
        "position_form": PositionForm(initial=initial) if may else None,
        "position_url": reverse("lpsa_desk:position", args=[matter.pk]),
        "my_position": mine,
        "positions_until": matter.due_on,
    }


@require_POST
def give_position(request, matter_id):
    """Take what the form sent, and lead back to the page that asked."""
    matter = get_object_or_404(Matter, pk=matter_id)
    if not is_board_member(request.user):
        raise PermissionDenied
    form = PositionForm(request.POST)
    try:
        if form.is_valid():
            actions.give_position(actor=request.user, matter=matter, **form.cleaned_data)
            messages.success(request, _("Your position is noted. You may change it."))
        else:
            messages.error(request, _("Choose a position."))
    except NotAllowed as refusal:
        messages.error(request, str(refusal))
    return redirect("lpsa_desk:review", matter.pk)


def urlpatterns() -> list:
    return [path("<int:matter_id>/position/", give_position, name="position")]
