#!/bin/sh
# Broken documentation does not build.
! grep -r BROKEN docs --include='*.md'
