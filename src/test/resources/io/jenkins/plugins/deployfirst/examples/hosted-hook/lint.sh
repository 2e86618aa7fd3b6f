#!/bin/sh
# Two spaces in a row are bad style.
! grep -n "  " www/index.html
