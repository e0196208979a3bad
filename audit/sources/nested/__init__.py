"""How JSON is read: its forms, an independent count, and one shape for all records."""
