"""What of the report on personal data may be set."""

from pydantic import Field

from audit.errors import ParameterError
from audit.pii import model
from audit.pii.options import ScanOptions


class Options(ScanOptions):
    """What is looked for, and in how many values."""

    sample: int = Field(
        default=10_000,
        ge=0,
        description="Different values of a column that are looked at; 0: all of them.",
    )
    seed: int = Field(default=0, ge=0, description="Seed of the sample.")
    near: float = Field(
        default=0.8,
        gt=0,
        le=1,
        description="Jaccard similarity from which two texts are nearly the same.",
    )
    workers: int = Field(
        default=0, ge=0, description="Processes that look for names; 0: one per core."
    )

    def lacking(self) -> str:
        """Name the model where it is missing: names were not looked for without it."""
        if self.names:
            try:
                model.check(self.model)
            except ParameterError:
                return "model"
        return ""
