#!/bin/sh
# The page has to say which release it is.
grep -q "release" www/index.html
