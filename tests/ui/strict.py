"""What makes the pages strict in tests: an undefined variable fails, and says its name."""

from django.conf import settings
from django.template import engines


class UndefinedVariableError(AssertionError):
    pass


class _Raises(str):
    """Django puts `string_if_invalid % name` where a variable is missing; this one raises."""

    __slots__ = ()

    def __contains__(self, _part):
        return True

    def __mod__(self, name):
        raise UndefinedVariableError(f"a template uses {name}, which the page does not give")


def make_templates_strict():
    """Call once, after django.setup(). Django's own admin of forms has an engine of its own."""
    engines["django"].engine.string_if_invalid = _Raises("undefined")


def serve_plain_static_files():
    """Names without digests: no collection is needed before a test."""
    settings.STORAGES["staticfiles"]["BACKEND"] = (
        "django.contrib.staticfiles.storage.StaticFilesStorage"
    )
    # whitenoise warns, and a warning is a failure, when the folder is missing.
    settings.STATIC_ROOT.mkdir(parents=True, exist_ok=True)
