# What every script needs: the path of the project, messages, failing.
# Source this file; do not run it. Sets `root`, the absolute path of the project.

set -euo pipefail
root=$(cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/../.." && pwd)

say() { printf '%s\n' "$*" >&2; }
fail() {
  say "${0##*/}: $*"
  exit 1
}

# job_count: prints how many compilers may run at once: the number of cores, or fewer, as each may need 1 GiB of memory.
job_count() {
  local cores memory
  cores=$(nproc)
  memory=$(awk '/^MemAvailable:/ {print int($2 / 1048576)}' /proc/meminfo 2>/dev/null || echo "$cores")
  [ "$memory" -ge 1 ] || memory=1
  [ "$memory" -lt "$cores" ] && cores=$memory
  printf '%s\n' "$cores"
}

# first_free_port [FROM]: prints a TCP port, from FROM (default 18080) up, on which nobody listens at the loopback address now.
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
