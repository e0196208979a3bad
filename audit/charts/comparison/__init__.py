"""Two versions against each other as pictures: what moved, which way, and who is gone."""
