"""The workspace: versions, their tables and what is kept beside them."""

from audit.store.table import Table
from audit.store.workspace import Draft, Version, Workspace, default_root

__all__ = ["Draft", "Table", "Version", "Workspace", "default_root"]
