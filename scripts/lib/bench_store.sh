# The parts of the bench that serve from the store: jsonp, pipelining, idle, start, writes, messages, workers. Needs the functions of the other bench
# files.

chat_id=fef5015b-8102-457e-b69b-471a55487837
contact_path="/livechat/getContactByChatID/CHAT_$chat_id?callback="

# prepare_contact NAME: starts a pair of servers that serve the same bytes, once for each NAME. The bytes are the contact of the golden
# file without line ends, in the script that Express would write.
pair=
prepare_contact() {
  [ "$pair" != "$1" ] || return 0
  pair=$1
  local callback=cb000000000000
  printf "/**/ typeof $callback === 'function' && $callback(%s);" "$(tr -d '\n' <"$root/tests/golden/enghouse_contact.json")" >"$work/contact.js"
  start_parley "$1" true
  serve_file "$1-nginx" "$work/contact.js"
  contact_url=http://127.0.0.1:$parley_port$contact_path$callback
  expect_bytes "$contact_url" "$work/contact.js"
  expect_bytes "http://127.0.0.1:$nginx_port/contact.js" "$work/contact.js"
  # Each request to Parley has another callback, so that it cannot send a stored answer. The names have the same length.
  peer parley "$parley_port" "${contact_path}cbNUMBER" "&& cbNUMBER({\"result\":true,\"contact\":{\"id\":\"CHAT_$chat_id\"" "$parley_pid"
  peer nginx "$nginx_port" /contact.js "&& $callback({\"result\":true,\"contact\":{\"id\":\"CHAT_$chat_id\"" "$nginx_pid"
}

# against_file NAME WHAT CONNECTIONS BUDGET: compares the peers parley and nginx.
against_file() {
  local round ours our_cost our_busy theirs their_cost their_busy
  for round in $(seq "$rounds"); do
    measure nginx "$3"
    theirs=$(figure rate) their_cost=$(cost) their_busy=$(busy)
    measure parley "$3"
    ours=$(figure rate) our_cost=$(cost) our_busy=$(busy)
    say "  $1, $3 connections, round $round: parley $ours/s, $our_cost us, $our_busy % busy; nginx $theirs/s, $their_cost us, $their_busy % busy"
    add_ratio "$1.$3" "$ours" "$theirs"
    add_ratio "$1.$3.cost" "$our_cost" "$their_cost"
  done
  judge "$1.$3" "$2, $3 connections" at-least "$4" "parley $ours/s, nginx $theirs/s"
  show "$1.$3.cost" "  processor time of an answer" "parley $our_cost us, nginx $their_cost us"
}

bench_jsonp() {
  local connections
  prepare_contact busy
  for connections in 32 512; do against_file jsonp "JSONP from the store / nginx file" "$connections" 1.2; done
  expect_bytes "$contact_url" "$work/contact.js"
  compare_list
}

# load_visitors NAME COUNT: makes the store of a server that is not started yet, with copies of the vendor's example of a visitor. Their ids
# are the first ones that tests/bench/load.cpp asks for.
load_visitors() {
  write_config "$1" false
  tr -d '\n' <"$visitor_sample" | awk -v id="$visitor_id" -v count="$2" '{
    for (i = 0; i < count; i++) {
      text = $0
      sub(id, sprintf("3d59f909-24cd-43bc-89cb-%012x", i), text)
      print text
    }
  }' >"$work/visitors.jsonl"
  "$program" load --config "$work/$1/gateway.yaml" --backend local --from comm100:visitor "$work/visitors.jsonl" >&2 || fail "the visitors could not be loaded"
}

