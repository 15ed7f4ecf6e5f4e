"""Thủ tục hành chính: what may be asked for, from whom, with which papers, for how much, until when."""
