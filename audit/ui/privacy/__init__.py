"""The privacy page: personal data, and whether a person could be picked out."""
