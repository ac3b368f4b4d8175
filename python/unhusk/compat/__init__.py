"""Other packages' functions, done by unhusk."""