# compare_list: a list of a hundred visitors from a store.
compare_list() {
  local path='/v4/livechat/visitors?pageSize=100' last=3d59f909-24cd-43bc-89cb-000000000063
  load_visitors list 100
  launch_parley list
  curl -s -S "http://127.0.0.1:$parley_port$path" >"$work/visitors.json"
  jq -e --slurpfile one "$visitor_sample" 'length == 100 and ([.[].id] | unique | length) == 100 and
    all(.[]; del(.id) == ($one[0] | del(.id)))' "$work/visitors.json" >/dev/null || fail "the list is not the vendor's example, a hundred times"
  serve_file list-nginx "$work/visitors.json"
  expect_bytes "http://127.0.0.1:$nginx_port/visitors.json" "$work/visitors.json"
  peer parley "$parley_port" "$path" "\"id\":\"$last\"" "$parley_pid"
  peer nginx "$nginx_port" /visitors.json "\"id\":\"$last\"" "$nginx_pid"
  against_file list "100 visitors from the store / nginx file" 32 0.5
  expect_bytes "http://127.0.0.1:$parley_port$path" "$work/visitors.json"
}

bench_pipelining() {
  local round one sixteen
  prepare_contact busy
  for round in $(seq "$rounds"); do
    one=$(wrk_rate 32 "$contact_url")
    sixteen=$(wrk_rate 32 "$contact_url" pipelined.lua)
    say "  pipelining, round $round: 1: $one/s, 16: $sixteen/s"
    add_ratio pipelining "$sixteen" "$one"
  done
  expect_bytes "$contact_url" "$work/contact.js"
  judge pipelining "16 pipelined requests / one at a time" at-least 4 "$sixteen/s against $one/s"
}

# Two workers on two cores, with a load of two processes on two others.
bench_workers() {
  local what="two workers / one, from the store" round workers load rates=()
  if [ "$(nproc)" -lt 4 ]; then skip "$what" "needs 4 cores"; return; fi
  # shellcheck disable=SC2034  # for the functions that are called
  local on_server_core=(taskset -c '0,1') on_load_core
  for round in $(seq "$rounds"); do
    for workers in 1 2; do
      start_parley "workers-$round-$workers" true "$workers"
      peer parley "$parley_port" "${contact_path}cbNUMBER" "&& cbNUMBER({\"result\":true,\"contact\":{\"id\":\"CHAT_$chat_id\"" "$parley_pid"
      on_load_core=(taskset -c 2)
      (measure parley 32; figure rate >"$work/rate") &
      load=$!
      on_load_core=(taskset -c 3)
      measure parley 32
      wait "$load" || fail "wrong answers on core 2"
      rates[workers]=$(awk -v a="$(figure rate)" -v b="$(cat "$work/rate")" 'BEGIN {print a + b}')
      stop "$parley_pid"
    done
    say "  workers, round $round: 1: ${rates[1]}/s, 2: ${rates[2]}/s"
    add_ratio workers "${rates[2]}" "${rates[1]}"
  done
  show workers "$what" "${rates[2]}/s against ${rates[1]}/s"
}

# resident PID: prints the resident memory of the process and its children, in KiB.
resident() {
  local total=0 one
  for one in $(family "$1"); do
    total=$((total + $(awk '/^VmRSS:/ {print $2}' "/proc/$one/status")))
  done
  printf '%s\n' "$total"
}

# resident_with_idle PORT PATH PID: prints the same, while 10,000 connections are open that each sent one request.
resident_with_idle() {
  local holder line
  coproc "${on_load_core[@]}" "$work/idle_connections" "$1" 10000 "$2"
  holder=$COPROC_PID
  started+=("$holder")
  IFS= read -r -t 120 -u "${COPROC[0]}" line || fail "the 10,000 connections did not open (ulimit -n is $(ulimit -Hn))"
  [ "$line" = ready ] || fail "the 10,000 connections did not open: $line"
  resident "$3"
  eval "exec ${COPROC[1]}>&-"
  wait "$holder" 2>/dev/null || true
}

bench_idle() {
  local ours theirs
  [ "$(ulimit -n)" = unlimited ] || [ "$(ulimit -n)" -ge 10200 ] || fail "needs 10200 open files: ulimit -n is $(ulimit -n)"
  compile idle_connections
  prepare_contact idle  # new servers, whose memory has not grown under load
  theirs=$(resident_with_idle "$nginx_port" /contact.js "$nginx_pid")
  ours=$(resident_with_idle "$parley_port" "${contact_path}cb" "$parley_pid")
  add_ratio idle "$ours" "$theirs"
  judge idle "memory with 10,000 idle connections / nginx" at-most 2 "parley $ours KiB, nginx $theirs KiB"
}

