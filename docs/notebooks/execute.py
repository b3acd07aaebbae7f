"""Runs a notebook from top to bottom in its kernel; ends with 1 and the message of the cell that fails."""

import sys

import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError

TRIES = 3  # a kernel may not come up on a busy machine

notebook = nbformat.read(sys.argv[1], as_version=4)
for attempt in range(1, TRIES + 1):
    try:
        NotebookClient(notebook, timeout=300, startup_timeout=30).execute()
        break
    except CellExecutionError as error:
        sys.exit(str(error))
    except RuntimeError as error:  # the kernel died, or did not respond
        if attempt == TRIES:
            sys.exit(str(error))
        print(f"{error}; once more", file=sys.stderr)
