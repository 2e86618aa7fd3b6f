# Sourced by the scripts of this repository: makes sure that there is a JDK to build and run with.
# shellcheck shell=bash

# Sets $java. Ends the script, with what to do, when there is no JDK 17 or newer.
require_jdk() {
  local home="" version
  if [ -n "${JAVA_HOME-}" ]; then
    java=$JAVA_HOME/bin/java
    home=" (JAVA_HOME is $JAVA_HOME)"
    [ -x "$java" ] || give_up "JAVA_HOME is $JAVA_HOME, and no JDK is there." "Correct it, or unset it."
  else
    java=$(command -v java) || give_up "Java is missing." "Install a JDK, 17 or newer (Debian: openjdk-17-jdk-headless)."
  fi
  version=$("$java" -version 2>&1 | sed -n 's/.* version "\(1\.\)\{0,1\}\([0-9]*\).*/\2/p' | head -n 1)
  [ "${version:-0}" -ge 17 ] \
    || give_up "Java 17 or newer is needed, and $java is Java ${version:-of an unknown version}$home." \
      "Install a newer JDK, or set JAVA_HOME to one."
  PATH=${JAVA_HOME:+$JAVA_HOME/bin:}$PATH command -v javac >/dev/null \
    || give_up "$java belongs to a Java without a compiler$home." \
      "Install a whole JDK (Debian: openjdk-17-jdk-headless), or set JAVA_HOME to one."
}

# give_up PROBLEM REMEDY: ends the script as the product's own commands end for a machine that is not ready.
give_up() {
  printf 'error: %s %s\n' "$1" "$2" >&2
  exit 1
}
