"""The privacy reports as pictures: where personal data is, and who could be picked out."""
