"""A person says what became of a message of which nobody knows whether it arrived."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from lpsa_wagtail.choices import DeliveryState
from lpsa_wagtail.exceptions import AlreadyDecided, NotAllowed
from lpsa_wagtail.models import Delivery
from lpsa_wagtail.permissions import sees_everything


@transaction.atomic
def resolve(*, actor, delivery, arrived: bool) -> None:
    """Settle an unknown delivery: it arrived, or it is to be sent again, with the same id.

    For the secretariat and superusers. Side effect: log entry. Raises ``NotAllowed``, or
    ``AlreadyDecided`` if it is not unknown any more.
    """
    if not sees_everything(actor):
        raise NotAllowed(_("Only the secretariat settles this."))
    now = timezone.now()
    unclear = Delivery.objects.unclear().filter(pk=delivery.pk)
    if arrived:
        changed = unclear.update(state=DeliveryState.SENT, lease_token="", finished_at=now)
    else:
        changed = unclear.update(
            state=DeliveryState.PENDING,
            lease_token="",
            data_started_at=None,
            finished_at=None,
            next_at=now,
        )
    if not changed:
        raise AlreadyDecided(_("What became of it is known by now."))
    log(
        instance=delivery,
        action="wagtail.edit",
        user=actor,
        title=f"{delivery._meta.verbose_name} {delivery.pk}",
        data={"arrived": arrived},
    )