bench_start() {
  local round full empty path=${contact_path}cb
  compile first_answer
  write_config empty true
  write_config full true
  # The demo in both stores, and 100,000 more visitors in one of them.
  "$work/first_answer" "$path" "$program" serve --config "$work/empty/gateway.yaml" >/dev/null || fail "no first answer"
  cp "$work/empty/parley.db"* "$work/full/"
  awk 'BEGIN { for (i = 0; i < 100000; ++i)
    printf "{\"visitor\":{\"_id\":\"%024x\",\"username\":\"guest-%d\",\"token\":\"filled-%d\",\"name\":\"Visitor %d\",\"visitorEmails\":[{\"address\":\"v%d@shop.example\"}],\"phone\":[{\"phoneNumber\":\"%d\"}],\"_updatedAt\":\"2024-01-01T00:00:00.000Z\"},\"success\":true}\n", i + 1000000, i + 100, i, i, i, 5000000 + i }' >"$work/visitors.jsonl"
  "$program" load --config "$work/full/gateway.yaml" --backend local --from rocketchat:visitor "$work/visitors.jsonl" >&2 || fail "the visitors could not be loaded"
  for round in $(seq $((rounds * 2 + 1))); do
    empty=$("${on_server_core[@]}" "$work/first_answer" "$path" "$program" serve --config "$work/empty/gateway.yaml") || fail "no first answer"
    full=$("${on_server_core[@]}" "$work/first_answer" "$path" "$program" serve --config "$work/full/gateway.yaml") || fail "no first answer"
    add_ratio start "$full" "$empty"
  done
  launch_parley full
  [ "$(curl -s "http://127.0.0.1:$parley_port/api/v1/livechat/visitor/filled-99999" | grep -c '"name":"Visitor 99999"')" = 1 ] || fail "the last of the 100,000 is not there"
  stop "$parley_pid"
  judge start "start to first answer, 100,000 visitors / none" at-most 2 "$full ms against $empty ms"
}

