# Loads servers and reads what was measured. Needs the variables of scripts/bench, and bench_servers.sh.

# compile NAME [LIBRARY]: builds a program of tests/bench as $work/NAME.
compile() { g++ -std=c++20 -O2 -Wall -Wextra -Werror "$root/tests/bench/$1.cpp" -o "$work/$1" ${2:+"$2"}; }

# A server that is compared: its port, what it is asked, what each answer must contain, and its processes.
declare -A peer_port peer_target peer_text peer_pids

# peer NAME PORT TARGET TEXT PID
peer() {
  peer_port[$1]=$2
  peer_target[$1]=$3
  peer_text[$1]=$4
  peer_pids[$1]=$(family "$5")
}

# measure PEER CONNECTIONS [OPTION...]: loads it for $seconds, with more options of tests/bench/load.cpp. Sets `measured`, a line of
# JSON. Fails if an answer is wrong.
measure() {
  local name=$1 connections=$2 pid options=()
  shift 2
  for pid in ${peer_pids[$name]}; do options+=(--pid "$pid"); done
  measured=$("${on_load_core[@]}" "$work/load" --port "${peer_port[$name]}" --target "${peer_target[$name]}" --expect "${peer_text[$name]}" \
    --connections "$connections" --seconds "$seconds" "${options[@]}" "$@") || fail "wrong answers from $name: $measured"
}

# figure NAME: prints one of the numbers of `measured`.
figure() { sed -n "s|.*\"$1\":\([0-9.]*\).*|\1|p" <<<"$measured"; }

# cost: prints the processor time of an answer in microseconds.
cost() { awk -v u="$(figure user)" -v s="$(figure system)" -v n="$(figure answers)" 'BEGIN {printf "%.2f\n", (u + s) * 1e6 / n}'; }

# busy: prints which part of its core the server used, in percent. Below about 95 the load was the limit, or it waited.
busy() { awk -v u="$(figure user)" -v s="$(figure system)" -v t="$(figure seconds)" 'BEGIN {printf "%.0f\n", (u + s) * 100 / t}'; }

# wrk_rate CONNECTIONS URL [SCRIPT]: prints the answers per second that wrk counts. Fails on an error status or a broken connection.
wrk_rate() {
  local log=$work/wrk.log
  "${on_load_core[@]}" wrk -t1 -c"$1" -d"${seconds}s" ${3:+-s "$root/tests/bench/$3"} "$2" >"$log" 2>&1 || { cat "$log" >&2; fail "wrk failed"; }
  if grep -qE 'Non-2xx|Socket errors' "$log"; then cat "$log" >&2; fail "answers that are no answers"; fi
  sed -n 's|^Requests/sec: *||p' "$log"
}

# expect_bytes URL FILE: fails unless the answer has exactly the bytes of the file.
expect_bytes() {
  curl -s -S "$1" >"$work/answer"
  cmp -s "$work/answer" "$2" || { say "wrong answer from $1:"; head -c 600 "$work/answer" >&2; fail "a benched answer is not the right bytes"; }
}
