"""Where sources, reports and checks are put together; pages, command line and Python share it."""

from audit.runner.ablation import ablation
from audit.runner.applying import Applied, Preview, applied, apply, preview, stages
from audit.runner.audits import (
    Dismissal,
    Result,
    dismiss,
    dismissals,
    guarded_roles,
    kept_report,
    kept_result,
    report,
    restore,
    run,
)
from audit.runner.compare import compare, kept_comparison
from audit.runner.comparison_document import comparison_document
from audit.runner.document import document
from audit.runner.kept_rows import RemovedRows, lineage, removed
from audit.runner.keys import find_key, make_key
from audit.runner.loading import complete, dataset_name, load, load_sample, roles, state_roles
from audit.runner.mappings import read_mapping
from audit.runner.mend_first import Proposal, mend_first, with_proposals
from audit.runner.options import Changes, read_change, report_options, set_report_options
from audit.runner.policy import Policy
from audit.runner.recipe import Recipe, RecipeStep, from_suggestion, make_step, stated
from audit.runner.reference import read_population, read_reference
from audit.runner.removed_rows import parent_of, removed_rows
from audit.runner.row_differences import row_differences
from audit.runner.samples import Sample, app_folder, sample, samples
from audit.runner.since import since

__all__ = [
    "Applied",
    "Changes",
    "Dismissal",
    "Policy",
    "Preview",
    "Proposal",
    "Recipe",
    "RecipeStep",
    "RemovedRows",
    "Result",
    "Sample",
    "ablation",
    "app_folder",
    "applied",
    "apply",
    "compare",
    "comparison_document",
    "complete",
    "dataset_name",
    "dismiss",
    "dismissals",
    "document",
    "find_key",
    "from_suggestion",
    "guarded_roles",
    "kept_comparison",
    "kept_report",
    "kept_result",
    "lineage",
    "load",
    "load_sample",
    "make_key",
    "make_step",
    "mend_first",
    "parent_of",
    "preview",
    "read_change",
    "read_mapping",
    "read_population",
    "read_reference",
    "removed",
    "removed_rows",
    "report",
    "report_options",
    "restore",
    "roles",
    "row_differences",
    "run",
    "sample",
    "samples",
    "set_report_options",
    "since",
    "stages",
    "state_roles",
    "stated",
    "with_proposals",
]
