"""Nhập từ nơi khác: readers of foreign shapes of procedures, processes and forms."""
