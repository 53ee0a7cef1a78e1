import pytest

from tests import factories as make
from tests import mail_server


@pytest.fixture
def server():
    """A mail server that takes everything, unless the test tells it otherwise."""
    with mail_server.listening() as box:
        yield box


@pytest.fixture
def group():
    return make.group(title="Rivers")


@pytest.fixture
def leader(group):
    return make.leader(of=group)


@pytest.fixture
def board():
    return make.board_member()


@pytest.fixture
def draft(group, leader):
    return make.draft(make.BlogPostFactory, group, owner=leader, title="Five lessons")


@pytest.fixture
def waiting(draft, leader, board):
    """The stage at which the leader's post waits for one member of the Board."""
    return make.submit(draft, leader)
