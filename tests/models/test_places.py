"""The site of a request is the one that Wagtail finds."""

import pytest
from django.test import RequestFactory
from wagtail.models import Page, Site

from lpsa_wagtail.models.places import site_of

#: Host name, port, whether it is the default site.
WORLDS = {
    "one site, the default": [("localhost", 80, True)],
    "one site, no default": [("localhost", 80, False)],
    "no sites": [],
    "two hosts": [("localhost", 80, True), ("other.example.org", 80, False)],
    "two hosts, no default": [("localhost", 80, False), ("other.example.org", 80, False)],
    "one host on two ports": [("other.example.org", 80, True), ("other.example.org", 8000, False)],
    "one host on two ports, neither the default": [
        *(("localhost", 80, True), ("other.example.org", 81, False)),
        ("other.example.org", 8000, False),
    ],
    "one host on three ports": [
        *(("other.example.org", 81, False), ("other.example.org", 8000, True)),
        ("other.example.org", 443, False),
    ],
    "ports and no default": [("other.example.org", 81, False), ("other.example.org", 82, False)],
    "large letters": [("Other.Example.org", 80, False), ("localhost", 80, True)],
    "numbers": [("127.0.0.1", 80, False), ("::1", 80, False), ("localhost", 80, True)],
}
HOSTS = [
    *("localhost", "localhost:80", "localhost:8000", "other.example.org", "OTHER.example.org"),
    *("other.example.org:80", "other.example.org:81", "other.example.org:82"),
    *(
        "other.example.org:8000",
        "other.example.org:443",
        "other.example.org:9999",
        "unknown.example.org",
    ),
    *(
        "unknown.example.org:8000",
        "127.0.0.1",
        "127.0.0.1:8000",
        "[::1]",
        "[::1]:8000",
        "nøn.example.org",
    ),
    *("", "a:b:c", "other.example.org:99999999999", "other.example.org:", "."),
]


def request(host, **meta):
    made = RequestFactory().get("/", **meta)
    made.META["HTTP_HOST"] = host
    return made


def by_wagtail(given):
    found = Site.find_for_request(given)
    return found and found.pk


@pytest.mark.parametrize("world", WORLDS.values(), ids=WORLDS.keys())
def test_it_is_the_one_that_wagtail_finds(world, site):
    root = site.root_page
    Site.objects.all().delete()
    for hostname, port, default in world:
        Site.objects.create(hostname=hostname, port=port, is_default_site=default, root_page=root)

    for host in HOSTS:
        for port in ("80", "8000", "443"):
            ours = site_of(request(host, SERVER_PORT=port))
            assert (host, port, ours and ours.pk) == (
                *(host, port),
                by_wagtail(request(host, SERVER_PORT=port)),
            )


def test_it_is_asked_for_once_and_known_to_wagtail(django_assert_num_queries):
    given = request("localhost")

    with django_assert_num_queries(1):
        first, second = site_of(given), site_of(given)
        assert first is second is Site.find_for_request(given)
        assert (first.root_page.url_path, first.root_url) == ("/home/", "http://localhost")


def test_what_wagtail_found_is_taken(site, django_assert_num_queries):
    given = request("localhost")
    found = Site.find_for_request(given)

    with django_assert_num_queries(0):
        assert site_of(given) is found


def test_its_root_page_reads_other_columns_when_asked(site):
    root = site_of(request("localhost")).root_page

    assert root == site.root_page
    for field in Page._meta.concrete_fields:
        assert getattr(root, field.attname) == getattr(site.root_page, field.attname)
