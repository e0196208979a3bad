"""What remedies share: what a change of a table is, and how it is carried out."""
