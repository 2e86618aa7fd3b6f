#!/bin/sh
# Stands in for docker and its compose plugin in the demonstration: one container, which is a folder. Starting it copies
# the page out of the checkout, as the shop's real container does; a web server elsewhere shows what is in the folder.
# Understands just what the engine's scripts and the demonstration ask of it, and refuses everything else.
set -eu
container=$(cd "$(dirname "$0")/../container" && pwd)

start() {
  rm -f "$container/index.html"
  cp "$1/index.html" "$container/new"
  mv "$container/new" "$container/index.html"
}

refuse() {
  echo "The stand-in for docker does not understand: docker $*" >&2
  exit 1
}

compose() {
  file=docker-compose.yml
  project=
  while [ $# -gt 0 ]; do
    case $1 in
      -f) file=$2; shift 2 ;;
      -p) project=$2; shift 2 ;;
      --project-directory) shift 2 ;;
      *) break ;;
    esac
  done
  case $* in
    version) echo 'Docker Compose version v2 (a stand-in)' ;;
    config) cat "$file" ;;
    'up -d')
      start "$PWD"
      printf '%s' "$project" >"$container/project"
      printf '%s' "$PWD" >"$container/directory" ;;
    *) refuse compose "$*" ;;
  esac
}

case ${1-} in
  compose)
    shift
    compose "$@" ;;
  ps)
    if [ -f "$container/directory" ]; then
      echo "0123456789ab|web|$(cat "$container/project")|$(cat "$container/directory")"
    fi ;;
  restart)
    start "$(cat "$container/directory")" ;;
  image)
    [ "${2-}" = inspect ] || refuse "$@" ;;
  *)
    refuse "$@" ;;
esac
