#!/bin/sh
# Makes build/package/3cx-ninja-server_*.deb and 3cx-ninja-agent_*.deb from the release build and the files in
# packaging/, then unpacks both and starts what is in them. Installs nothing.
set -eu
cd "$(dirname "$0")/.."
bin="${NINJA_BIN:-build/release/bin}"
out=build/package
work=$out/work
version=$(sed -n 's/^project(.* VERSION \([0-9.]*\).*/\1/p' CMakeLists.txt)
architecture=$(dpkg --print-architecture)
# The same sources give the same packages, to the byte.
SOURCE_DATE_EPOCH="${SOURCE_DATE_EPOCH:-$(git log -1 --format=%ct 2>/dev/null || date +%s)}"
export SOURCE_DATE_EPOCH
umask 022
rm -rf "$out"
mkdir -p "$work/debian" "$work/check"
printf 'Source: 3cx-ninja-realtime\n\nPackage: 3cx-ninja-server\nArchitecture: any\n' > "$work/debian/control"

program() {  # PACKAGE NAME: the program without its symbols
  install -D -m 0755 "$bin/$2" "$work/$1/usr/bin/$2"
  strip --strip-unneeded --remove-section=.comment "$work/$1/usr/bin/$2"
}
file() {  # PACKAGE MODE FROM TO
  install -D -m "$2" "$3" "$work/$1/$4"
}
documents() {  # PACKAGE: what every package owes its reader
  file "$1" 0644 packaging/copyright "usr/share/doc/$1/copyright"
  printf '3cx-ninja-realtime (%s) stable; urgency=medium\n\n  * Built from the sources of this version.\n\n -- 3CX-NinjaOne Realtime <root@localhost>  %s\n' \
    "$version" "$(date -u -R -d "@$SOURCE_DATE_EPOCH")" | gzip -9n > "$work/$1/usr/share/doc/$1/changelog.gz"
}
package() {  # PACKAGE DEFINITIONS
  root=$work/$1
  depends=$(cd "$work" && dpkg-shlibdeps -O "$1/usr/bin/$1" 2>/dev/null | sed -n 's/^shlibs:Depends=//p')
  [ -n "$depends" ] || { echo "package: dpkg-shlibdeps found no libraries for $1" >&2; exit 1; }
  mkdir -p "$root/DEBIAN"
  size=$(du -k -s --apparent-size "$root/usr" | cut -f1)
  sed -e "s/@VERSION@/$version/" -e "s/@ARCHITECTURE@/$architecture/" -e "s/@INSTALLED_SIZE@/$size/" \
    -e "s/@DEPENDS@/$depends/" "$2/control" > "$root/DEBIAN/control"
  for script in postinst prerm postrm; do
    [ ! -f "$2/$script" ] || install -m 0755 "$2/$script" "$root/DEBIAN/$script"
  done
  [ ! -f "$2/conffiles" ] || install -m 0644 "$2/conffiles" "$root/DEBIAN/conffiles"
  (cd "$root" && find usr lib etc -type f 2>/dev/null | grep -v '^etc/' | LC_ALL=C sort | xargs md5sum > DEBIAN/md5sums)
  fakeroot dpkg-deb --root-owner-group -Zxz --build "$root" "$out/${1}_${version}_$architecture.deb" >/dev/null
}
check() {  # PACKAGE: what was packed starts and says its version
  dpkg-deb --extract "$out/${1}_${version}_$architecture.deb" "$work/check/$1"
  said=$("$work/check/$1/usr/bin/$1" --version)
  case "$said" in
    *"$version"*) echo "    $out/${1}_${version}_$architecture.deb ($(du -k "$out/${1}_${version}_$architecture.deb" | cut -f1) KB): $said" ;;
    *) echo "package: $1 says '$said' instead of version $version" >&2; exit 1 ;;
  esac
}

echo "==> Packages of version $version"
server=3cx-ninja-server
program $server 3cx-ninja-server
file $server 0755 packaging/server/3cx-ninja-ctl usr/sbin/3cx-ninja-ctl
file $server 0644 packaging/server/3cx-ninja-server.service lib/systemd/system/3cx-ninja-server.service
file $server 0644 packaging/server/server.json etc/3cx-ninja/server.json
file $server 0600 packaging/server/server.env etc/3cx-ninja/server.env
file $server 0644 server/config/default.json usr/share/doc/$server/default.json
for document in README.md README.fr.md docs/CONFIGURATION.md; do
  [ ! -f "$document" ] || file $server 0644 "$document" "usr/share/doc/$server/$(basename "$document")"
done
mkdir -p "$work/$server/usr/share/$server"
cp -r --no-preserve=ownership dashboard/dist "$work/$server/usr/share/$server/dashboard"
documents $server
package $server packaging/server

agent=3cx-ninja-agent
program $agent 3cx-ninja-agent
documents $agent
package $agent packaging/agent

check $server
check $agent
if command -v lintian >/dev/null 2>&1; then
  lintian --no-tag-display-limit --suppress-tags no-manual-page "$out"/*.deb
fi
rm -rf "$work"
