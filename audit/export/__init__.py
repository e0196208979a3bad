"""Export: what can be taken away, as files."""
