"""National procedure records: from a file to rows, from a row to source text, from text to values and a definition."""
