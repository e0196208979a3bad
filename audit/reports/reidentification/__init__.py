"""How easily a person could be picked out of the data by what others may know of them."""
