"""Filters, counts, order and paging of the lists; what is in no list."""

import datetime as dt
import itertools

import pytest
from django.http import QueryDict
from wagtail.models import Page, PageViewRestriction, Site

from lpsa_wagtail.choices import GroupState, InterestKind
from lpsa_wagtail.exceptions import BadFilter
from lpsa_wagtail.models import BlogIndexPage, BlogPost, Interest, WebinarIndexPage
from lpsa_wagtail.models.listings import GroupListing, PostListing, WebinarListing, base
from tests import factories as make

LISTINGS = (GroupListing, PostListing, WebinarListing)


def listing(kind, site, query=""):
    return kind(site=site, params=QueryDict(query.lstrip("?")))


def titles(kind, site, query=""):
    return [page.title for page in listing(kind, site, query).page]


def counts(found, name):
    """Label → count of one filter's options."""
    options = [facet.options for facet in found.facets if facet.name == name]
    return {option.label: option.count for option in (options[0] if options else ())}


@pytest.fixture
def words():
    """Two regions (one inside the other, one merged into it), two topics."""
    region = {"kind": InterestKind.REGION}
    savanna = make.InterestFactory(name="Savanna", slug="savanna", **region)
    hills = make.InterestFactory(name="Hills", slug="hills", parent=savanna, **region)
    old = make.InterestFactory(
        name="Uplands", slug="uplands", merged_into=hills, active=False, **region
    )
    return {
        "savanna": savanna,
        "hills": hills,
        "uplands": old,
        "money": make.InterestFactory(name="Money", slug="money"),
        "tax": make.InterestFactory(
            name="Tax", slug="tax", parent=make.InterestFactory(name="Income", slug="income")
        ),
    }


@pytest.fixture
def world(words):
    """Two groups with posts and webinars of several years, some of them joint."""
    finance = make.group(title="Finance", focus="sectoral", interests=[words["money"]])
    east = make.group(title="East", focus="regional", interests=[words["hills"], words["tax"]])
    east.record.state = GroupState.ACTIVE
    east.record.save()
    blog, events = make.index_page(BlogIndexPage), make.index_page(WebinarIndexPage)
    for title, parent, year, tags, joint in (
        ("One", finance, 2023, ("money", "hills"), [east]),
        ("Two", finance, 2024, ("tax", "uplands"), [finance]),
        ("Three", east, 2024, ("savanna",), []),
        ("Four", blog, 2023, ("money", "tax"), [east]),
        ("Five", blog, 2022, (), []),
    ):
        make.post(
            parent,
            title=title,
            published_on=dt.date(year, 5, 1),
            interests=[words[tag] for tag in tags],
            joint_groups=joint,
        )
    for title, parent, year, tags, series, form in (
        ("Past", finance, 2023, ("money",), "Mondays", "webinar"),
        ("Other past", events, 2023, ("hills",), "", "workshop"),
        ("Next", east, 2040, ("hills", "tax"), "Mondays", "webinar"),
        ("After next", east, 2041, ("savanna",), "Fridays", "open-meeting"),
    ):
        start = dt.datetime(year, 6, 1, 12, tzinfo=dt.UTC)
        make.webinar(
            parent,
            title=title,
            starts_at=start,
            ends_at=start + dt.timedelta(hours=1),
            interests=[words[tag] for tag in tags],
            series=series,
            format=form,
        )
    return {"finance": finance, "east": east}


# Counts.


@pytest.mark.parametrize("kind", LISTINGS)
def test_a_count_is_the_number_of_results_after_choosing(kind, site, world):
    """From the whole list, and again from every list one choice away."""
    seen, waiting = set(), ["?"]
    while waiting:
        here = waiting.pop()
        for facet in listing(kind, site, here).facets:
            for option in facet.options:
                there = listing(kind, site, option.address)
                if not option.chosen:
                    assert (here, option.label, option.count) == (here, option.label, there.count)
                if option.address not in seen and option.address.count("=") < 2:
                    seen.add(option.address)
                    waiting.append(option.address)
    assert len(seen) >= len(listing(kind, site).facets)


@pytest.mark.parametrize("kind", LISTINGS)
def test_the_list_is_the_same_told_by_the_database_and_page_by_page(kind, site, world):
    options = {facet.name: facet.options for facet in listing(kind, site).facets}
    for one, other in itertools.combinations(options, 2):
        for first, second in itertools.product(options[one], options[other]):
            for exact in ("", "&exact=1"):
                found = listing(kind, site, f"{one}={first.value}&{other}={second.value}{exact}")
                assert found.tally.results == list(found.queryset.values_list("pk", flat=True))


