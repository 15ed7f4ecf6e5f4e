"""Gói thủ tục: a procedure as a folder or a zip of files, checked, tested, compared, carried elsewhere."""
