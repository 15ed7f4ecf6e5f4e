"""Benchmarks: how fast a dossier is taken in, and how the officers' pages bear a million dossiers."""
