#!/bin/sh
# session.sh WORK COMMAND…: runs COMMAND in namespaces where nothing but a loopback interface is, with a system bus and an
# Avahi daemon of its own. Nothing of it is seen outside, and all of it ends with COMMAND.
#   unshare --map-root-user --net --mount --pid --fork --kill-child sh session.sh WORK COMMAND…
# COMMAND may say `start`, `stop`, `freeze` (a line each) on the descriptor 9, which starts, ends or stops the daemon as a debugger
# does; the last is answered by a line on the descriptor 8.
set -eu
work="$1"
shift
export PATH="$PATH:/usr/sbin:/sbin"
ip link set lo up multicast on
mount -t tmpfs none /run
mkdir /run/avahi-daemon
# There is one account in here.
sed 's/^avahi:x:[0-9]*:[0-9]*/avahi:x:0:0/' /etc/passwd >"$work/passwd"
sed 's/^avahi:x:[0-9]*/avahi:x:0/' /etc/group >"$work/group"
mount --bind "$work/passwd" /etc/passwd
mount --bind "$work/group" /etc/group
cat >"$work/bus.conf" <<END
<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-BUS Bus Configuration 1.0//EN"
  "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>custom</type>
  <listen>unix:path=/run/bus</listen>
  <auth>EXTERNAL</auth>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>
END
cat >"$work/avahi.conf" <<END
[server]
host-name=testhost
use-ipv6=no
allow-interfaces=lo
[publish]
publish-hinfo=no
publish-workstation=no
END
export DBUS_SYSTEM_BUS_ADDRESS=unix:path=/run/bus
dbus-daemon --config-file="$work/bus.conf" --fork --print-address >/dev/null  # returns when it listens
mkfifo "$work/orders"
exec 9<>"$work/orders"
mkfifo "$work/answers"
exec 8<>"$work/answers"
daemon=""
(
  while read -r order <&9; do
    case "$order" in
      start)
        avahi-daemon --no-drop-root --no-chroot --no-rlimits -f "$work/avahi.conf" >"$work/avahi.log" 2>&1 8>&- 9>&- &
        daemon=$!
        ;;
      stop) kill "$daemon" && wait "$daemon" || true ;;
      freeze)
        kill -STOP "$daemon"
        echo frozen >&8
        ;;
    esac
  done
) &
"$@"
