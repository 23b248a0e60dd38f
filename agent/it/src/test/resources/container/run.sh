#!/bin/sh
# Runs a command as a container does: in a root folder of its own, with what is mounted there alone, as a user without a name,
# with no other environment. Run by unshare --mount, so that the mounts end with it.
#   run.sh <root folder> <user id> <ro|rw, of the root> <mounts file: source, target, ro|rw, with tabs between> <command>…
set -e
root=$1 user=$2 mode=$3 mounts=$4
shift 4
mount --make-rprivate /
mount --bind "$root" "$root"
tab=$(printf '\t')
while IFS=$tab read -r source target how; do
  if [ -d "$source" ]; then
    mkdir -p "$root$target"
  else
    mkdir -p "$(dirname "$root$target")"
    touch "$root$target"
  fi
  mount --rbind "$source" "$root$target"
  if [ "$how" = ro ]; then mount -o remount,bind,ro "$root$target"; fi
done < "$mounts"
if [ "$mode" = ro ]; then mount -o remount,bind,ro "$root"; fi
exec chroot --userspec="$user:$user" --groups= "$root" "$@"
