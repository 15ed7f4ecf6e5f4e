"""Cơ quan thuế: sheets from the land office, their answers, money from the post."""
