# Run by the stand-in of python, which is a shell.
case $1 in
  migrate) exec alembic upgrade head ;;
  runserver)
    echo "Serving release $(cat release)"
    [ ! -f trouble ] || cat trouble
    exec httpd -f -p 8000 -h www ;;
  *) exec sleep 100000 ;;
esac
