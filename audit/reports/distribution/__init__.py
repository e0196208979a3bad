"""The distribution of every column, and what columns have to do with each other."""
