"""Bưu chính: the screen of the post clerk, and what the desk hands over to the post."""
