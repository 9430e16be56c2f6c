#!/bin/sh
# Installs the Debian 12 packages that are missing, by name. Groups: build, test, lint, sanitize, package.
# Does nothing, and needs no rights, when everything is there.
set -eu
cd "$(dirname "$0")/.."

build="build-essential cmake ninja-build ccache pkg-config git ca-certificates
  libboost1.81-dev libboost-json1.81-dev libboost-url1.81-dev libssl-dev libsqlite3-dev
  libopenblas-dev libspdlog-dev libcurl4-openssl-dev libicu-dev libphonenumber8 libprotobuf-dev libabsl-dev
  libpulse-dev libsecret-1-dev libopus-dev libavahi-client-dev"
node="nodejs npm"
test="libgtest-dev libgmock-dev chromium curl procps iproute2 mount util-linux python3 dbus-daemon gnome-keyring
  avahi-daemon"
lint="clang-16 clang-tidy-16 clang-format-16 g++-mingw-w64-x86-64-posix"
sanitize="clang-16 libclang-rt-16-dev"
package="dpkg-dev fakeroot"

wanted="$build"
for group in "$@"; do
  case "$group" in
    build) ;;
    test) wanted="$wanted $test" ;;
    lint) wanted="$wanted $lint" ;;
    sanitize) wanted="$wanted $test $sanitize" ;;
    package) wanted="$wanted $package" ;;
    *) echo "install_dependencies: no group '$group'; use build, test, lint, sanitize or package" >&2; exit 2 ;;
  esac
done

# Any Node.js from 18 on will do, wherever it came from.
if ! command -v node >/dev/null 2>&1 || ! command -v npm >/dev/null 2>&1 \
    || [ "$(node -p 'process.versions.node.split(".")[0]')" -lt 18 ]; then
  wanted="$wanted $node"
fi

missing=""
for name in $wanted; do
  dpkg-query -W -f '${Status}' "$name" 2>/dev/null | grep -q 'install ok installed' || missing="$missing $name"
done
as_root() {
  if [ "$(id -u)" -eq 0 ]; then
    env DEBIAN_FRONTEND=noninteractive "$@"
  elif command -v sudo >/dev/null 2>&1; then
    sudo env DEBIAN_FRONTEND=noninteractive "$@"
  else
    echo "These packages are missing and need root or sudo to install:${missing:- package lists}" >&2
    exit 1
  fi
}

if [ -n "$missing" ]; then
  echo "==> Installing:$missing"
  as_root apt-get update -q
  # shellcheck disable=SC2086
  as_root apt-get install -y -q --no-install-recommends $missing
fi

# libphonenumber-dev cannot be installed beside Boost 1.81: it asks for the default Boost. Its headers, which are all
# that is missing, include nothing of it; they are unpacked here in the version of the library that is installed.
headers=third_party/libphonenumber
version=$(dpkg-query -W -f '${Version}' libphonenumber8)
if [ ! -f /usr/include/phonenumbers/phonenumberutil.h ] \
    && [ "$(cat "$headers/version" 2>/dev/null)" != "$version" ]; then
  echo "==> Unpacking the headers of libphonenumber $version to $headers"
  work=$(mktemp -d)
  trap 'rm -rf "$work"' EXIT
  fetch() { (cd "$work" && apt-get -q -o APT::Sandbox::User=root download "libphonenumber-dev=$version"); }
  if ! fetch >/dev/null 2>&1; then
    as_root apt-get update -q
    offered=$(apt-cache madison libphonenumber-dev | awk '$3 ~ /^8\.12\./ { print $3 }')
    newest=$(echo "$offered" | head -n 1)
    # Debian's updates take the old version away. Library and headers go to the new one together.
    if [ -n "$newest" ] && ! echo "$offered" | grep -qxF "$version"; then
      echo "==> The package archive no longer has version $version: libphonenumber8 goes to $newest, too"
      as_root apt-get install -y -q --no-install-recommends "libphonenumber8=$newest" && version=$newest
    fi
    if ! fetch; then
      echo "install_dependencies: the package archive gives no libphonenumber-dev $version, which belongs to the" >&2
      echo "  libphonenumber8 that is installed. Bring that to a version of both (see 'apt-cache policy" >&2
      echo "  libphonenumber8 libphonenumber-dev') and run this again." >&2
      exit 1
    fi
  fi
  dpkg-deb --extract "$work"/libphonenumber-dev_*.deb "$work/package"
  rm -rf "$headers"
  mkdir -p "$headers"
  cp -R "$work/package/usr/include" "$work/package/usr/share/doc/libphonenumber-dev/copyright" "$headers"
  echo "$version" > "$headers/version"
fi
