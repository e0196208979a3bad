"""The page Compare: two versions against each other, what got worse as plain as what got better."""
