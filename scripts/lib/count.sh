# Running the steps of scripts/test and adding up what passed and failed. Needs common.sh.

passed=0
failed=0
broken=()

# add PASSED FAILED NAME: books a step's result.
add() {
  passed=$((passed + $1))
  failed=$((failed + $2))
  [ "$2" -eq 0 ] || broken+=("$3")
}

# step NAME COMMAND...: one test that is a command; its output is shown only where it fails.
step() {
  local name=$1 log
  shift
  log=$(mktemp)
  say "== $name"
  if "$@" >"$log" 2>&1; then
    add 1 0 "$name"
  else
    cat "$log" >&2
    add 0 1 "$name"
  fi
  rm -f "$log"
}

# count_doctest NAME PROGRAM [ARGUMENT...]: books the cases of a doctest program. One that dies is one failure more, and
# so is one that ran nothing.
count_doctest() {
  local name=$1 log code=0 line good bad
  shift
  log=$(mktemp)
  say "== $name"
  "$@" >"$log" 2>&1 || code=$?
  line=$(grep -a '^\[doctest\] test cases:' "$log" | tail -n 1 || true)
  good=$(sed -n 's/.*| *\([0-9][0-9]*\) passed.*/\1/p' <<<"$line")
  bad=$(sed -n 's/.*| *\([0-9][0-9]*\) failed.*/\1/p' <<<"$line")
  if [ "$code" -ne 0 ] || [ "${bad:-0}" -ne 0 ] || [ "${good:-0}" -eq 0 ]; then
    tail -c 20000 "$log" >&2
    say "$name ended with code $code"
    [ "${bad:-0}" -gt 0 ] || bad=1
  fi
  add "${good:-0}" "${bad:-0}" "$name"
  rm -f "$log"
}

# count_ctest NAME ARGUMENT...: books what ctest runs.
count_ctest() {
  local name=$1 log code=0 line bad all
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
  add $((all - bad)) "$bad" "$name"
  rm -f "$log"
}

# count_tap NAME COMMAND...: books the tests of a program that writes TAP with node's closing lines.
count_tap() {
  local name=$1 log code=0 good bad
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
  add "${good:-0}" "${bad:-0}" "$name"
  rm -f "$log"
}

# finish: the closing line; the exit code tells the same.
finish() {
  local name
  for name in ${broken[@]+"${broken[@]}"}; do say "failed: $name"; done
  printf '%s passed, %s failed\n' "$passed" "$failed"
  [ "$failed" -eq 0 ]
}
