# Ratios, budgets and the table of results. Needs the variables of scripts/bench.

# add_ratio NAME A B: adds A / B to the ratios of this name.
add_ratio() { awk -v a="$2" -v b="$3" 'BEGIN {printf "%.3f\n", a / b}' >>"$work/ratios.$1"; }

# summary NAME: prints the median, the least and the greatest of the ratios of this name.
summary() {
  sort -g "$work/ratios.$1" | awk '{v[NR] = $1} END {
    printf "%.2f %.2f %.2f\n", NR % 2 ? v[(NR + 1) / 2] : (v[NR / 2] + v[NR / 2 + 1]) / 2, v[1], v[NR]}'
}

rows=()  # WHAT|MEDIAN|MIN|MAX|BUDGET|VERDICT|DETAIL
judged=0
failed=0

add_row() {
  rows+=("$1")
  say "$(print_row "$1")"
}

print_row() {
  local what median min max budget verdict detail
  IFS='|' read -r what median min max budget verdict detail <<<"$1"
  printf '%-60s %6s  %6s %6s   %-13s %-4s  %s\n' "$what" "$median" "$min" "$max" "$budget" "$verdict" "$detail"
}

# judge NAME WHAT at-least|at-most BUDGET DETAIL: compares the median of the ratios of this name with the budget, and adds a row.
judge() {
  local median min max verdict
  read -r median min max < <(summary "$1")
  verdict=$(awk -v r="$median" -v how="$3" -v b="$4" 'BEGIN {print (how == "at-least" ? r >= b : r <= b) ? "PASS" : "FAIL"}')
  judged=$((judged + 1))
  [ "$verdict" = PASS ] || failed=$((failed + 1))
  add_row "$2|$median|$min|$max|$3 $4|$verdict|$5"
}

# show NAME WHAT DETAIL: adds a row without a budget.
show() {
  local median min max
  read -r median min max < <(summary "$1")
  add_row "$2|$median|$min|$max|||$3"
}

# skip WHAT REASON: adds a row for something that this machine cannot measure.
skip() { add_row "$1||||||skipped: $2"; }

print_results() {
  local row
  printf '\n'
  print_row "what|median|min|max|budget||"
  for row in "${rows[@]}"; do print_row "$row"; done
}

# program_commit: prints the commit that a program of this run said it was built from, and whether its sources have changed.
program_commit() {
  local sources=(CMakeLists.txt schemas config adapters gateway)
  cat "$work"/*/err | sed -n 's|.* parley [0-9.]* (\([0-9a-f]*\)) serves .*|\1|p' | head -n 1
  [ -z "$(git -C "$root" status --porcelain -- "${sources[@]}")" ] || printf 'with changes\n'
}

# versions: prints a line for each program that may be compared and is installed.
versions() {
  local package
  printf -- '- Parley: commit %s\n' "$(program_commit | paste -sd ' ')"
  printf -- '- compiler: %s\n' "$(g++ --version | head -n 1)"
  for package in nginx libnginx-mod-http-lua haproxy wrk nghttp2-client libsqlite3-0; do
    dpkg-query -W -f='- ${Package}: ${Version}\n' "$package" 2>/dev/null | grep ': .' || true
  done
  if command -v node >/dev/null; then printf -- '- Node.js: %s\n' "$(node --version)"; fi
  sed -nE 's/^ *"(fastify|undici)": "([0-9.]*)".*/- \1: \2/p' "$root/tests/bench/fastify/package.json"
}

# write_results FILE: writes the machine, the versions, the command and the table.
write_results() {
  local row
  {
    printf '# Results of scripts/bench\n\n'
    printf 'Written by the script; do not edit. A ratio is Parley to the other one, as the median, the least and the greatest of the rounds.\n'
    printf 'Details are of the last round.\n\n'
    printf -- '- date: %s\n' "$(date -u +'%Y-%m-%d %H:%M UTC')"
    printf -- '- command: %s\n' "${command[*]}"
    printf -- '- processor: %s, %s cores\n' "$(sed -n 's|^model name[^:]*: ||p' /proc/cpuinfo | head -n 1)" "$(nproc)"
    printf -- '- kernel: %s\n' "$(uname -sr)"
    printf -- '- load average before the run: %s\n' "$load_before"
    versions
    printf '\n| what | median | min | max | budget | | detail |\n|---|---|---|---|---|---|---|\n'
    for row in "${rows[@]}"; do printf '| %s |\n' "${row//|/ | }"; done
  } >"$1.new"
  mv "$1.new" "$1"
}
