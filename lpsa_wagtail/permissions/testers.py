"""The answers Wagtail gets when it asks what a user may do with a page of ours."""

from wagtail.models import PagePermissionTester

from lpsa_wagtail.permissions.gate import deciding_page
from lpsa_wagtail.permissions.proposing import proposes
from lpsa_wagtail.permissions.roles import has_ended, is_secretariat, lapsed_rights_groups


class DatedTester(PagePermissionTester):
    """Rights of the moment: what a group's rights group gives counts only with a current role.

    Wagtail's rows are a copy that may lag behind; the dated roles are asked at each request.
    """

    def __init__(self, user, page):
        super().__init__(user, page)
        if user.is_active and not user.is_superuser and self.permissions:
            self.permissions = self._permissions_today()

    def _permissions_today(self) -> set[str]:
        lapsed = lapsed_rights_groups(self.user)
        return {
            row.permission.codename.rsplit("_", maxsplit=1)[0]
            for row in self.permission_policy.get_cached_permissions_for_user(self.user)
            if self.page.path.startswith(row.page.path) and row.group_id not in lapsed
        }

    def keeps_order(self) -> bool:
        """True for the secretariat and administrators: they restrict, reorder and take down."""
        return self.user.is_active and (self.user.is_superuser or is_secretariat(self.user))

    def can_set_view_restrictions(self):
        return self.keeps_order()

    def can_reorder_children(self):
        return self.keeps_order()

    def can_move_to(self, destination):
        """What is live was approved for its place; elsewhere it needs a new decision."""
        if self.page.is_child_of(destination):
            return self.keeps_order() or super().can_move_to(destination)
        live = self.page.get_descendants(inclusive=True).filter(live=True)
        return not live.exists() and super().can_move_to(destination)


class GovernedPageTester(DatedTester):
    """For pages that the Board decides on: nobody publishes, a decision does."""

    def can_edit(self):
        return super().can_edit() or proposes(self.user, self.page)

    def can_publish(self):
        return self.user.is_active and deciding_page.get() == self.page.pk

    def can_publish_subpage(self):
        return False

    def can_add_subpage(self):
        return super().can_add_subpage() and not has_ended(self.page)

    def can_unpublish(self):
        return bool(self.page.live and not self.page_locked() and self.keeps_order())

    def can_unschedule(self):
        return self.keeps_order()

    def can_submit_for_moderation(self):
        may = super().can_submit_for_moderation() and self.can_edit()
        return may and not has_ended(self.page)


class IndexPageTester(DatedTester):
    """For our index pages: not governed, so the secretariat publishes them itself."""

    def can_publish(self):
        return super().can_publish() or is_secretariat(self.user)

    def can_publish_subpage(self):
        return False
