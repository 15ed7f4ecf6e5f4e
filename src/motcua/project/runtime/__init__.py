"""What turns an installation on and off: the embedded database, the web server, the worker."""