bench_writes() {
  local round ours theirs body one
  compile sqlite_commits -lsqlite3
  for round in $(seq "$rounds"); do
    start_parley "writes-$round" false
    ours=$(wrk_rate 128 "http://127.0.0.1:$parley_port" registrations.lua)
    # A registration that was acknowledged can be read, and is the same.
    one=$(curl -s -X POST -H 'Content-Type: application/json' "http://127.0.0.1:$parley_port/api/v1/livechat/visitor" -d '{"visitor":{"token":"last","name":"Visitor 1"}}')
    [ "$(curl -s "http://127.0.0.1:$parley_port/api/v1/livechat/visitor/last")" = "$one" ] || fail "a registration that was acknowledged is not there: $one"
    body=${#one}
    stop "$parley_pid"
    rm -rf "$work/writes-$round"
    mkdir -p "$work/bare"
    theirs=$("${on_server_core[@]}" "$work/sqlite_commits" "$work/bare/bare.db" "$seconds" 128 "$body")
    rm -rf "$work/bare"
    say "  registrations, round $round: parley $ours/s, bare SQLite $theirs/s"
    add_ratio writes "$ours" "$theirs"
  done
  judge writes "registrations / bare gathered SQLite commits" at-least 0.6 "parley $ours/s, SQLite $theirs/s"
}

# open_rooms COUNT: registers the visitors bench-1 to bench-COUNT and opens a room for each. Sets PARLEY_ROOMS.
open_rooms() {
  local one url=http://127.0.0.1:$parley_port/api/v1/livechat
  PARLEY_ROOMS=
  for one in $(seq "$1"); do
    curl -s -f -o /dev/null -H 'Content-Type: application/json' "$url/visitor" -d "{\"visitor\":{\"token\":\"bench-$one\",\"name\":\"Visitor $one\"}}" || fail "a visitor could not register"
    PARLEY_ROOMS+="$(curl -s "$url/room?token=bench-$one" | jq -r .room._id) "
  done
  export PARLEY_ROOMS
}

# fill_room NAME COUNT: makes the store of a server that is not started yet: a room of COUNT messages, one second apart. Sets PARLEY_ROOM.
fill_room() {
  write_config "$1" false
  export PARLEY_ROOM=Room$2
  printf '{"id":"bench-visitor","token":"bench"}\n' >"$work/visitor.json"
  printf '{"id":"%s","state":"active","visitor":"bench-visitor","begin_at":"2000-01-01T00:00:00.000Z"}\n' "$PARLEY_ROOM" >"$work/chat.json"
  awk -v room="$PARLEY_ROOM" -v count="$2" 'BEGIN {
    for (i = 1; i <= count; i++) {
      time = strftime("%Y-%m-%dT%H:%M:%S.000Z", 1704067200 - count + i, 1)
      text = sprintf("{\"id\":\"m%d\",\"chat\":\"%s\",\"at\":\"%s\",\"kind\":\"text\",\"text\":\"Message number %d\",\"author\":{\"kind\":\"visitor\",\"id\":\"bench-visitor\",\"token\":\"bench\"}}", i, room, time, i)
      printf "%s%s%s", i % 1000 == 1 ? "[" : ",", text, i % 1000 == 0 ? "]\n" : ""
    }
  }' >"$work/messages.jsonl"
  local shape
  for shape in visitor chat messages; do
    "$program" load --config "$work/$1/gateway.yaml" --backend local --from "canonical:$shape" "$work/$shape".json* >&2 || fail "the $shape could not be loaded"
  done
}

bench_messages() {
  local round ours theirs message chat small large
  compile sqlite_commits -lsqlite3
  for round in $(seq "$rounds"); do
    start_parley "messages-$round" false
    open_rooms 128
    ours=$(wrk_rate 128 "http://127.0.0.1:$parley_port" messages.lua)
    # What is in the file is what the bare loop writes.
    message=$(sqlite3 -readonly "$work/messages-$round/parley.db" 'select cast(avg(length(body)) as integer) from messages')
    chat=$(sqlite3 -readonly "$work/messages-$round/parley.db" 'select cast(avg(length(body)) as integer) from chats')
    stop "$parley_pid"
    rm -rf "$work/messages-$round"
    mkdir -p "$work/bare"
    theirs=$("${on_server_core[@]}" "$work/sqlite_commits" "$work/bare/bare.db" "$seconds" 128 "$message" "$chat")
    rm -rf "$work/bare"
    say "  messages, round $round: parley $ours/s, bare SQLite $theirs/s"
    add_ratio messages "$ours" "$theirs"
  done
  judge messages "messages / bare gathered SQLite commits of the same rows" at-least 0.6 "parley $ours/s, SQLite $theirs/s"

  fill_room history-small 1000
  fill_room history-large 1000000
  for round in $(seq "$rounds"); do
    launch_parley history-small
    small=$(PARLEY_ROOM=Room1000 PARLEY_MESSAGES=1000 wrk_rate 32 "http://127.0.0.1:$parley_port" history.lua)
    stop "$parley_pid"
    launch_parley history-large
    large=$(PARLEY_ROOM=Room1000000 PARLEY_MESSAGES=1000000 wrk_rate 32 "http://127.0.0.1:$parley_port" history.lua)
    stop "$parley_pid"
    say "  history, round $round: of 1,000: $small/s, of 1,000,000: $large/s"
    add_ratio history "$small" "$large"
  done
  judge history "time of a page of 50 messages, of 1,000,000 / of 1,000" at-most 1.5 "$large/s against $small/s"

  launch_parley history-small
  local path='/api/v1/livechat/messages.history/Room1000?token=bench&limit=50'
  curl -s -S "http://127.0.0.1:$parley_port$path" >"$work/history.json"
  [ "$(jq '.messages | length' "$work/history.json")" = 50 ] || fail "the history has no 50 messages"
  serve_file history-nginx "$work/history.json"
  peer parley "$parley_port" "$path" '"_id":"m951"' "$parley_pid"
  peer nginx "$nginx_port" /history.json '"_id":"m951"' "$nginx_pid"
  against_file page "page of 50 messages from the cache / nginx file" 32 0.5
}
