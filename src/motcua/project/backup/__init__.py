"""Backup and restore: base backups, the stream of changes, files, settings; put back as of any moment.

`store` knows the folder, `server` the database, `take` makes a backup, `stream` goes on for ever, `restore` puts back,
`check` tries it out, `keep` throws away what is too old. No Django: a backup must not need the program it saves.
"""
