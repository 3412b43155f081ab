# The attack part of the bench: the rate that well-behaved clients keep while others behave badly, and the rate of an upstream that is
# asked twice as much as it can do. Needs the functions of the other bench files.

# write_attacked NAME LIMITS: writes a configuration with a store of its own and these limits.
write_attacked() {
  mkdir -p "$work/$1"
  cat >"$work/$1/gateway.yaml" <<YAML
server:
  listen: ["127.0.0.1:0"]
  workers: 1
  limits: $2
backends:
  local: {kind: sqlite, path: "$work/$1/parley.db", demo: true}
routes:
  - {facade: enghouse, backend: local, auth: none}
  - {facade: rocketchat, backend: local, auth: none}
YAML
}

# good_rate URL: prints the good answers per second of 16 connections. Unlike `rate`, it does not fail on refusals.
good_rate() {
  local log=$work/wrk.log
  "${on_load_core[@]}" wrk -t1 -c16 -d"${seconds}s" "$1" >"$log" 2>&1 || { cat "$log" >&2; fail "wrk failed"; }
  awk '/requests in/ {all = $1} /Non-2xx/ {bad = $NF} /^Requests\/sec/ {rate = $2} END {print all == 0 ? 0 : rate * (all - bad) / all}' "$log"
}

# attacked KIND COUNT URL: measures the good rate of clients that connected before COUNT hostile clients of this kind. Sets attacked_rate.
attacked() {
  local holder line good
  good_rate "$3" >"$work/attacked.rate" &
  good=$!
  sleep 0.2
  coproc "${on_load_core[@]}" "$work/hostile_clients" "$1" "$parley_port" "$2" "${contact_path}cb"
  holder=$COPROC_PID
  started+=("$holder")
  IFS= read -r -t 60 -u "${COPROC[0]}" line || fail "no attack"
  wait "$good"
  attacked_rate=$(cat "$work/attacked.rate")
  eval "exec ${COPROC[1]}>&-"
  wait "$holder" 2>/dev/null || true
}

# bench_attack_by NAME KIND COUNT: measures the rates without and with the attack in turn, against the running server.
bench_attack_by() {
  local round url=http://127.0.0.1:$parley_port${contact_path}cb alone
  for round in $(seq "$rounds"); do
    alone=$(good_rate "$url")
    attacked "$2" "$3" "$url"
    say "  $1, round $round: alone $alone/s, attacked $attacked_rate/s"
    add_ratio "attack.$1" "$attacked_rate" "$alone"
  done
  judge "attack.$1" "good clients / alone: $1" at-least 0.8 "$attacked_rate/s against $alone/s"
}

# Overloads an upstream: nginx with Lua, which takes 20 ms for each answer, on 8 connections.
bench_attack_overload() {
  local port round within double
  port=$(first_free_port 18280)
  serve_with_nginx slow "$port" 1 "" lua <<CONF
  server {
    listen 127.0.0.1:$port;
    location ~ /visitors/(.*)\$ { default_type application/json; content_by_lua_block { ngx.sleep(0.02); ngx.print('{"id":"' .. ngx.var[1] .. '","name":"A"}') } }
  }
CONF
  mkdir -p "$work/overloaded"
  cat >"$work/overloaded/gateway.yaml" <<YAML
server: {listen: ["127.0.0.1:0"], workers: 1, limits: {in_flight: 16, queue: 16, queue_wait: 100ms}}
backends:
  comm100: {kind: comm100, url: "http://127.0.0.1:$port", auth: none, quota: {calls: 1000000, per: 1ms}, connections: 8}
routes:
  - {facade: comm100, backend: comm100, auth: none}
YAML
  launch_parley overloaded
  for round in $(seq "$rounds"); do
    within=$(asked_at 16 24)
    double=$(asked_at 64 12)
    say "  overload, round $round: asked 384/s, answered $within/s; asked 768/s, answered $double/s"
    add_ratio overload "$double" "$within"
  done
  judge overload "answered / alone: twice what the upstream can do" at-least 0.8 "$double/s against $within/s"
}

# asked_at CLIENTS RATE: prints the good answers per second when each client sends RATE requests per second, for different visitors.
asked_at() {
  local log=$work/asked.log list=$work/asked.urls
  awk -v port="$parley_port" 'BEGIN {for (i = 1; i <= 1000; i++) printf "http://127.0.0.1:%s/v4/livechat/visitors/3d59f909-24cd-43bc-89cb-%012x\n", port, i}' >"$list"
  rm -f "$log"
  "${on_load_core[@]}" h2load --h1 -c "$1" -t 1 --rps "$2" -D "$seconds" --log-file="$log" -i "$list" >/dev/null 2>&1 || fail "h2load failed"
  awk -v s="$seconds" '$2 == 200 {n++} END {print n / s}' "$log"
}

bench_attack() {
  compile hostile_clients
  local patient='{headers: 5s, request: 20s, write: 10s, idle: 60s}'
  write_attacked attacked "$patient"
  launch_parley attacked
  bench_attack_by "200 slow heads" headers 200
  bench_attack_by "200 slow bodies" body 200
  bench_attack_by "200 slow readers" reader 200
  bench_attack_by "1000 idle connections" idle 1000
  stop "$parley_pid"
  write_attacked hoarded '{headers: 5s, request: 20s, memory: 16MiB}'
  launch_parley hoarded
  bench_attack_by "200 slow bodies, 16 MiB for all" body 200
  stop "$parley_pid"
  # With 64 descriptors, the server has to close idle connections to accept others.
  write_attacked scarce '{headers: 5s, idle: 2s}'
  (ulimit -n 64; launch_parley scarce; printf '%s %s\n' "$parley_port" "$parley_pid" >"$work/scarce/started")
  read -r parley_port parley_pid <"$work/scarce/started"
  started+=("$parley_pid")
  bench_attack_by "64 descriptors, 200 idle connections" idle 200
  stop "$parley_pid"
  bench_attack_overload
}