def test_words_count_what_narrower_and_merged_words_find(site, world):
    found = listing(PostListing, site)
    assert counts(found, "region") == {"Savanna": 3, "Hills": 2}
    assert counts(found, "topic") == {"Income": 2, "Tax": 2, "Money": 2}


def test_exact_leaves_out_narrower_words(site, world):
    assert counts(listing(PostListing, site, "exact=1"), "region") == {"Savanna": 1, "Hills": 2}
    assert titles(PostListing, site, "region=savanna&exact=1") == ["Three"]


def test_a_chosen_filter_does_not_empty_its_own_options(site, world):
    found = listing(PostListing, site, "group=east")
    assert counts(found, "group") == {"East": 3, "Finance": 2}
    assert counts(found, "year") == {"2024": 1, "2023": 2}


def test_joint_posts_count_for_each_of_their_groups_once(site, world):
    assert titles(PostListing, site, "group=east") == ["Three", "Four", "One"]
    assert titles(PostListing, site, "group=finance") == ["Two", "One"]


def test_groups_can_be_narrowed_by_focus_and_state(site, world):
    found = listing(GroupListing, site)
    assert counts(found, "focus") == {"Regional": 1, "Sectoral": 1}
    assert counts(found, "state") == {"Active": 1, "Forming": 1}
    assert titles(GroupListing, site, "state=forming") == ["Finance"]
    assert titles(GroupListing, site, "focus=regional&state=active") == ["East"]


def test_webinars_can_be_narrowed_by_format_series_and_year(site, world):
    found = listing(WebinarListing, site)
    assert counts(found, "format") == {"Webinar": 2, "Open meeting": 1, "Workshop": 1}
    assert counts(found, "series") == {"Fridays": 1, "Mondays": 2}
    assert counts(found, "year") == {"2041": 1, "2040": 1, "2023": 2}
    assert counts(found, "when") == {"Upcoming": 2, "Past": 2}
    assert titles(WebinarListing, site, "series=Mondays&year=2040") == ["Next"]


# Order and paging.


def test_active_groups_come_first(site, world):
    assert titles(GroupListing, site) == ["East", "Finance"]


def test_newest_posts_come_first_and_the_next_webinar_leads_the_upcoming(site, world):
    assert titles(PostListing, site) == ["Three", "Two", "Four", "One", "Five"]
    assert titles(WebinarListing, site, "when=upcoming") == ["Next", "After next"]
    assert titles(WebinarListing, site, "when=past") == ["Other past", "Past"]


def test_pages_of_results_follow_each_other_and_keep_the_filters(site, world, settings):
    settings.LPSA_PAGE_SIZE = 2
    first = listing(PostListing, site, "year=2024&exact=0")
    assert first.page.paginator.num_pages == 1
    second = listing(PostListing, site, "q=&page=2")
    assert [page.title for page in second.page] == ["Four", "One"]
    assert (second.previous_address, second.next_address) == ("?page=1", "?page=3")
    narrowed = listing(PostListing, site, "group=east&page=1")
    assert narrowed.next_address == "?group=east&page=2"


def test_search_finds_words_in_title_summary_and_body(site, world):
    make.post(world["east"], title="Cassava", summary="Roots", body=[("paragraph", "<p>Tuber</p>")])
    for text in ("Cassava", "roots", "TUBER"):
        assert titles(PostListing, site, f"q={text}") == ["Cassava"]
    assert titles(PostListing, site, "q=tuber&group=finance") == []
    assert counts(listing(PostListing, site, "q=tuber"), "group") == {"East": 1}


@pytest.fixture
def elsewhere(site):
    """The blog of another site."""
    root = site.root_page.get_parent().add_child(instance=Page(title="Elsewhere"))
    Site.objects.create(hostname="elsewhere.example.org", root_page=root)
    return root.add_child(instance=BlogIndexPage(title="Elsewhere's blog"))


def test_of_very_many_posts_the_newest_of_the_site_are_found(site, elsewhere, monkeypatch):
    monkeypatch.setattr(base, "SEARCH_LIMIT", 2)
    group = make.group()
    for parent, year in ((group, 2021), (group, 2025), (group, 2023), (elsewhere, 2026)):
        make.post(parent, title=f"Cassava {year}", published_on=dt.date(year, 1, 1))

    assert titles(PostListing, site, "q=cassava") == ["Cassava 2025", "Cassava 2023"]


