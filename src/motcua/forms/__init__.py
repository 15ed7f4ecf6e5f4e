"""Biểu mẫu điện tử và khuôn giấy tờ: one definition for screen, print, checks, schema and API."""
