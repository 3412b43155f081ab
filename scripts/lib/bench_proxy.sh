# The parts of the bench in front of a vendor's server. proxy: the peers of bench_peers.sh in turn. pairs: other pairs of vendors, against
# the pair of proxy. Each request asks for another visitor, so that no two requests can share a call.
# Needs the functions of the other bench files.

others=(nginx haproxy lua fastify)
declare -A label=([nginx]="nginx forwarding" [haproxy]="HAProxy forwarding" [lua]="nginx with Lua translating" [fastify]="fastify translating")
declare -A least=([nginx]=1.0 [haproxy]=0.9 [lua]=2.0 [fastify]=7)

# Of the last round, for PEER.CONNECTIONS: answers per second, processor time of an answer, and the 99th percentile (the median of those
# of 50 ms each; see load.cpp).
declare -A rate processor_time tail

# compare_at CONNECTIONS ROUND: loads all peers in turn, and adds the ratios of parley to each other.
compare_at() {
  local one line="  proxy, $1 connections, round $2:"
  for one in parley "${others[@]}"; do
    measure "$one" "$1" "${vendor_options[@]}"
    rate[$one.$1]=$(figure rate)
    processor_time[$one.$1]=$(cost)
    tail[$one.$1]=$(figure p99_of_slices)
    line+=" $one ${rate[$one.$1]}/s, ${processor_time[$one.$1]} us, p99 ${tail[$one.$1]} us, $(busy) % busy;"
  done
  say "$line"
  for one in "${others[@]}"; do
    add_ratio "$one.$1" "${rate[parley.$1]}" "${rate[$one.$1]}"
    add_ratio "$one.$1.cost" "${processor_time[parley.$1]}" "${processor_time[$one.$1]}"
  done
  add_ratio "tail.$1" "${tail[parley.$1]}" "${tail[nginx.$1]}"
}

# compare_at_half ROUND: the 99th percentiles of parley and nginx at half of the lower of their rates.
compare_at_half() {
  local one half
  half=$(awk -v a="${rate[parley.32]}" -v b="${rate[nginx.32]}" 'BEGIN {print int((a < b ? a : b) / 2)}')
  for one in parley nginx; do
    measure "$one" 32 "${vendor_options[@]}" --rate "$half"
    tail[$one.half]=$(figure p99_of_slices)
  done
  say "  proxy, $half/s, round $1: p99 parley ${tail[parley.half]} us, nginx ${tail[nginx.half]} us"
  add_ratio tail.half "${tail[parley.half]}" "${tail[nginx.half]}"
}

bench_proxy() {
  local round one connections
  start_peers
  check_peers
  for one in parley "${others[@]}"; do measure "$one" 32 "${vendor_options[@]}"; done  # Node.js compiles what runs often
  for round in $(seq "$rounds"); do
    compare_at 32 "$round"
    compare_at 512 "$round"
    compare_at_half "$round"
  done
  check_peers
  for one in "${others[@]}"; do
    for connections in 32 512; do
      judge "$one.$connections" "translating / ${label[$one]}, $connections connections" at-least "${least[$one]}" \
        "parley ${rate[parley.$connections]}/s, $one ${rate[$one.$connections]}/s"
      show "$one.$connections.cost" "  processor time of an answer" \
        "parley ${processor_time[parley.$connections]} us, $one ${processor_time[$one.$connections]} us"
    done
  done
  judge tail.half "p99 / nginx's, at half of the lower rate" at-most 1.2 "parley ${tail[parley.half]} us, nginx ${tail[nginx.half]} us"
  judge tail.32 "p99 / nginx's, at the full rate, 32 connections" at-most 1.2 "parley ${tail[parley.32]} us, nginx ${tail[nginx.32]} us"
}

# start_pair NAME FACADE VENDOR CREDENTIALS DOCUMENT ID TARGET TEXT: starts parley in front of a vendor's server, as a peer of this name.
# Sets `options_of_pair`, with which a load plays that server.
start_pair() {
  local port
  port=$(first_free_port $((18380 + ${#options_of_pair[@]})))
  vendor "$port" "$root/$5" "$6"
  options_of_pair[$1]=${vendor_options[*]}
  start_parley_proxy "$1" "$2" "$3" "$4" "$port"
  peer "$1" "$parley_port" "$7" "$8" "$parley_pid"
}

# start_pairs: starts all pairs. Needs an associative array `options_of_pair`.
start_pairs() {
  start_pair comm100-enghouse enghouse comm100 none adapters/comm100/samples/visitor.json "$visitor_id" "$script_path" '"id":"CHAT_GUID"'
  start_pair rocketchat-comm100 comm100 rocketchat '{user_id: bench, token: bench}' adapters/rocketchat/samples/visitor.json sGtcfEYz852uguxaS \
    /v4/livechat/visitors/GUID '"id":"GUID"'
  start_pair enghouse-rocketchat rocketchat enghouse none adapters/enghouse/samples/contact.json "$chat_id" \
    '/api/v1/rooms.info?roomId=GUID' '"_id":"GUID"'
}

bench_pairs() {
  local -A options_of_pair=() pair_rate=()
  local one round
  start_pairs
  for round in $(seq "$rounds"); do
    for one in comm100-enghouse rocketchat-comm100 enghouse-rocketchat; do
      # shellcheck disable=SC2086  # several words
      measure "$one" 32 ${options_of_pair[$one]}
      pair_rate[$one]=$(figure rate)
      say "  pairs, round $round: $one ${pair_rate[$one]}/s, $(cost) us, $(busy) % busy"
    done
    add_ratio rocketchat-comm100 "${pair_rate[rocketchat-comm100]}" "${pair_rate[comm100-enghouse]}"
    add_ratio enghouse-rocketchat "${pair_rate[enghouse-rocketchat]}" "${pair_rate[comm100-enghouse]}"
  done
  judge rocketchat-comm100 "Rocket.Chat shown as Comm100 / Comm100 as Enghouse" at-least 0.7 "${pair_rate[rocketchat-comm100]}/s against ${pair_rate[comm100-enghouse]}/s"
  judge enghouse-rocketchat "Enghouse shown as Rocket.Chat / Comm100 as Enghouse" at-least 0.7 "${pair_rate[enghouse-rocketchat]}/s against ${pair_rate[comm100-enghouse]}/s"
}
