"""The page Recipe: steps added, edited, previewed and applied."""
