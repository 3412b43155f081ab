# Runs the steps of scripts/test and counts what passed and failed. Needs common.sh.

# A line "PASSED FAILED SECONDS NAME" for each step. A file, since steps run in processes of their own.
results=$(mktemp)

# add NAME PASSED FAILED SINCE: adds the result of a step that began when SECONDS was SINCE.
add() { printf '%s %s %s %s\n' "$2" "$3" "$((SECONDS - $4))" "$1" >>"$results"; }

# took NAME SINCE: the same for a step that tests nothing.
took() { add "$1" 0 0 "$2"; }

# at_once FUNCTION...: runs functions of steps at the same time, each in a process of its own. One that ends early counts as a failure.
at_once() {
  local one pids=()
  for one in "$@"; do
    "$one" &
    pids+=($!)
  done
  for one in "$@"; do
    wait "${pids[0]}" || add "$one" 0 1 "$SECONDS"
    pids=("${pids[@]:1}")
  done
}

# step NAME COMMAND...: runs a command that counts as one test. Shows its output only if it fails, but lines that begin with `note:`
# always.
step() {
  local name=$1 log since=$SECONDS
  shift
  log=$(mktemp)
  say "== $name"
  if "$@" >"$log" 2>&1; then
    add "$name" 1 0 "$since"
    grep '^note: ' "$log" >&2 || true
  else
    cat "$log" >&2
    add "$name" 0 1 "$since"
  fi
  rm -f "$log"
}

# book_doctest NAME LOG CODE SINCE: adds the cases of a doctest program that wrote LOG and ended with CODE. A program that crashed, or ran
# no case, counts as a failure.
book_doctest() {
  local name=$1 log=$2 code=$3 since=$4 line good bad
  line=$(grep -a '^\[doctest\] test cases:' "$log" | tail -n 1 || true)
  good=$(sed -n 's/.*| *\([0-9][0-9]*\) passed.*/\1/p' <<<"$line")
  bad=$(sed -n 's/.*| *\([0-9][0-9]*\) failed.*/\1/p' <<<"$line")
  if [ "$code" -ne 0 ] || [ "${bad:-0}" -ne 0 ] || [ "${good:-0}" -eq 0 ]; then
    tail -c 20000 "$log" >&2
    say "$name ended with code $code"
    [ "${bad:-0}" -gt 0 ] || bad=1
  fi
  add "$name" "${good:-0}" "${bad:-0}" "$since"
}

# count_doctest NAME PROGRAM [ARGUMENT...]: runs a doctest program and adds its cases.
count_doctest() {
  local name=$1 log code=0 since=$SECONDS
  shift
  log=$(mktemp)
  say "== $name"
  "$@" >"$log" 2>&1 || code=$?
  book_doctest "$name" "$log" "$code" "$since"
  rm -f "$log"
}

# count_programs BUILD NAME...: the same for the test programs BUILD/tests/parley_NAME, all at once: they mostly wait. `unit` runs as
# two, since the tests of the gateway's folders wait for one deadline after another.
count_programs() {
  local build=$1 name names=() pids=() options
  shift
  for name in "$@"; do
    names+=("$name")
    [ "$name" != unit ] || names+=(unit-gateway)
  done
  for name in "${names[@]}"; do
    options=()
    case $name in
      unit) options=('-sfe=*/gateway/*') ;;
      unit-gateway) options=('-sf=*/gateway/*') ;;
    esac
    count_doctest "$name" "$build/tests/parley_${name%-gateway}" ${options[@]+"${options[@]}"} &
    pids+=($!)
  done
  for name in "${pids[@]}"; do wait "$name"; done
}

# count_ctest NAME ARGUMENT...: runs ctest and adds its tests.
count_ctest() {
  local name=$1 log code=0 line bad all since=$SECONDS
  shift
  log=$(mktemp)
  say "== $name"
  ctest --output-on-failure "$@" >"$log" 2>&1 || code=$?
  line=$(grep -a 'tests failed out of' "$log" || true)
  bad=$(sed -n 's/.* \([0-9][0-9]*\) tests* failed out of.*/\1/p' <<<"$line")
  all=$(sed -n 's/.*failed out of \([0-9][0-9]*\).*/\1/p' <<<"$line")
  if [ "$code" -ne 0 ] || [ -z "$all" ]; then
    tail -c 20000 "$log" >&2
    say "$name ended with code $code"
    [ "${bad:-0}" -gt 0 ] || bad=1
    [ -n "$all" ] || all=$bad
  fi
  add "$name" $((all - bad)) "$bad" "$since"
  rm -f "$log"
}

# count_tap NAME COMMAND...: runs a program that writes TAP with node's closing lines, and adds its tests.
count_tap() {
  local name=$1 log code=0 good bad since=$SECONDS
  shift
  log=$(mktemp)
  say "== $name"
  "$@" >"$log" 2>&1 || code=$?
  good=$(sed -n 's/^# pass \([0-9][0-9]*\)$/\1/p' "$log" | tail -n 1)
  bad=$(sed -n 's/^# fail \([0-9][0-9]*\)$/\1/p' "$log" | tail -n 1)
  if [ "$code" -ne 0 ] || [ "${bad:-0}" -ne 0 ] || [ "${good:-0}" -eq 0 ]; then
    tail -c 20000 "$log" >&2
    say "$name ended with code $code"
    [ "${bad:-0}" -gt 0 ] || bad=1
  fi
  add "$name" "${good:-0}" "${bad:-0}" "$since"
  rm -f "$log"
}

# finish: prints the duration of each step, then the closing line. Fails if a test failed. Sets `passed` and `failed`.
finish() {
  local good bad seconds name
  passed=0
  failed=0
  if [ -s "$results" ]; then say "seconds:"; fi
  while read -r good bad seconds name; do
    say "$(printf '%7d  %s' "$seconds" "$name")"
    passed=$((passed + good))
    failed=$((failed + bad))
  done <"$results"
  say "$(printf '%7d  %s' "$SECONDS" "all of it")"
  while read -r good bad seconds name; do
    [ "$bad" -eq 0 ] || say "failed: $name"
  done <"$results"
  rm -f "$results"
  printf '%s passed, %s failed\n' "$passed" "$failed"
  [ "$failed" -eq 0 ]
}
