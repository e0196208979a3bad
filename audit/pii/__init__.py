"""Finding personal data: Presidio, made fast and quieter. The only place that knows it."""
