"""Finding personal data in whatever a column holds, and writing something else in its place."""
