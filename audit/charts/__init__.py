"""Report values as pictures: one module per report, one look for all of them."""
