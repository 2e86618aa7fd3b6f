#!/bin/sh
# Two spaces in a row are bad style.
! grep -rn "  " backend/www
