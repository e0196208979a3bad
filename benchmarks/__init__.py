"""Side-by-side measurements against peers; run on demand, see README.md beside this file."""
