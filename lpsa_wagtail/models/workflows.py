"""The Board's stage in Wagtail's workflows."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import AbstractGroupApprovalTask


class AdvisoryBoardApprovalTask(AbstractGroupApprovalTask):
    """Approval by the Advisory Board, or by its Chair where the Chair decides.

    Who may decide on what is asked of ``permissions``; deciding itself is the verb ``decide``.
    """

    approvals_needed = models.PositiveSmallIntegerField(
        _("approvals needed"),
        default=1,
        validators=[MinValueValidator(1), MaxValueValidator(50)],
        help_text=_(
            "How many members must approve the same content. One who asks for changes sends it "
            "back. What the Chair decides needs one approval, whatever this says."
        ),
    )
    days_to_decide = models.PositiveSmallIntegerField(
        _("days to decide"),
        default=7,
        validators=[MinValueValidator(1), MaxValueValidator(365)],
        help_text=_("Sets the due date. Afterwards a deputy may decide what the Chair decides."),
    )
    remind_days_before = models.PositiveSmallIntegerField(
        _("remind days before"),
        default=2,
        validators=[MaxValueValidator(365)],
        help_text=_("Who can decide is reminded by mail this many days before the due date."),
    )

    admin_form_fields = [
        *AbstractGroupApprovalTask.admin_form_fields,
        *("approvals_needed", "days_to_decide", "remind_days_before"),
    ]

    class Meta:
        verbose_name = _("Advisory Board approval task")
        verbose_name_plural = _("Advisory Board approval tasks")

    def start(self, workflow_state, user=None):
        """Wait for the Board, or for the first earlier stage that saw other content than this."""
        from lpsa_wagtail.actions import reopen_stages

        earlier = reopen_stages(actor=user, workflow_state=workflow_state, task=self)
        if earlier:
            return earlier.specific.start(workflow_state, user=user)
        return super().start(workflow_state, user=user)

    def deactivate(self, user=None):
        """Disable the stage. What waits at it goes on waiting; nothing is published for that."""
        self.active = False
        self.save()

    def user_can_access_editor(self, obj, user):
        from lpsa_wagtail.permissions import sits_at

        return sits_at(user, self)

    def locked_for_user(self, obj, user):
        from lpsa_wagtail.permissions import sits_at

        return not sits_at(user, self)

    def get_actions(self, obj, user):
        from lpsa_wagtail.permissions import why_not_decide

        if why_not_decide(user=user, page=obj, task=self):
            return []
        return [
            ("reject", _("Request changes"), True),
            ("approve", _("Approve"), False),
            ("approve", _("Approve with comment"), True),
        ]

    def get_task_states_user_can_moderate(self, user, **kwargs):
        from lpsa_wagtail.permissions import task_states_to_decide

        return task_states_to_decide(user=user, task=self)

    def on_action(self, task_state, user, action_name, /, comment="", **kwargs):
        """Decide. Everything but the action and the comment in ``kwargs`` is ignored."""
        from lpsa_wagtail.actions import decide

        said = comment if isinstance(comment, str) else ""
        decide(actor=user, task_state=task_state, action=action_name, comment=said)

    @classmethod
    def get_description(cls):
        return _(
            "Members of the chosen groups approve. Nobody approves what they wrote or submitted; "
            "establishing a group is for the Advisory Board Chair."
        )
