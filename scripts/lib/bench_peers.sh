# The servers of the proxy part, all in front of the same vendor's server: parley, which answers with Enghouse contacts; nginx and HAProxy,
# which forward the vendor's bytes; nginx with Lua and Node.js with fastify, which translate as parley does. The load plays the
# vendor's server, on the load's core. Needs the functions of the other bench files.

visitor_sample=$root/adapters/comm100/samples/visitor.json
visitor_id=3d59f909-24cd-43bc-89cb-00a320617c0a
script_path='/livechat/getContactByChatID/CHAT_GUID?callback=cb'

# vendor PORT DOCUMENT ID: prepares `vendor_options`, with which a load plays the vendor's server: a document in which ID is replaced.
vendor() {
  tr -d '\n' <"$2" >"$work/document.$1"
  vendor_options=(--serve "$1" --document "$work/document.$1" --id "$3")
}

# start_peers: starts all of them. While they start, the vendor's server answers.
start_peers() {
  local port
  port=$(first_free_port 18180)
  vendor "$port" "$visitor_sample" "$visitor_id"
  start_vendor
  start_parley_proxy main enghouse comm100 none "$port"
  peer parley "$parley_port" "$script_path" '"id":"CHAT_GUID"' "$parley_pid"
  start_nginx_peers "$port"
  start_haproxy "$port"
  start_fastify "$port"
  stop "$vendor_pid"
}

# start_vendor: starts the vendor's server without a load. Sets vendor_pid.
start_vendor() {
  start_server vendor "${vendor_options[1]}" 1 "$work/load" "${vendor_options[@]}"
  vendor_pid=$server_pid
}

# start_parley_proxy NAME FACADE VENDOR CREDENTIALS PORT: starts parley in front of a vendor's server. Limits, losses, logs and metrics
# are as in a configuration that does not name them.
start_parley_proxy() {
  mkdir -p "$work/$1"
  cat >"$work/$1/gateway.yaml" <<YAML
server: {listen: ["127.0.0.1:0"], workers: 1}
backends:
  vendor:
    kind: $3
    url: "http://127.0.0.1:$5"
    auth: $4
    quota: {calls: 1000000, per: 1ms}
    connections: 512
routes:
  - {facade: $2, backend: vendor, auth: none}
YAML
  launch_parley "$1"
}

# nginx, which forwards on one port and translates with Lua on another.
start_nginx_peers() {
  local forward lua
  forward=$(first_free_port $(($1 + 1)))
  lua=$(first_free_port $((forward + 1)))
  serve_with_nginx nginx "$forward" 0 "tcp_nodelay on;" lua <<CONF
  upstream comm100 { server 127.0.0.1:$1; keepalive 512; keepalive_requests 1000000000; keepalive_timeout 600s; }
  server {
    listen 127.0.0.1:$forward;
    location / { proxy_pass http://comm100; proxy_http_version 1.1; proxy_set_header Connection ""; }
  }
  server {
    listen 127.0.0.1:$lua;
    location /upstream/ { internal; proxy_pass http://comm100/; proxy_http_version 1.1; proxy_set_header Connection ""; }
    location ~ ^/livechat/getContactByChatID/CHAT_(.*)\$ { content_by_lua_file $root/tests/bench/translate.lua; }
  }
CONF
  peer nginx "$forward" /v4/livechat/visitors/GUID '"id": "GUID"' "$server_pid"
  peer lua "$lua" "$script_path" '"id":"CHAT_GUID"' "$server_pid"
}

start_haproxy() {
  local port
  port=$(first_free_port $(($1 + 50)))
  cat >"$work/haproxy.cfg" <<CONF
global
  nbthread 1
  maxconn 4000
defaults
  mode http
  timeout client 600s
  timeout server 600s
  timeout connect 5s
  http-reuse always
frontend all
  bind 127.0.0.1:$port
  default_backend comm100
backend comm100
  server one 127.0.0.1:$1
CONF
  start_server haproxy "$port" 0 "$(PATH=$PATH:/usr/sbin command -v haproxy)" -q -db -f "$work/haproxy.cfg"
  peer haproxy "$port" /v4/livechat/visitors/GUID '"id": "GUID"' "$server_pid"
}

start_fastify() {
  local port folder=$work/fastify
  port=$(first_free_port $(($1 + 100)))
  mkdir -p "$folder"
  cp "$root/tests/bench/translate.mjs" "$root"/tests/bench/fastify/{package.json,package-lock.json,.npmrc} "$folder/"
  (cd "$folder" && npm ci --no-progress --prefer-offline --fetch-retries 5) >"$work/npm.log" 2>&1 ||
    { tail -n 20 "$work/npm.log" >&2; fail "npm could not install fastify"; }
  start_server fastify "$port" 0 node "$folder/translate.mjs" "$port" "http://127.0.0.1:$1"
  peer fastify "$port" "$script_path" '"id":"CHAT_GUID"' "$server_pid"
}

# url_of PEER ID
url_of() { printf 'http://127.0.0.1:%s%s\n' "${peer_port[$1]}" "${peer_target[$1]/GUID/$2}"; }

# check_peers: fails unless all of them answer with the same visitor: byte for byte, or with the same contact in the script. The order of
# its members does not matter.
check_peers() {
  local one
  start_vendor
  for one in nginx haproxy; do expect_bytes "$(url_of "$one" "$visitor_id")" "$work/document.${vendor_options[1]}"; done
  contact_of parley >"$work/contact"
  [ -s "$work/contact" ] || fail "no contact from parley"
  for one in lua fastify; do
    contact_of "$one" >"$work/contact.$one"
    diff "$work/contact" "$work/contact.$one" >&2 || { cat "$work/nginx/error.log" "$work/fastify.out" >&2; fail "parley and $one translate differently"; }
  done
  stop "$vendor_pid"
}

# contact_of PEER: prints the contact in the script, with its members sorted.
contact_of() { curl -s -S "$(url_of "$1" "$visitor_id")" | sed -n "s|^/\*\*/ typeof cb === 'function' && cb(\(.*\));\$|\1|p" | jq -S .; }