def test_of_very_many_webinars_the_latest_are_found(site, monkeypatch):
    monkeypatch.setattr(base, "SEARCH_LIMIT", 2)
    group = make.group()
    for year in (2021, 2025, 2023):
        start = dt.datetime(year, 1, 1, tzinfo=dt.UTC)
        end = start + dt.timedelta(hours=1)
        make.webinar(group, title=f"Cassava {year}", starts_at=start, ends_at=end)

    assert titles(WebinarListing, site, "q=cassava") == ["Cassava 2025", "Cassava 2023"]


def test_any_search_text_is_only_text(site, world):
    for text in ("%22", 'x" OR "one', "'", "%2A", "a AND", "NEAR(", "مدينة", "%00", "(" * 300):
        found = titles(PostListing, site, f"q={text}")
        assert (text, found) in ((text, []), (text, titles(PostListing, site)))


# Filters without options, which HTML lists take from an address like all others.


@pytest.mark.parametrize(
    ("kind", "query", "expected"),
    [
        (PostListing, "from=2023-05-01&to=2023-05-01", ["Four", "One"]),
        (PostListing, "from=2023-05-02", ["Three", "Two"]),
        (PostListing, "to=2023-04-30&year=2022", ["Five"]),
        (PostListing, "from=2024-01-01&to=2023-01-01", []),
        (PostListing, "order=date", ["Five", "One", "Four", "Two", "Three"]),
        (PostListing, "order=title&group=east", ["Four", "One", "Three"]),
        (PostListing, "order=-title", ["Two", "Three", "One", "Four", "Five"]),
        (PostListing, "order=-updated", ["Five", "Four", "Three", "Two", "One"]),
        (PostListing, "language=fr", []),
        (PostListing, "language=en&year=2022", ["Five"]),
        (WebinarListing, "from=2023-06-01&to=2023-06-01", ["Other past", "Past"]),
        (WebinarListing, "from=2023-06-02", ["After next", "Next"]),
        (WebinarListing, "order=date&to=2040-12-31", ["Past", "Other past", "Next"]),
        (WebinarListing, "when=upcoming&order=-date", ["After next", "Next"]),
        (WebinarListing, "when=past&order=title", ["Other past", "Past"]),
        (GroupListing, "order=title", ["East", "Finance"]),
        (GroupListing, "order=-title", ["Finance", "East"]),
        (GroupListing, "order=-updated", ["East", "Finance"]),
        (GroupListing, "order=-established&focus=regional", ["East"]),
    ],
)
def test_lists_can_be_narrowed_and_ordered_otherwise(site, world, kind, query, expected):
    found = listing(kind, site, query)

    assert [page.title for page in found.page] == expected
    assert list(found.queryset.values_list("title", flat=True)) == expected
    assert found.count == len(expected)


def test_a_country_covers_its_word_and_what_was_merged_into_it(site):
    kenya, nepal = (make.InterestFactory(kind="region", name=n, slug=n) for n in ("K1", "N1"))
    type(kenya).objects.filter(pk=kenya.pk).update(country_code="XA")
    type(nepal).objects.filter(pk=nepal.pk).update(country_code="XB", merged_into=kenya)
    below = make.InterestFactory(kind="region", name="County", slug="county", parent=kenya)
    group = make.group(title="All", interests=[kenya])
    make.post(group, title="County", interests=[below])
    make.post(group, title="Nepal", interests=[nepal])

    for code in ("xa", "XA", "xb"):
        assert titles(PostListing, site, f"country={code}") == ["Nepal", "County"]
        assert titles(PostListing, site, f"country={code}&exact=1") == ["Nepal"]
    assert titles(GroupListing, site, "country=XA") == ["All"]


def test_ids_are_those_of_the_list_only(site, world):
    posts = dict(BlogPost.objects.values_list("title", "pk"))
    ids = f"{posts['One']}, {posts['Five']},{world['east'].pk},{2**31},{10**17}"

    assert titles(PostListing, site, f"ids={ids}") == ["One", "Five"]
    assert titles(PostListing, site, f"ids={ids}&year=2022") == ["Five"]
    assert titles(GroupListing, site, f"ids={ids}") == ["East"]


