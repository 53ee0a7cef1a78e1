"""Everything of ours that Wagtail's admin shows. Registers and returns; the work is elsewhere."""

from django.urls import include, path
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import Menu, SubmenuMenuItem

from lpsa_wagtail.modeladmins import (
    DecisionAdmin,
    DeliveryAdmin,
    MandateAdmin,
    MemberAdmin,
    MembershipAdmin,
)
from lpsa_wagtail.viewsets import (
    comparing,
    correcting,
    desk,
    facts,
    foreign,
    group_life,
    group_viewset,
    interest_viewset,
    post_viewset,
    proposing,
    reasons,
    reviewing,
    webinar_viewset,
)
from lpsa_wagtail.viewsets.account import WaitingMailsPanel
from lpsa_wagtail.viewsets.dashboard import (
    DecidedLatelyPanel,
    MyGroupsPanel,
    VacantPostPanel,
    WaitingForMePanel,
    leave_out_what_ours_replaces,
)
from lpsa_wagtail.viewsets.editing import (
    lead_back_to_what_waits,
    note_what_is_decided_on,
    put_decision_first,
    say_where_it_stands,
    take_back,
)
from lpsa_wagtail.viewsets.history import (
    ACTS_ON_MATTERS,
    LINES_OF_REGISTER,
    DecisionFormatter,
    FactsFormatter,
)

page_viewsets = (group_viewset, post_viewset, webinar_viewset)
record_admins = (
    *(MemberAdmin(), MembershipAdmin(), MandateAdmin()),
    *(DecisionAdmin(), DeliveryAdmin()),
)

for record_admin in record_admins:
    record_admin.register_with_wagtail()


@hooks.register("register_admin_viewset")
def viewsets():
    return [*page_viewsets, interest_viewset]


@hooks.register("register_admin_menu_item")
def working_groups_menu():
    places = [*page_viewsets, interest_viewset, *record_admins]
    items = [desk.menu_item(0)]
    items += [place.get_menu_item(order) for order, place in enumerate(places, start=1)]
    items.append(proposing.menu_item(len(items)))
    return SubmenuMenuItem(
        _("Working groups"), Menu(items=items), name="lpsa", icon_name="group", order=150
    )


@hooks.register("construct_homepage_panels")
def homepage_panels(request, panels):
    leave_out_what_ours_replaces(panels)
    foreign.leave_out_what_one_left(panels)
    ours = (VacantPostPanel, WaitingForMePanel, DecidedLatelyPanel, MyGroupsPanel)
    panels += [panel(request.user) for panel in ours]


@hooks.register("construct_page_chooser_queryset")
def pages_to_choose(pages, request):
    return foreign.pages_to_choose(request, pages)


@hooks.register("before_move_page")
def ask_before_moving(request, page, destination):
    foreign.ask_before_moving(request, page, destination)


for bulk_action in foreign.bulk_actions():
    hooks.register("register_bulk_action", bulk_action, order=100)


@hooks.register("construct_admin_api", order=100)
def admin_api(router):
    foreign.narrow_endpoints(router)


@hooks.register("register_log_actions")
def lines_of_history(registry):
    registry.register_action("lpsa_wagtail.decision")(DecisionFormatter)
    registry.register_action("lpsa_wagtail.facts")(FactsFormatter)
    for act, label in ACTS_ON_MATTERS.items():
        registry.register_action(f"lpsa_wagtail.{act}", label, label)
    for action, label, message in LINES_OF_REGISTER:
        registry.register_action(action, label, message)


@hooks.register("register_admin_urls")
def urls_of_acts():
    patterns = [*reasons.urlpatterns(), *comparing.urlpatterns(), *facts.urlpatterns()]
    of_the_desk = [*desk.urlpatterns(), *reviewing.urlpatterns()]
    return [
        path("lpsa/desk/", include((of_the_desk, "lpsa_desk"))),
        path("lpsa/", include((patterns, "lpsa_pages"))),
    ]


@hooks.register("register_admin_urls")
def urls_of_the_life_of_groups():
    patterns = [*proposing.urlpatterns(), *group_life.urlpatterns()]
    return [path("lpsa/groups/", include((patterns, "lpsa_groups_life")))]


@hooks.register("register_page_header_buttons")
def button_of_the_life_of_groups(page, user, view_name, next_url=None):
    return group_life.header_buttons(page, user)


@hooks.register("register_page_header_buttons")
def buttons_of_acts(page, user, view_name, next_url=None):
    return [*facts.header_buttons(page, user), *reasons.header_buttons(page, user)]


@hooks.register("construct_wagtail_userbar")
def bar_on_the_live_page(request, items, page):
    items += facts.userbar_items(page, request.user)


@hooks.register("before_unpublish_page")
def ask_why(request, page):
    return reasons.ask_why(request, page)


@hooks.register("before_edit_page")
def tell_where_it_stands(request, page):
    say_where_it_stands(request, page)
    note_what_is_decided_on(request, page)
    take_back(request, page)
    facts.keep_facts_of_now(request, page)
    correcting.say_what_goes_along(request, page)


@hooks.register("after_edit_page")
def after_a_decision(request, page):
    return lead_back_to_what_waits(request, page)


@hooks.register("construct_page_action_menu")
def page_action_menu(menu_items, request, context):
    put_decision_first(menu_items, context.get("page"))
    correcting.put_submission_first(menu_items, context.get("page"))


@hooks.register("register_account_settings_panel")
def mails_about_what_waits(request, user, profile):
    return WaitingMailsPanel(request, user, profile)
