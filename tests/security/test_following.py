"""Whoever follows by number sees each thing as it ends, whoever publishes at the same moment."""

import threading
import time

import pytest
from django.db import connection
from django.test import Client

from lpsa_wagtail import actions
from lpsa_wagtail.models import BlogPost, Change, Publication, PublicClock
from tests import factories as make
from tests.api.conftest import PREFIX
from tests.security.racing import RACES

pytestmark = pytest.mark.django_db(transaction=True)

PUBLISHERS = 4


class Follower(threading.Thread):
    """Reads what comes after the last number, again and again, until told to stop."""

    def __init__(self, after):
        super().__init__()
        self.address = f"{PREFIX}changes/?after={after}"
        self.numbers: list[int] = []
        self.state: dict[int, str] = {}
        self.last_round = threading.Event()

    def run(self):
        client = Client()
        while True:
            is_last = self.last_round.is_set()
            answer = client.get(self.address).json()
            for each in answer["results"]:
                self.numbers.append(each["number"])
                self.state[each["id"]] = each["kind"]
            self.address = answer["next"]
            if is_last and not answer["more"]:
                break
            time.sleep(0.001)
        connection.close()


def test_many_publish_at_once_and_who_follows_misses_nothing():
    group = make.group()
    pages = [make.post(group) for _each in range(PUBLISHERS)]
    actions.note_public_changes(actor=None, everything=True)
    begun = PublicClock.objects.now().number
    errors: list = []

    def publish(page):
        """Take one's own page down and put it back, and make others."""
        try:
            for number in range(max(3, RACES // PUBLISHERS)):
                one = make.fresh(page)
                if one.live:
                    one.unpublish()
                else:
                    actions.install_page(actor=None, page=one)
                if number % 3 == 0:
                    actions.note_public_changes(actor=None, everything=True)
        except Exception as error:
            errors.append(error)
        finally:
            connection.close()

    follower = Follower(begun)
    publishers = [threading.Thread(target=publish, args=[page]) for page in pages]
    follower.start()
    for thread in publishers:
        thread.start()
    for thread in publishers:
        thread.join()
    follower.last_round.set()
    follower.join()

    ended = {
        pk: "published" if live else "taken-down"
        for pk, live in BlogPost.objects.values_list("pk", "live")
    }
    stored = list(Change.objects.after(begun).values_list("number", flat=True))
    noted = dict(Publication.objects.filter(noun="post").values_list("object_id", "public"))
    assert errors == []
    assert follower.numbers == stored == list(range(begun + 1, begun + 1 + len(stored)))
    assert len(stored) > PUBLISHERS
    assert follower.state == ended
    assert noted == {pk: kind == "published" for pk, kind in ended.items()}
    assert actions.note_public_changes(actor=None, everything=True) == []