def test_groups_as_of_a_day_are_those_that_were_established(site, world):
    record = type(world["east"].record).objects
    record.filter(pk=world["east"].record.pk).update(established_on=dt.date(2020, 1, 1))

    assert titles(GroupListing, site, "as_of=2019-12-31") == []
    assert titles(GroupListing, site, "as_of=2020-01-01") == ["East"]


@pytest.mark.parametrize(
    "query", ["from=2023-01-01", "order=title", "language=en", "to=2099-01-01"]
)
def test_what_narrows_without_options_narrows_the_counts(site, world, query):
    found = listing(PostListing, site, query)

    for facet in found.facets:
        for option in facet.options:
            assert listing(PostListing, site, option.address).count == option.count
            assert query in option.address


def test_pages_without_a_date_come_last_in_every_order(site):
    group = make.group()
    moment = dt.datetime(2024, 1, 1, tzinfo=dt.UTC)
    for title in ("A", "B"):
        make.webinar(group, title=title, starts_at=moment, ends_at=moment + dt.timedelta(hours=1))
        make.post(group, title=title, slug=f"post-{title}", published_on=moment.date())
    for kind, field in ((WebinarListing, "starts_at"), (PostListing, "listed_on")):
        empty = {field: None, "last_published_at": None}
        if field == "starts_at":
            empty["ends_at"] = None
        kind.model.objects.filter(title="A").update(**empty)
        for order in ("date", "-date", "-updated"):
            assert titles(kind, site, f"order={order}") == ["B", "A"]


def test_filters_without_options_are_named_when_in_use(site, world):
    found = listing(GroupListing, site, "as_of=2020-02-03&language=en&order=title&ids=1,2")

    assert [(str(name), label) for name, label, _without in found.active_filters] == [
        *(("Language", "en"), ("Pages", "1,2"), ("As of", "2020-02-03"), ("Order", "title"))
    ]


def test_an_html_list_takes_them_from_its_address(client, world):
    listed = client.get("/blog/", {"from": "2024-01-01", "order": "title"}).content.decode()
    refused = client.get("/blog/", {"from": "2024-13-01"})

    assert listed.index("Three") < listed.index("Two")
    assert "Five" not in listed
    assert refused.status_code == 400


# What is refused.


REFUSED = [
    (GroupListing, "focus=x", ["regional", "country", "sectoral", "thematic", "topic"]),
    (GroupListing, "state=proposed", ["active", "forming", "dormant", "archived"]),
    (PostListing, "group=nobody", ["east", "finance"]),
    (PostListing, "year=abcd", ["2024", "2023", "2022"]),
    (PostListing, "year=20240", ["2024", "2023", "2022"]),
    (PostListing, "exact=yes", ["0", "1"]),
    (PostListing, "group=east&group=finance", ["one value, given once"]),
    (PostListing, "country=XX", ["KE"]),
    (PostListing, "language=xx", ["en"]),
    (PostListing, "from=2024-1-1", ["a day such as 2024-03-01"]),
    (PostListing, "to=1899-12-31", ["a day such as 2024-03-01"]),
    (PostListing, "ids=1,x", ["numbers with commas between them"]),
    (PostListing, "ids=" + ",".join("1" * 101), ["100 ids at most"]),
    (PostListing, "order=state", ["-date", "date", "title", "-title", "-updated"]),
    (WebinarListing, "when=soon", ["upcoming", "past"]),
    (WebinarListing, "series=mondays", ["Fridays", "Mondays"]),
    (WebinarListing, "format=party", ["webinar", "open-meeting", "workshop", "conference"]),
]


def test_a_value_that_does_not_exist_is_refused_with_what_is_allowed(site, world, settings):
    settings.WAGTAIL_CONTENT_LANGUAGES = [("en", "English")]
    Interest.objects.exclude(slug="kenya").update(country_code="")
    for kind, query, allowed in REFUSED:
        with pytest.raises(BadFilter) as refusal:
            listing(kind, site, query)
        assert (query, refusal.value.allowed) == (query, allowed)
        assert refusal.value.parameter == query.split("=")[0]


def test_a_word_of_another_kind_is_refused(site, world):
    with pytest.raises(BadFilter) as refusal:
        listing(PostListing, site, "topic=savanna")
    assert {"money", "tax", "income"} <= set(refusal.value.allowed)
    assert "savanna" not in refusal.value.allowed


