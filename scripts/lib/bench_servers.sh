# Starts and stops the servers of the bench. Needs the variables of scripts/bench.
# Each server is started by a prefix of a command, not by a function: a function in the background runs in a shell of its own, and $!
# would be that shell.

on_server_core=(taskset -c 0)
on_load_core=(taskset -c 1)

# write_config NAME DEMO [WORKERS]: the configuration of a server with a store of its own.
write_config() {
  mkdir -p "$work/$1"
  cat >"$work/$1/gateway.yaml" <<YAML
server:
  listen: ["127.0.0.1:0"]
  workers: ${3:-1}
  limits: {idle: 600s}
backends:
  local: {kind: sqlite, path: "$work/$1/parley.db", demo: $2}
routes:
  - {facade: enghouse, backend: local, auth: none}
  - {facade: rocketchat, backend: local, auth: none}
  - {facade: comm100, backend: local, auth: none, visitors: all}
YAML
}

# launch_parley NAME: starts a server with an existing configuration. Sets parley_port and parley_pid.
launch_parley() {
  : >"$work/$1/out"  # so that it exists when it is read first
  "${on_server_core[@]}" "$program" serve --config "$work/$1/gateway.yaml" >"$work/$1/out" 2>"$work/$1/err" &
  parley_pid=$!
  started+=("$parley_pid")
  local tries
  for tries in $(seq 200); do
    parley_port=$(sed -n 's|.*listening on http://127.0.0.1:\([0-9]*\).*|\1|p' "$work/$1/out" | head -n 1)
    [ -z "$parley_port" ] || return 0
    kill -0 "$parley_pid" 2>/dev/null || break
    sleep 0.05
  done
  cat "$work/$1/err" >&2
  fail "parley did not start"
}

# start_parley NAME DEMO [WORKERS]: starts a server with a store of its own.
start_parley() {
  write_config "$@"
  launch_parley "$1"
}

# start_server NAME PORT CORE COMMAND...: starts another server and waits until it answers. Sets server_pid.
start_server() {
  local name=$1 port=$2 core=$3 tries
  shift 3
  taskset -c "$core" "$@" >"$work/$name.out" 2>&1 &
  server_pid=$!
  started+=("$server_pid")
  for tries in $(seq 200); do
    curl -s -o /dev/null "http://127.0.0.1:$port/" && return 0
    kill -0 "$server_pid" 2>/dev/null || break
    sleep 0.05
  done
  cat "$work/$name.out" >&2
  fail "$name did not start"
}

nginx_modules=/usr/lib/nginx/modules

# serve_with_nginx NAME PORT CORE OPTIONS [lua]: starts an nginx in $work/NAME. Its `http` block has OPTIONS, then the standard input.
serve_with_nginx() {
  local name=$1 port=$2 core=$3 options=$4 home=$work/$1 modules='' servers
  servers=$(cat)
  [ "${5:-}" != lua ] || modules="load_module $nginx_modules/ndk_http_module.so; load_module $nginx_modules/ngx_http_lua_module.so;"
  mkdir -p "$home"
  cat >"$home/nginx.conf" <<CONF
daemon off;
worker_processes 1;
worker_rlimit_nofile 10200;
pid $home/pid;
error_log $home/error.log;
$([ "$(id -u)" -ne 0 ] || echo "user root;")
$modules
events { worker_connections 10150; }
http {
  access_log off; keepalive_requests 1000000000; keepalive_timeout 600s; $options
  client_body_temp_path $home/t1; proxy_temp_path $home/t2; fastcgi_temp_path $home/t3; uwsgi_temp_path $home/t4; scgi_temp_path $home/t5;
$servers
}
CONF
  start_server "$name" "$port" "$core" "$(PATH=$PATH:/usr/sbin command -v nginx)" -p "$home" -c "$home/nginx.conf"
}

# serve_file NAME FILE: starts an nginx that serves a copy of the file as /FILE. Sets nginx_port and nginx_pid.
serve_file() {
  nginx_port=$(first_free_port 18080)
  mkdir -p "$work/$1/www"
  cp "$2" "$work/$1/www/"
  serve_with_nginx "$1" "$nginx_port" 0 "sendfile on; tcp_nopush on; open_file_cache max=100;" <<CONF
  types { text/javascript js; application/json json; }
  server { listen 127.0.0.1:$nginx_port; root $work/$1/www; }
CONF
  nginx_pid=$server_pid
}

# family PID: prints the process and its children.
family() { printf '%s %s\n' "$1" "$(cat /proc/"$1"/task/*/children 2>/dev/null)"; }

stop() {
  kill "$1" 2>/dev/null || true
  wait "$1" 2>/dev/null || true
}
