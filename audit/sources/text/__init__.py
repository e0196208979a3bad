"""How delimited text is read: encoding, dialect, header, counting, types."""
