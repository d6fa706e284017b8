#!/bin/sh
# Installs those packages of packages.txt that are missing. Needs no network where none is.
set -eu
list=$(dirname "$0")/packages.txt
packages=$(sed 's/#.*//' "$list")

die() {
  echo "error: $*" >&2
  exit 1
}

is_installed() {
  [ "$(dpkg-query -W -f '${db:Status-Status}' "$1" 2>/dev/null)" = installed ]
}

command -v dpkg-query >/dev/null && command -v apt-get >/dev/null ||
  die "apt-get and dpkg-query were not found: this script knows Debian and its relatives only." \
    "What must be there is listed in scripts/packages.txt."

missing=
for package in $packages; do
  is_installed "$package" || missing="$missing $package"
done
if [ -z "$missing" ]; then
  echo "Packages: all $(echo $packages | wc -w) are installed."
  exit 0
fi

echo "Packages: installing$missing"
as_root=env
if [ "$(id -u)" -ne 0 ]; then
  command -v sudo >/dev/null ||
    die "neither root nor sudo. As root, run: apt-get install$missing"
  as_root="sudo env"
fi
apt="$as_root DEBIAN_FRONTEND=noninteractive apt-get -q -o DPkg::Lock::Timeout=300"
$apt update || echo "warning: apt-get update failed; trying with the lists that are there" >&2
# shellcheck disable=SC2086  # one argument a package
$apt install -y --no-install-recommends $missing || die "apt-get could not install:$missing"
for package in $missing; do
  is_installed "$package" || die "the package $package is still missing after apt-get install"
done
