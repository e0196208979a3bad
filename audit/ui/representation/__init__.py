"""The Representation page in parts: controls, one module per question, words, tables."""
