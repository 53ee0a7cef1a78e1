import pytest

from tests import factories as make


@pytest.fixture
def group():
    return make.group(title="Local finance")


@pytest.fixture
def secretary(client):
    user = make.secretary()
    client.force_login(user)
    return user
