#!/bin/sh
# Runs the tests that need a network and disks of their own, in namespaces that end with them. Needs no rights where the system
# lets every user have such; where it does not (a container, say) they are skipped, and it is said.
set -eu
cd "$(dirname "$0")"
place=$(mktemp -d)
trap 'rmdir "$place"' EXIT
check="ip link set lo up && mount -t tmpfs none '$place' && umount '$place'"
enter=""
# In a chroot there may be no mount that could be made private.
for flags in "--net --mount" "--user --map-root-user --net --mount" "--net --mount --propagation unchanged"; do
  if said=$(unshare $flags sh -c "$check" 2>&1); then
    enter="unshare $flags"
    break
  fi
  why="${why:-}
    unshare $flags: $said"
done
if [ -z "$enter" ]; then
  echo "==> Skipped: a bad network and full disks are tested where network and mount namespaces may be had.$why"
  exit 0
fi
$enter sh -c 'ip link set lo up && exec npx vitest run --config vitest.own_namespaces.config.ts "$@"' sh "$@"
