# What every script needs: where the project is, saying things, failing.
# Sourced, never run. Sets `root`, the absolute path of the project.

set -euo pipefail
root=$(cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/../.." && pwd)

say() { printf '%s\n' "$*" >&2; }
fail() {
  say "${0##*/}: $*"
  exit 1
}

# job_count: how many compilers may run at once. One needs up to 1 GiB, so memory counts as well as cores.
job_count() {
  local cores memory
  cores=$(nproc)
  memory=$(awk '/^MemAvailable:/ {print int($2 / 1048576)}' /proc/meminfo 2>/dev/null || echo "$cores")
  [ "$memory" -ge 1 ] || memory=1
  [ "$memory" -lt "$cores" ] && cores=$memory
  printf '%s\n' "$cores"
}

# first_free_port: a TCP port on the loopback address that nobody listens on now.
first_free_port() {
  local port
  for port in $(seq "${1:-18080}" $((${1:-18080} + 500))); do
    if ! (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null; then
      printf '%s\n' "$port"
      return
    fi
  done
  fail "no free port from ${1:-18080} on"
}
