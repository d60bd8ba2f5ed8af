#!/bin/sh
# Install Debian packages as root, with none of their services started or set to start at boot.
set -eu
exec 9>/var/lock/nfv-mano-os-packages  # the policy below is one for all
flock 9
policy=/usr/sbin/policy-rc.d
mark='# nfv.mano sandbox: no service starts while its packages are installed'

# One with our mark is left over from an install that was killed.
if [ ! -e "$policy" ] || grep -qxF "$mark" "$policy"; then
    trap 'rm -f "$policy"' EXIT
    trap 'exit 1' HUP INT TERM
    printf '#!/bin/sh\n%s\nexit 101\n' "$mark" >"$policy"
    chmod 755 "$policy"
fi

install() {
    DEBIAN_FRONTEND=noninteractive apt-get -q -y -o DPkg::Lock::Timeout=300 install --no-install-recommends "$@" </dev/null
}
# The package lists may be absent or stale.
install "$@" || { apt-get -q update && install "$@"; }

command -v systemctl >/dev/null || exit 0
for package in "$@"; do
    dpkg -L "$package" | sed -n 's,^\(/usr\)\?/lib/systemd/system/\([^/@]*\.\(service\|socket\)\)$,\2,p' |
        while read -r unit; do systemctl -q disable "$unit" 2>/dev/null || true; done
done
