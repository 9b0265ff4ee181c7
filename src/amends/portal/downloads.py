"""Files of the messages between a complainant and us."""

from django.http import FileResponse, Http404
from django.views.decorators.http import require_safe

from amends.correspondence.models import Message, MessageFile
from amends.files.serving import download_response
from amends.portal.following import Following, for_the_complainant
from amends.portal.visiting import PortalVisit


@require_safe
@for_the_complainant
def file(visit: PortalVisit, following: Following, token: str) -> FileResponse:
    """The copy that people see. Files of internal notes, of proofs and of other complaints are not there."""
    row = (
        MessageFile.objects.filter(message__thread=following.complaint.thread_id, file__token=token)
        .exclude(message__direction=Message.Direction.NOTE)
        .select_related("file")
        .first()
    )
    if row is None:
        raise Http404
    return download_response(row.file)
