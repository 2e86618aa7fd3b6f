#!/bin/sh
# Builds the image $1 of this machine's nginx, with nothing in it but what nginx needs.
set -e
context=$(mktemp -d)
trap 'rm -rf "$context"' EXIT
nginx=$(PATH=$PATH:/usr/sbin command -v nginx)
for file in "$nginx" $(ldd "$nginx" | grep -o '/[^ ]*'); do
  mkdir -p "$context/root${file%/*}"
  cp -L "$file" "$context/root$file"
done
cat >"$context/Dockerfile" <<END
FROM deploy-first-test:busybox
COPY root/ /
RUN mkdir -p /etc /run /tmp /var/log/nginx /var/lib/nginx /usr/share/nginx && echo "nobody:x:65534:65534::/:" >/etc/passwd && echo "nogroup:x:65534:" >/etc/group
CMD ["$nginx", "-g", "daemon off; error_log stderr;"]
END
docker build -q -t "$1" "$context"
