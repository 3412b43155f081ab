# The proxy part of the bench. The upstream (nginx with the vendor's example of a Comm100 visitor) runs on the load's core. On the
# server's core run in turn: parley, which answers with Enghouse contacts; nginx and HAProxy, which forward the same bytes; and nginx
# with Lua, which translates as parley does. Each request asks for another chat, so that no two requests can share a call.
# Needs the functions of scripts/bench.

contact_path='/livechat/getContactByChatID/CHAT_GUID?callback=cb'
visitor_path='/v4/livechat/visitors/GUID'
sample_id=3d59f909-24cd-43bc-89cb-00a320617c0a
nginx_modules=/usr/lib/nginx/modules

# serve_with_nginx NAME PORT CORE OPTIONS [lua]: starts an nginx in $work/NAME. Its `http` block has OPTIONS, then the standard input.
serve_with_nginx() {
  local name=$1 port=$2 core=$3 options=$4 home=$work/$1 modules= servers
  servers=$(cat)
  [ "${5:-}" != lua ] || modules="load_module $nginx_modules/ndk_http_module.so; load_module $nginx_modules/ngx_http_lua_module.so;"
  mkdir -p "$home"
  cat >"$home/nginx.conf" <<CONF
daemon off;
worker_processes 1;
pid $home/pid;
error_log $home/error.log;
$([ "$(id -u)" -ne 0 ] || echo "user root;")
$modules
events { worker_connections 1024; }
http {
  access_log off; keepalive_requests 1000000000; keepalive_timeout 600s; $options
  client_body_temp_path $home/t1; proxy_temp_path $home/t2; fastcgi_temp_path $home/t3; uwsgi_temp_path $home/t4; scgi_temp_path $home/t5;
$servers
}
CONF
  start_server "$name" "$port" "$core" "$(PATH=$PATH:/usr/sbin command -v nginx)" -p "$home" -c "$home/nginx.conf"
}

# start_server NAME PORT CORE COMMAND...: starts a server and waits until it answers. Sets server_pid.
start_server() {
  local name=$1 port=$2 core=$3 tries
  shift 3
  taskset -c "$core" "$@" >"$work/$name.out" 2>&1 &
  server_pid=$!
  started+=("$server_pid")
  for tries in $(seq 100); do
    curl -s -o /dev/null "http://127.0.0.1:$port/" && return 0
    sleep 0.05
  done
  cat "$work/$name.out" >&2
  fail "$name did not start"
}

start_proxies() {
  local home=$work/upstream
  upstream_port=$(first_free_port 18180)
  proxy_port=$(first_free_port $((upstream_port + 1)))
  lua_port=$(first_free_port $((proxy_port + 1)))
  haproxy_port=$(first_free_port $((lua_port + 1)))

  mkdir -p "$home/www/v4/livechat/visitors"
  # The vendor's example, and a thousand copies of it with the ids that contacts.lua asks for.
  tr -d '\n' <"$root/adapters/comm100/samples/visitor.json" >"$home/www/v4/livechat/visitors/$sample_id"
  awk -v folder="$home/www/v4/livechat/visitors" -v sample="$sample_id" '{
    for (i = 1; i <= 1000; i++) {
      id = sprintf("3d59f909-24cd-43bc-89cb-%012x", i)
      text = $0
      sub(sample, id, text)
      printf "%s", text > (folder "/" id)
      close(folder "/" id)
    }
  }' "$home/www/v4/livechat/visitors/$sample_id"
  serve_with_nginx upstream "$upstream_port" 1 "open_file_cache max=2000; tcp_nopush on; sendfile on;" <<CONF
  server {
    listen 127.0.0.1:$upstream_port; root $home/www; default_type application/json;
  }
