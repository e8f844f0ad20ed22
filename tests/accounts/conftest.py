import re

import pytest
from django.test import Client

from riverain.accounts.actions import create_person

PASSWORD = "la-rue-est-propre-ce-matin"


@pytest.fixture(autouse=True)
def _quick_passwords(settings):
    """The real hash is slow on purpose."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture
def ana(db):
    return create_person(
        acting="system:cli", email="ana@demo.example", name="Ana Silva", password=PASSWORD
    )


@pytest.fixture
def bob(db):
    return create_person(
        acting="system:cli", email="bob@demo.example", name="Bob Martin", password=PASSWORD
    )


@pytest.fixture
def browser():
    """Makes browsers: each has its own cookies and checks CSRF as a real one is checked."""

    def make(address="203.0.113.7"):
        return Browser(enforce_csrf_checks=True, REMOTE_ADDR=address)

    return make


class Browser(Client):
    def send(self, path, **fields):
        """Fills and sends the form that stands at `path`, with its token."""
        page = self.get(path, follow=True)
        token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page.content.decode())
        target = page.redirect_chain[-1][0] if page.redirect_chain else path
        return self.post(target, {**fields, "csrfmiddlewaretoken": token[1]})

    def sign_in(self, person, password=PASSWORD):
        return self.send("/agents/connexion/", login=person.email, password=password)

    @property
    def signed_in_as(self):
        response = self.get("/agents/")
        return response.content.decode() if response.status_code == 200 else None


def code_in(mail):
    return re.search(r"\b\d{4}-\d{4}\b", mail.body)[0]
