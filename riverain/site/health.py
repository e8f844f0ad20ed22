"""Whether the process lives, and whether it can serve: for load balancers and supervisors."""

from django.conf import settings
from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from riverain.core import jobs
from riverain.web.ui.access import public


@public("a load balancer has no account, and learns nothing but up or down")
@require_safe
@never_cache
def healthz(_request: HttpRequest) -> HttpResponse:
    """The process answers; nothing else is asked."""
    return HttpResponse("ok\n", content_type="text/plain")


@public("a load balancer has no account, and learns nothing but up or down")
@require_safe
@never_cache
def readyz(_request: HttpRequest) -> HttpResponse:
    """Database, jobs and storage, each by a real use of it; 503 when one fails."""
    parts = {"database": _database(), "jobs": _jobs(), "storage": _storage()}
    ready = all(parts.values())
    return JsonResponse({"ready": ready, **parts}, status=200 if ready else 503)


def _database() -> bool:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return False
    return True


def _jobs() -> bool:
    """Whether a worker runs."""
    try:
        return jobs.workers() > 0
    except DatabaseError:
        return False


def _storage() -> bool:
    probe = settings.FILES_ROOT / ".ready"
    try:
        probe.parent.mkdir(parents=True, exist_ok=True)
        probe.touch()
    except OSError:
        return False
    return True
