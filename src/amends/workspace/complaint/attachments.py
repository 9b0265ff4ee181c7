"""Files as a page shows them: with an address only where they may be opened."""

from amends.files.models import State, StoredFile
from amends.ui.parts import Attachment
from amends.workspace.complaint.opening import Case


def attachment_of(file: StoredFile, case: Case) -> Attachment:
    """A file under its name; one that waits for the scanner or was rejected says so instead of opening."""
    name = case.mask.hides(file.name)
    if file.state != State.CHECKED:
        return Attachment(name, "", note=State(file.state).label)
    return Attachment(name, case.at("file", token=file.token), file.stripped_size)
