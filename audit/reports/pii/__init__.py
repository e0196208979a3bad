"""Where personal data is, how much of it, and how often it repeats."""
