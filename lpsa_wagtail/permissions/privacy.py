"""Who may see a page: tightening is quick, loosening shows approved content to more people."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from lpsa_wagtail.exceptions import NotDecided
from lpsa_wagtail.models import GovernedPage, IndexPage
from lpsa_wagtail.permissions.gate import is_governed

_lifting: ContextVar = ContextVar("lpsa_lifting", default=False)


@contextmanager
def lifting() -> Iterator[None]:
    """While this lasts, restrictions on pages of ours may be lifted: it was decided."""
    token = _lifting.set(True)
    try:
        yield
    finally:
        _lifting.reset(token)


def guard_restriction(restriction, *, groups=False) -> None:
    """Refuse (``NotDecided``) to lift or change a restriction over live content of ours.

    ``groups``: the groups that may see it are about to be added to. A new restriction is let
    through, with the groups it is given at once. On pages of the host that stand above ours, the
    host decides.
    """
    is_new = restriction._state.adding or (groups and hasattr(restriction, "_lpsa_new"))
    if restriction._state.adding:
        restriction._lpsa_new = True
    if _lifting.get() or is_new:
        return
    page = Page.objects.filter(pk=restriction.page_id).first()
    model = page and page.specific_class
    if not (model and issubclass(model, (GovernedPage, IndexPage))):
        return
    live = page.get_descendants(inclusive=True).filter(live=True)
    if any(is_governed(below) for below in live.iterator()):
        raise NotDecided(
            _(
                "What is here was approved while fewer people could see it. Take it down, lift "
                "the restriction and submit it again; or ask an administrator."
            )
        )


def is_unchanged(restriction) -> bool:
    """True if what is about to be stored of the restriction is what is stored already."""
    stored = type(restriction)._base_manager.filter(pk=restriction.pk).first()
    names = ("page_id", "restriction_type", "password")
    return bool(stored) and all(getattr(stored, n) == getattr(restriction, n) for n in names)
