# Runs the steps of scripts/test and counts what passed and failed. Needs common.sh.

passed=0
failed=0
broken=()
times=()  # "SECONDS NAME" of each step

# took NAME SINCE: records the duration of a step that began when SECONDS was SINCE.
took() { times+=("$((SECONDS - $2)) $1"); }

# add PASSED FAILED NAME: adds the result of a step.
add() {
  passed=$((passed + $1))
  failed=$((failed + $2))
  [ "$2" -eq 0 ] || broken+=("$3")
}

# step NAME COMMAND...: runs a command that counts as one test. Shows its output only if it fails, but lines that begin with `note:`
# always.
step() {
  local name=$1 log since=$SECONDS
  shift
  log=$(mktemp)
  say "== $name"
  if "$@" >"$log" 2>&1; then
    add 1 0 "$name"
    grep '^note: ' "$log" >&2 || true
  else
    cat "$log" >&2
    add 0 1 "$name"
  fi
  rm -f "$log"
  took "$name" "$since"
}

# book_doctest NAME LOG CODE: adds the cases of a doctest program that wrote LOG and ended with CODE. A program that crashed, or ran
# no case, counts as a failure.
book_doctest() {
  local name=$1 log=$2 code=$3 line good bad
  line=$(grep -a '^\[doctest\] test cases:' "$log" | tail -n 1 || true)
  good=$(sed -n 's/.*| *\([0-9][0-9]*\) passed.*/\1/p' <<<"$line")
  bad=$(sed -n 's/.*| *\([0-9][0-9]*\) failed.*/\1/p' <<<"$line")
  if [ "$code" -ne 0 ] || [ "${bad:-0}" -ne 0 ] || [ "${good:-0}" -eq 0 ]; then
    tail -c 20000 "$log" >&2
    say "$name ended with code $code"
    [ "${bad:-0}" -gt 0 ] || bad=1
  fi
  add "${good:-0}" "${bad:-0}" "$name"
}

# count_doctest NAME PROGRAM [ARGUMENT...]: runs a doctest program and adds its cases.
count_doctest() {
  local name=$1 log code=0 since=$SECONDS
  shift
  log=$(mktemp)
  say "== $name"
  "$@" >"$log" 2>&1 || code=$?
  book_doctest "$name" "$log" "$code"
  rm -f "$log"
  took "$name" "$since"
}

# count_programs BUILD NAME...: the same for the test programs BUILD/tests/parley_NAME, all at once: they mostly wait. `unit` runs as
# two, since the tests of the gateway's folders wait for one deadline after another.
count_programs() {
  local build=$1 logs name names=() options
  shift
  for name in "$@"; do
    names+=("$name")
    [ "$name" != unit ] || names+=(unit-gateway)
  done
  logs=$(mktemp -d)
  for name in "${names[@]}"; do
    say "== $name"
    options=()
    case $name in
      unit) options=('-sfe=*/gateway/*') ;;
      unit-gateway) options=('-sf=*/gateway/*') ;;
    esac
    (
      code=0
      SECONDS=0
      "$build/tests/parley_${name%-gateway}" ${options[@]+"${options[@]}"} >"$logs/$name" 2>&1 || code=$?
      printf '%s %s\n' "$code" "$SECONDS" >"$logs/$name.end"
    ) &
  done
  wait
  for name in "${names[@]}"; do
    local code=1 seconds=0
    read -r code seconds <"$logs/$name.end" || true
    book_doctest "$name" "$logs/$name" "$code"
    times+=("$seconds $name")
  done
  rm -rf "$logs"
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
  add $((all - bad)) "$bad" "$name"
  rm -f "$log"
  took "$name" "$since"
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
  add "${good:-0}" "${bad:-0}" "$name"
  rm -f "$log"
  took "$name" "$since"
}

# finish: prints the duration of each step, then the closing line. Fails if a test failed.
finish() {
  local name one
  if [ ${#times[@]} -gt 0 ]; then say "seconds:"; fi
  for one in ${times[@]+"${times[@]}"}; do say "$(printf '%7d  %s' "${one%% *}" "${one#* }")"; done
  say "$(printf '%7d  %s' "$SECONDS" "all of it")"
  for name in ${broken[@]+"${broken[@]}"}; do say "failed: $name"; done
  printf '%s passed, %s failed\n' "$passed" "$failed"
  [ "$failed" -eq 0 ]
}
