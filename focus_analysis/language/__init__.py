"""Polish: words, inflected forms, folded letters."""