CONF

  serve_with_nginx proxy "$proxy_port" 0 "tcp_nodelay on;" lua <<CONF
  upstream comm100 { server 127.0.0.1:$upstream_port; keepalive 512; keepalive_requests 1000000000; }
  server {
    listen 127.0.0.1:$proxy_port;
    location / { proxy_pass http://comm100; proxy_http_version 1.1; proxy_set_header Connection ""; }
  }
  server {
    listen 127.0.0.1:$lua_port;
    location /upstream/ { internal; proxy_pass http://comm100/; proxy_http_version 1.1; proxy_set_header Connection ""; }
    location ~ ^/livechat/getContactByChatID/CHAT_(.*)\$ { content_by_lua_file $root/tests/bench/translate.lua; }
  }
CONF

  cat >"$work/haproxy.cfg" <<CONF
global
  nbthread 1
defaults
  mode http
  timeout client 600s
  timeout server 600s
  timeout connect 5s
  http-reuse always
frontend all
  bind 127.0.0.1:$haproxy_port
  default_backend comm100
backend comm100
  server one 127.0.0.1:$upstream_port
CONF
  start_server haproxy "$haproxy_port" 0 "$(PATH=$PATH:/usr/sbin command -v haproxy)" -q -db -f "$work/haproxy.cfg"

  mkdir -p "$work/translating"
  cat >"$work/translating/gateway.yaml" <<YAML
server: {listen: ["127.0.0.1:0"], workers: 1}
backends:
  comm100:
    kind: comm100
    url: "http://127.0.0.1:$upstream_port"
    auth: none
    quota: {calls: 1000000, per: 1ms}
    connections: 512
routes:
  - {facade: enghouse, backend: comm100, auth: none, loss: allow}
YAML
  launch_parley translating
}

# contact_of URL: prints the contact in the script, with its members sorted.
contact_of() { curl -s -S "$1" | sed -n "s|^/\*\*/ typeof cb === 'function' && cb(\(.*\));\$|\1|p" | jq -S .; }

# same_contact URL URL: fails unless both answer with the same contact. The order of its members does not matter.
same_contact() {
  contact_of "$1" >"$work/contact"
  contact_of "$2" >"$work/contact.other"
  [ -s "$work/contact" ] || fail "no contact from $1"
  [ -s "$work/contact.other" ] || { cat "$work/proxy/error.log" >&2; fail "no contact from $2"; }
  diff "$work/contact" "$work/contact.other" >&2 || fail "parley and Lua translate differently"
}

# p99 NAME URL RATE: prints the 99th percentile of the response time in microseconds, at RATE requests per second on 32 connections.
# GUID in the URL becomes another visitor in each request, so that no two requests can share a call.
p99() {
  local log=$work/p99-$1.log list=$work/p99-$1.urls
  rm -f "$log"
  awk -v url="$2" 'BEGIN {
    for (i = 1; i <= 1000; i++) {
      one = url
      sub("GUID", sprintf("3d59f909-24cd-43bc-89cb-%012x", i), one)
      print one
    }
  }' >"$list"
  "${on_load_core[@]}" h2load --h1 -c 32 -t 1 --rps $(($3 / 32)) -D "$seconds" --log-file="$log" -i "$list" >/dev/null 2>"$work/h2load.err" ||
    { cat "$work/h2load.err" >&2; fail "h2load failed"; }
  awk '$2 == 200 {print $3}' "$log" | sort -n | awk '{v[NR] = $1} END {if (NR < 100) exit 1; print v[int(NR * 0.99)]}' ||
    fail "too few good answers for a percentile"
}

bench_proxy() {
  local round ours forwarded balanced scripted direct half ours_p99 balanced_p99
  start_proxies
  local id=$sample_id
  local parley_url=http://127.0.0.1:$parley_port$contact_path lua_url=http://127.0.0.1:$lua_port$contact_path
  local forward_url=http://127.0.0.1:$proxy_port$visitor_path balance_url=http://127.0.0.1:$haproxy_port$visitor_path
  same_contact "${parley_url/GUID/$id}" "${lua_url/GUID/$id}"
  cp "$work/upstream/www/v4/livechat/visitors/$id" "$work/expected"
  expect_bytes "${forward_url%GUID}$id"
  expect_bytes "${balance_url%GUID}$id"
  : >"$work/forward"; : >"$work/balance"; : >"$work/script"; : >"$work/tail"
  for round in $(seq "$rounds"); do
    ours=$(rate 32 "$parley_url" contacts.lua)
    forwarded=$(rate 32 "$forward_url" contacts.lua)
    balanced=$(rate 32 "$balance_url" contacts.lua)
    scripted=$(rate 32 "$lua_url" contacts.lua)
    say "  proxy, round $round: parley $ours/s, nginx $forwarded/s, HAProxy $balanced/s, nginx with Lua $scripted/s"
    ratio "$ours" "$forwarded" >>"$work/forward"
    ratio "$ours" "$balanced" >>"$work/balance"
    ratio "$ours" "$scripted" >>"$work/script"
    half=$(awk -v a="$ours" -v b="$balanced" 'BEGIN {print int((a < b ? a : b) / 2)}')
    direct=$(p99 direct "http://127.0.0.1:$upstream_port$visitor_path" "$half")
    ours_p99=$(p99 ours "$parley_url" "$half")
    balanced_p99=$(p99 balanced "$balance_url" "$half")
    say "  at $half/s, 99th percentile: upstream $direct us, parley $ours_p99 us, HAProxy $balanced_p99 us"
    awk -v a="$ours_p99" -v b="$balanced_p99" -v d="$direct" 'BEGIN {b -= d; a -= d; printf "%.3f\n", (a < 1 ? 1 : a) / (b < 1 ? 1 : b)}' >>"$work/tail"
  done
  same_contact "${parley_url/GUID/$id}" "${lua_url/GUID/$id}"
  judge "translating / nginx forwarding" "$(median <"$work/forward")" at-least 0.85 "parley $ours/s, nginx $forwarded/s in the last round"
  judge "translating / HAProxy forwarding" "$(median <"$work/balance")" at-least 0.85 "HAProxy $balanced/s in the last round"
  judge "translating / nginx with Lua translating" "$(median <"$work/script")" at-least 1.4 "nginx with Lua $scripted/s in the last round"
  judge "added p99 at half load / HAProxy's" "$(median <"$work/tail")" at-most 1.5 "$ours_p99 us against $balanced_p99 us, upstream alone $direct us"
}
