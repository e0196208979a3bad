"""Before and after: two versions held against each other, as typed values."""
