"""What stands beside pages, read in one query: the same as the pages say one by one."""

import pytest
from wagtail.documents import get_document_model
from wagtail.images import get_image_model

from lpsa_wagtail import models
from lpsa_wagtail.models.beside import Beside, File, Picture, Row, Size
from tests import factories as make

SIZES = ("max-1200x1200", "width-480|format-webp")


@pytest.fixture
def words():
    return list(models.Interest.objects.filter(slug__in=["kenya", "subnational-finance"]))


@pytest.fixture
def group():
    return make.group(title="Finance", slug="finance")


def test_rows_come_in_their_order(site, group):
    authors = [models.BlogPostAuthor(name=name, affiliation=f"of {name}") for name in "CAB"]
    posts = [make.post(group, authors=authors), make.post(group)]
    models.BlogPostAuthor.objects.filter(name="C").update(sort_order=9)
    models.BlogPostAuthor.objects.filter(name="B").update(sort_order=None)

    beside = Beside(models.BlogPost, posts, site)

    assert [row.first for row in beside.rows_of("authors", posts[0])] == ["B", "A", "C"]
    assert [row.second for row in beside.rows_of("authors", posts[0])] == ["of B", "of A", "of C"]
    assert beside.rows_of("authors", posts[1]) == []


def test_each_type_has_its_rows(site, group):
    logo = make.image()
    partners = [models.WorkingGroupPartner(name="A", link="https://a.example.org/", logo=logo)]
    other = make.group(partners=[*partners, models.WorkingGroupPartner(name="B")])
    webinar = make.webinar(
        group,
        cities=[models.WebinarCity(time_zone="Asia/Tokyo")],
        co_hosts=[models.WebinarCoHost(name="A host", link="https://h.example.org/")],
    )

    groups = Beside(models.WorkingGroupPage, [group, other], site, sizes=SIZES)
    events = Beside(models.Webinar, [webinar], site)

    [first, second] = groups.rows_of("partners", other)
    assert first == Row(0, first.pk, "A", "https://a.example.org/", logo.pk)
    assert second == Row(1, second.pk, "B", "", 0)
    assert [row.first for row in events.rows_of("cities", webinar)] == ["Asia/Tokyo"]
    [host] = events.rows_of("co_hosts", webinar)
    assert (host.first, host.second) == ("A host", "https://h.example.org/")
    assert set(groups.pictures) == {logo.pk}


def test_words_of_each_page(site, group, words):
    posts = [make.post(group, interests=words), make.post(group, interests=words[:1])]

    beside = Beside(models.BlogPost, [*posts, make.post(group)], site)

    assert {pk: set(ids) for pk, ids in beside.words.items()} == {
        posts[0].pk: {word.pk for word in words},
        posts[1].pk: {words[0].pk},
    }


def test_groups_are_those_that_are_public_in_the_site(site, group):
    other, hidden = make.group(title="A"), make.group(title="B")
    post = make.post(group, joint_groups=[hidden, group, other])
    below = make.post(hidden)
    alliance = make.post(make.index_page(models.BlogIndexPage), joint_groups=[group])
    hidden.unpublish()

    beside = Beside(models.BlogPost, [post, below, alliance], site)

    assert (beside.group_of(post).pk, beside.group_of(post).designation_label) == (
        *(group.pk, "Working Group"),
    )
    assert [found.pk for found in beside.joint_groups_of(post)] == [other.pk]
    assert (beside.group_of(below), beside.joint_groups_of(below)) == (None, [])
    assert beside.group_of(alliance) is None
    assert [found.title for found in beside.joint_groups_of(alliance)] == ["Finance"]


def test_pictures_sizes_and_files(site, group):
    image, other, document = make.image(), make.image(), make.document(title="Terms")
    get_image_model().objects.filter(pk=other.pk).update(focal_point_x=0, focal_point_y=7)
    made = image.get_rendition(SIZES[0])
    image.get_rendition("fill-10x10")
    post = make.post(group)

    beside = Beside(
        *(models.BlogPost, [post], site),
        images={image.pk, other.pk, 10**6},
        documents={document.pk, 10**6},
        sizes=SIZES,
    )

    assert beside.pictures == {
        image.pk: Picture(100, 100, image.file.name, None),
        other.pk: Picture(100, 100, other.file.name, (0, 7)),
    }
    assert dict(beside.sizes) == {image.pk: {SIZES[0]: Size(made.file.name, 100, 100)}}
    assert beside.files == {document.pk: File("Terms", document.file.name)}


@pytest.mark.parametrize("number", [1, 3, 50])
def test_it_is_one_query(site, group, words, number, django_assert_num_queries):
    posts = [
        make.post(group, interests=words, authors=[models.BlogPostAuthor(name="A")])
        for _number in range(number)
    ]
    files = {"images": [make.image().pk], "documents": [make.document().pk], "sizes": SIZES}

    for _time in range(2):
        with django_assert_num_queries(1):
            beside = Beside(models.BlogPost, posts, site, **files)
        assert [beside.rows_of("authors", post)[0].first for post in posts] == ["A"] * number


def test_nothing_is_asked_for_no_pages(site, django_assert_num_queries):
    with django_assert_num_queries(0):
        beside = Beside(models.BlogPost, [], site)

    assert (beside.pictures, beside.files) == ({}, {})


def test_files_can_be_read_without_pages(site, django_assert_num_queries):
    document = make.document(title="Terms")

    with django_assert_num_queries(1):
        beside = Beside(models.WorkingGroupPage, [], site, documents=[document.pk])

    assert beside.files == {
        document.pk: File("Terms", get_document_model().objects.get().file.name)
    }


def test_a_site_sees_its_own_groups(site, group):
    from wagtail.models import Page, Site

    post = make.post(group)
    root = Page.objects.get(depth=1).add_child(instance=Page(title="Second", slug="second"))
    second = Site.objects.create(hostname="second.example.org", root_page=root)

    assert Beside(models.BlogPost, [post], site).group_of(post).pk == group.pk
    assert Beside(models.BlogPost, [post], second).group_of(post) is None
    assert Beside(models.BlogPost, [post], site).group_of(post).pk == group.pk