def test_a_page_beyond_the_last_is_refused(site, world):
    for number in ("0", "2", "-1", "x", "1" * 40, "²"):
        with pytest.raises(BadFilter) as refusal:
            listing(PostListing, site, f"page={number}").page  # noqa: B018
        assert (number, refusal.value.parameter) == (number, "page")
        assert refusal.value.allowed == ["1"]


def test_aliases_and_merged_words_go_on_answering(site, world):
    assert titles(PostListing, site, "region=uplands") == titles(PostListing, site, "region=hills")


# What is in no list and in no count.


def everything(site):
    """Titles and counts of all lists together."""
    found = [listing(kind, site) for kind in LISTINGS]
    return (
        [page.title for one in found for page in one.page],
        [counts(one, facet.name) for one in found for facet in one.facets],
        [one.queryset.count() for one in found],
    )


@pytest.fixture
def hidden_group(words):
    """A group with a post and a webinar, to be hidden in one of several ways."""
    before = everything(Site.objects.get())
    group = make.group(title="Hidden", interests=[words["money"]])
    post = make.post(group, title="Hidden post", interests=[words["money"]])
    event = make.webinar(group, title="Hidden webinar", interests=[words["money"]])
    assert everything(Site.objects.get()) != before
    return {"group": group, "post": post, "webinar": event, "before": before}


@pytest.mark.parametrize("way", ["unpublished", "dissolved", "restricted", "undecided"])
def test_what_is_hidden_is_in_no_list_and_no_count(way, world, site, hidden_group):
    group = hidden_group["group"]
    if way == "unpublished":
        group.unpublish()
        assert make.fresh(hidden_group["post"]).live is True
    elif way == "dissolved":
        group.record.state = GroupState.DISSOLVED
        group.record.save()
    elif way == "restricted":
        PageViewRestriction.objects.create(page=group, restriction_type="login")
    else:
        for page in (hidden_group[name] for name in ("post", "webinar", "group")):
            page.unpublish()
            Page.objects.filter(pk=page.pk).update(live=True)

    assert everything(site) == hidden_group["before"]


def test_drafts_are_in_no_list(world, site):
    before = everything(site)
    make.draft(make.BlogPostFactory, world["east"], title="Draft")
    make.unfinished(make.WebinarFactory, world["east"], starts_at=None, ends_at=None)
    assert everything(site) == before


def test_another_site_has_its_own_lists(world, site, elsewhere):
    other = Site.objects.get(hostname="elsewhere.example.org")
    make.post(elsewhere, title="Elsewhere's post", published_on=dt.date(2001, 1, 1))

    assert titles(PostListing, other) == ["Elsewhere's post"]
    assert counts(listing(PostListing, other), "year") == {"2001": 1}
    assert "Elsewhere's post" not in titles(PostListing, site)
    assert BlogPost.objects.public().count() == 6
    with pytest.raises(BadFilter):
        listing(PostListing, other, "group=east")


@pytest.mark.parametrize("kind", LISTINGS)
def test_an_empty_site_has_empty_lists(kind, site):
    found = listing(kind, site)
    assert (found.count, list(found.page), found.facets) == (0, [], [])


# What a page shows about the filters.


def test_filters_in_use_are_named_and_can_be_taken_away(site, world):
    found = listing(WebinarListing, site, "when=past&region=hills&format=workshop&exact=1")
    assert [tuple(map(str, row)) for row in found.active_filters] == [
        ("When", "Past", "?region=hills&exact=1&format=workshop"),
        ("Region or country", "Hills", "?when=past&exact=1&format=workshop"),
        (
            "Words",
            "exactly these, no narrower words",
            "?when=past&region=hills&format=workshop",
        ),
        ("Format", "Workshop", "?when=past&region=hills&exact=1"),
    ]


def test_filters_in_use_are_named_as_they_were_written(site, world):
    found = listing(WebinarListing, site, "group=east&series=Mondays&year=2040&q=what+NEXT")
    assert [label for _name, label, _without in found.active_filters] == [
        "East",
        "Mondays",
        "2040",
        "what NEXT",
    ]


def test_choosing_again_takes_away_and_choosing_another_replaces(site, world):
    found = listing(PostListing, site, "group=east&q=")
    options = {option.value: option.address for option in found.facets[0].options}
    assert options == {"east": "?", "finance": "?group=finance"}
