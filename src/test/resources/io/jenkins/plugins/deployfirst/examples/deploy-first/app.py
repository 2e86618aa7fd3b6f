# Run by the stand-in of python, which is a shell.
echo "Starting $(cat site/index.html)"
[ ! -f trouble ] || cat trouble
exec httpd -f -p 8000 -h site
