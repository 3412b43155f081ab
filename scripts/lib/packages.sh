# Lists the Debian packages that Parley needs, and installs missing ones. Needs common.sh.
# Names are the same in Debian 12 and 13, except for Boost, whose package name has the version.

build_packages=(g++ cmake ninja-build rapidjson-dev libyaml-cpp-dev libsqlite3-dev libcli11-dev libspdlog-dev
  libssl-dev zlib1g-dev libc-ares-dev pkg-config)
test_packages=(clang doctest-dev ccache mold curl ca-certificates clang-format systemd logrotate help2man man-db valgrind sqlite3)
boost_packages=(libboost1.81-dev libboost1.83-dev libboost1.88-dev)

# as_root COMMAND...: runs the command as root, with sudo where needed.
as_root() {
  if [ "$(id -u)" -eq 0 ]; then
    "$@"
  elif command -v sudo >/dev/null; then
    sudo "$@"
  else
    fail "needs root for: $* (no sudo here; run it yourself as root, then start again)"
  fi
}

# lacking PACKAGE...: prints the packages that are not installed, one per line. One call of dpkg-query, about 10 ms.
lacking() {
  local installed package
  installed=$(dpkg-query -W -f='${Package} ${db:Status-Status}\n' "$@" 2>/dev/null | awk '$2 == "installed" {print $1}' || true)
  for package in "$@"; do
    case $'\n'"$installed"$'\n' in
      *$'\n'"$package"$'\n'*) ;;
      *) printf '%s\n' "$package" ;;
    esac
  done
}

# install PACKAGE...: installs only these packages and their dependencies, and removes nothing. Shows the output of apt if it fails.
install() {
  local log
  log=$(mktemp)
  say "installing: $*"
  as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends --no-remove -o Dpkg::Use-Pty=0 -q "$@" >"$log" 2>&1 ||
    { tail -n 30 "$log" >&2; fail "apt-get could not install: $*"; }
  rm -f "$log"
}

refreshed=
refresh() {
  [ -z "$refreshed" ] || return 0
  as_root apt-get update -qq >&2 || fail "apt-get update failed"
  refreshed=yes
}

# known PACKAGE: whether apt can install it.
# grep must read the whole output (so no -q): with pipefail, a pipe that is closed early counts as a failure.
known() { apt-cache policy "$1" 2>/dev/null | grep 'Candidate: [0-9]' >/dev/null; }

# need_prometheus: adds Prometheus and promtool, the checker of its formats, to PATH where one of them is missing.
# Installing the packages would start a server, so the programs are only extracted from them, into build/tools. promtool is part of
# the package prometheus in Debian 12, and a package of its own in Debian 13.
need_prometheus() {
  local tools=$root/build/tools packages=(prometheus) package
  if command -v prometheus >/dev/null && command -v promtool >/dev/null; then return; fi
  if [ ! -x "$tools/usr/bin/prometheus" ] || [ ! -x "$tools/usr/bin/promtool" ]; then
    known prometheus || refresh
    if known promtool; then packages+=(promtool); fi
    say "fetching: prometheus, promtool"
    mkdir -p "$tools"
    (
      cd "$tools"
      for package in "${packages[@]}"; do
        rm -f "${package}"_*.deb
        apt-get download -q -o APT::Sandbox::User=root "$package" &&
          dpkg --fsys-tarfile "${package}"_*.deb | tar -x --wildcards './usr/bin/prom*' || exit 1
        rm -f "${package}"_*.deb
      done
    ) >"$tools/log" 2>&1 || { tail -n 30 "$tools/log" >&2; fail "apt-get could not fetch prometheus"; }
  fi
  PATH=$tools/usr/bin:$PATH
}

# need_packages PACKAGE...: installs those of these packages that are missing. `boost` stands for one of the Boost packages.
need_packages() {
  local wanted=() package missing boost=
  for package in "$@"; do
    if [ "$package" = boost ]; then boost=yes; else wanted+=("$package"); fi
  done
  command -v dpkg-query >/dev/null || fail "this is no Debian: install by hand the equivalents of ${wanted[*]} and Boost 1.81 or newer, then build with cmake --preset release"
  if [ -n "$boost" ]; then
    missing=$(lacking "${wanted[@]}" "${boost_packages[@]}")
    if [ "$(printf '%s\n' "$missing" | grep -c '^libboost')" -lt "${#boost_packages[@]}" ]; then boost=; fi
    missing=$(printf '%s\n' "$missing" | grep -v '^libboost' || true)
  else
    missing=$(lacking "${wanted[@]}")
  fi
  [ -n "$missing$boost" ] || return 0
  refresh
  if [ -n "$boost" ]; then
    for package in "${boost_packages[@]}"; do
      if known "$package"; then
        missing="$missing $package"
        boost=
        break
      fi
    done
    [ -z "$boost" ] || fail "no package of Boost 1.81 or newer here: looked for ${boost_packages[*]} (Debian 12 and 13 have one)"
  fi
  # shellcheck disable=SC2086  # each word is a package
  install $missing
}
