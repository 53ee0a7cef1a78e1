"""Where the API answers, and to which methods."""

import pytest
from django.urls import reverse

from lpsa_wagtail import models
from tests import factories as make
from tests.api.conftest import PREFIX

NOUNS = ["groups", "posts", "webinars", "interests", "series", "people", "navigation"]


@pytest.mark.parametrize("noun", NOUNS)
@pytest.mark.parametrize("slash", ["/", ""])
def test_addresses_answer_with_and_without_slash(client, noun, slash):
    assert client.get(f"{PREFIX}{noun}{slash}").status_code == 200


@pytest.mark.parametrize("slash", ["/", ""])
def test_one_thing_answers_with_and_without_slash(client, slash):
    group = make.group(slug="finance")
    post, webinar = make.post(group), make.webinar(group)
    paths = ["groups/finance", f"posts/{post.pk}", f"webinars/{webinar.pk}", "interests/kenya"]

    assert [client.get(f"{PREFIX}{path}{slash}").status_code for path in paths] == [200] * 4


@pytest.mark.parametrize("noun", NOUNS)
@pytest.mark.parametrize("slash", ["/", ""])
def test_head_answers_like_get_without_the_body(client, noun, slash):
    got, head = client.get(f"{PREFIX}{noun}{slash}"), client.head(f"{PREFIX}{noun}{slash}")

    assert (head.status_code, head["Content-Type"]) == (200, got["Content-Type"])
    assert head.content == b""


@pytest.mark.parametrize("noun", NOUNS)
@pytest.mark.parametrize("method", ["post", "put", "patch", "delete", "options"])
def test_other_methods_are_refused(client, noun, method):
    answer = getattr(client, method)(f"{PREFIX}{noun}/")

    assert answer.status_code == 405
    assert answer["Allow"] == "GET, HEAD"
    assert answer["Content-Type"] == "application/problem+json"
    assert answer.json()["detail"] == "This address can only be read."


@pytest.mark.parametrize("rest", ["", "nothing", "nothing/", "posts/1/2/", "groups//", "%00"])
def test_what_is_not_there_is_a_problem_in_json(client, rest):
    answer = client.get(PREFIX + rest)

    assert answer.status_code == 404
    assert answer["Content-Type"] == "application/problem+json"
    assert answer.json()["status"] == 404


@pytest.mark.urls("tests.api.urls_elsewhere")
def test_the_api_answers_wherever_the_host_puts_it(client):
    make.post(make.group())
    make.post(make.group())

    answer = client.get("/a/b/c/posts/", {"page_size": "1"}).json()

    assert reverse("lpsa_api:list_posts") == "/a/b/c/posts/"
    assert answer["next"].startswith("http://testserver/a/b/c/posts/?page_size=1&cursor=")
    assert len(client.get(answer["next"]).json()["results"]) == 1
    assert "/a/b/c/groups/" in client.get("/a/b/c/openapi.json").json()["paths"]
    assert client.get("/api/lpsa/v1/posts/").status_code == 404


@pytest.mark.urls("tests.api.urls_in_languages")
@pytest.mark.parametrize("language", ["en", "fr"])
def test_the_api_answers_below_a_language(client, language):
    """Where it is says nothing of the language in which it answers."""
    group = make.group(slug="finance")
    make.post(group)
    post = make.post(group)
    base = f"/{language}/api/"

    listed = client.get(f"{base}posts/", {"page_size": "1"})
    paths = [f"posts/{post.pk}/", f"posts/{post.pk}", "groups/finance/", "interests/", "changes/"]

    assert listed.json()["next"].startswith(f"http://testserver{base}posts/?")
    assert client.get(listed.json()["next"]).status_code == 200
    assert [client.get(base + path).status_code for path in paths] == [200] * 5
    assert f"{base}groups/" in client.get(f"{base}openapi.json").json()["paths"]


@pytest.mark.urls("tests.api.urls_in_languages")
@pytest.mark.parametrize("path", ["nothing/", "posts/999/", "preview/?token=x", "posts/?topic=no"])
def test_refusals_below_a_language_are_problems_and_lead_nowhere(client, path):
    answer = client.get(f"/fr/api/{path}")

    assert answer.status_code in (400, 403, 404)
    assert answer["Content-Type"] == "application/problem+json"


@pytest.mark.urls("tests.api.urls_in_languages")
def test_below_a_language_answers_are_those_of_the_header(client):
    word = models.Interest.objects.get(slug="kenya")
    models.InterestLabel.objects.create(interest=word, language="fr", label="Le Kenya")

    def label(base, accepted):
        address = f"{base}api/interests/kenya/"
        return client.get(address, headers={"accept-language": accepted}).json()["label"]

    assert [label(base, "fr") for base in ("/en/", "/fr/")] == ["Le Kenya", "Le Kenya"]
    assert [label(base, "en") for base in ("/en/", "/fr/")] == ["Kenya", "Kenya"]


@pytest.mark.parametrize("debug", [True, False])
def test_a_fault_is_left_to_the_host(client, settings, debug):
    settings.DEBUG = debug
    settings.LPSA_API_PAGE_SIZE = "no number"
    client.raise_request_exception = False

    answer = client.get(f"{PREFIX}posts/")

    assert answer.status_code == 500
    assert answer["Content-Type"] != "application/problem+json"
