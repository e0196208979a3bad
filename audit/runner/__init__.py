"""Where sources, reports and checks are put together; pages, command line and Python share it."""

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
from audit.runner.document import document
from audit.runner.loading import complete, dataset_name, load, load_sample, roles, state_roles
from audit.runner.options import Changes, read_change, report_options, set_report_options
from audit.runner.policy import Policy, read_mapping
from audit.runner.reference import read_population, read_reference
from audit.runner.samples import Sample, app_folder, sample, samples

__all__ = [
    "Changes",
    "Dismissal",
    "Policy",
    "Result",
    "Sample",
    "app_folder",
    "complete",
    "dataset_name",
    "dismiss",
    "dismissals",
    "document",
    "guarded_roles",
    "kept_report",
    "kept_result",
    "load",
    "load_sample",
    "read_change",
    "read_mapping",
    "read_population",
    "read_reference",
    "report",
    "report_options",
    "restore",
    "roles",
    "run",
    "sample",
    "samples",
    "set_report_options",
    "state_roles",
]
