"""Backup and restore, done with the real program on real servers."""
