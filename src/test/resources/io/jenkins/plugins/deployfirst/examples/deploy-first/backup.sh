#!/bin/sh
# Fails while there is no room for a backup.
[ ! -f backup-is-full ] || { echo "no space left for a backup"; exit 7; }
echo "$PWD/backups/site.dump"
