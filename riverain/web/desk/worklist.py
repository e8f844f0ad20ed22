"""The agents' first page: the views, and the list of one of them."""

from typing import Any

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from riverain.accounts.permissions import Permission
from riverain.web.desk import frame, screen
from riverain.web.ui.access import AgentRequest, signed_in


@require_safe
@signed_in(Permission.READ_REPORTS)
def worklist(request: AgentRequest) -> HttpResponse:
    """The views, a list and no report yet. On a phone the bare address shows the views, an address
    with a view its list."""
    enters = bool(request.member.reach(Permission.ENTER_REPORTS))
    takes = bool(request.member.reach(Permission.TAKE))
    shown: dict[str, Any] = {
        "at": "list" if request.GET else "views",
        "enters_first": enters and not takes,
    }
    if screen.is_pane(request):  # a whole page has them with its views
        shown["today"] = frame.today(request.member, frame.groups(request.member))
    return screen.page(request, "desk/worklist.html", shown, has_list=True)
