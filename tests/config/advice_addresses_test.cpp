// Mistakes in addresses, networks and hosts: a fault has the exact place and says what to write instead.
#include "config/advice.hpp"

#include "tests/config/bad_files.hpp"

using namespace parley;
using namespace parley::config;
using test::BadFile;
using test::check;

#define BACKEND "backends: {local: {kind: sqlite}}\n"
#define ROUTE BACKEND "routes:\n  - facade: comm100\n    backend: local\n"

TEST_CASE("config: mistakes in addresses and networks") {
  const BadFile cases[] = {
      {"listen unquoted v6", "server:\n  listen: [::1]:18700\n",
       "2:11: an address with brackets needs quotes: write \"[::1]:18700\""},
      {"listen unquoted v6 in brackets", "server: {listen: [::1]:18700}\n",
       "1:18: an address with brackets needs quotes: write \"[::1]:18700\""},
      {"listen unquoted v6 in list", "server:\n  listen: [[::1]:18700]\n",
       "2:12: server.listen[0]: an address with brackets needs quotes: write \"[::1]:18700\""},
      {"listen v6 unbracketed", "server: {listen: \"::1:18700\"}\n",
       "1:18: server.listen: expected HOST:PORT, such as 127.0.0.1:8080, [::1]:8080 or localhost:8080, got "
       "\"::1:18700\"; write \"[::1]:18700\", with brackets"},
      {"listen v6 full unbracketed", "server: {listen: \"fe80::1:80\"}\n",
       "1:18: server.listen: expected HOST:PORT, such as 127.0.0.1:8080, [::1]:8080 or localhost:8080, got "
       "\"fe80::1:80\"; write \"[fe80::1]:80\", with brackets"},
      {"listen url", "server: {listen: \"http://127.0.0.1:8080\"}\n",
       "1:18: server.listen: expected HOST:PORT, such as 127.0.0.1:8080, [::1]:8080 or localhost:8080, got "
       "\"http://127.0.0.1:8080\"; write \"127.0.0.1:8080\""},
      {"listen *", "server: {listen: \"*:8080\"}\n",
       "1:18: server.listen: expected HOST:PORT, such as 127.0.0.1:8080, [::1]:8080 or localhost:8080, got \"*:8080\"; "
       "write \"0.0.0.0:8080\" for every IPv4 address of this machine, \"[::]:8080\" for every IPv6 address"},
      {"listen bare *", "server:\n  listen: *:8080\n",
       "2:11: anchors and aliases are not allowed; write the value out, or quote the text"},
      {"listen port 99999", "server: {listen: \"127.0.0.1:99999\"}\n",
       "1:18: server.listen: expected HOST:PORT, such as 127.0.0.1:8080, [::1]:8080 or localhost:8080, got "
       "\"127.0.0.1:99999\"; a port is a number from 0 to 65535"},
      {"listen no port", "server: {listen: \"127.0.0.1\"}\n",
       "1:18: server.listen: expected HOST:PORT, such as 127.0.0.1:8080, [::1]:8080 or localhost:8080, got "
       "\"127.0.0.1\"; the port is missing: write \"127.0.0.1:8080\""},
      {"listen port int", "server: {listen: 8080}\n",
       "1:18: server.listen: expected HOST:PORT, such as 127.0.0.1:8080, [::1]:8080 or localhost:8080, got \"8080\"; "
       "write \"127.0.0.1:8080\", or \"0.0.0.0:8080\" for every IPv4 address of this machine"},
      {"listen two in a text", "server: {listen: \"127.0.0.1:80, 127.0.0.1:81\"}\n",
       "1:18: server.listen: expected HOST:PORT, such as 127.0.0.1:8080, [::1]:8080 or localhost:8080, got "
       "\"127.0.0.1:80, 127.0.0.1:81\"; write a list: [\"127.0.0.1:80\", \"127.0.0.1:81\"]"},
      {"listen host+port map", "server: {listen: {host: 127.0.0.1, port: 80}}\n",
       "1:18: server.listen: expected HOST:PORT, or {address: HOST:PORT, tls: {certificate: FILE, key: FILE}}, got a "
       "map; write host and port as one text, \"HOST:PORT\""},
      {"listen list map of list", "server:\n  listen:\n    - host: a\n      port: 1\n",
       "3:7: server.listen[0]: expected HOST:PORT, or {address: HOST:PORT, tls: {certificate: FILE, key: FILE}}, got a "
       "map; write host and port as one text, \"HOST:PORT\""},
      {"network 33", "server: {trusted: \"10.0.0.1/33\"}\n",
       "1:19: server.trusted: expected a network such as 10.0.0.0/8 or 2001:db8::/32, or one address, got "
       "\"10.0.0.1/33\"; an IPv4 address has 32 bits: 33 > 32"},
      {"network bits", "server: {trusted: \"10.0.0.1/8\"}\n",
       "1:19: server.trusted: expected a network such as 10.0.0.0/8 or 2001:db8::/32, or one address, got "
       "\"10.0.0.1/8\"; the bits behind the prefix are 0: write 10.0.0.0/8, or 10.0.0.1 for that address alone"},
      {"network 129", "server: {trusted: \"::1/129\"}\n",
       "1:19: server.trusted: expected a network such as 10.0.0.0/8 or 2001:db8::/32, or one address, got \"::1/129\"; "
       "an IPv6 address has 128 bits: 129 > 128"},
      {"network mask", "server: {trusted: \"10.0.0.0/255.0.0.0\"}\n",
       "1:19: server.trusted: expected a network such as 10.0.0.0/8 or 2001:db8::/32, or one address, got "
       "\"10.0.0.0/255.0.0.0\"; write 10.0.0.0/8"},
      {"network range", "server: {trusted: \"10.0.0.1-10.0.0.9\"}\n",
       "1:19: server.trusted: expected a network such as 10.0.0.0/8 or 2001:db8::/32, or one address, got "
       "\"10.0.0.1-10.0.0.9\"; a range is written as the networks that it is made of"},
      {"network host", "server: {trusted: \"proxy.example.com\"}\n",
       "1:19: server.trusted: expected a network such as 10.0.0.0/8 or 2001:db8::/32, or one address, got "
       "\"proxy.example.com\"; host names are not looked up here: write the address"},
      {"network star", "server: {trusted: \"10.*\"}\n",
       "1:19: server.trusted: expected a network such as 10.0.0.0/8 or 2001:db8::/32, or one address, got \"10.*\"; "
       "write 10.0.0.0/8"},
      {"network comma", "server: {trusted: \"10.0.0.0/8, 192.168.0.0/16\"}\n",
       "1:19: server.trusted: expected a network such as 10.0.0.0/8 or 2001:db8::/32, or one address, got "
       "\"10.0.0.0/8, 192.168.0.0/16\"; write a list: [\"10.0.0.0/8\", \"192.168.0.0/16\"]"},
      {"network port", "server: {trusted: \"10.0.0.1:80\"}\n",
       "1:19: server.trusted: expected a network such as 10.0.0.0/8 or 2001:db8::/32, or one address, got "
       "\"10.0.0.1:80\"; without a port: write 10.0.0.1"},
      {"network short", "server: {trusted: \"10/8\"}\n",
       "1:19: server.trusted: expected a network such as 10.0.0.0/8 or 2001:db8::/32, or one address, got \"10/8\"; "
       "write 10.0.0.0/8"},
      {"two faulty hosts",
       BACKEND "routes:\n  - {name: a, facade: comm100, backend: local, host: \"https://a.example\", auth: none}\n  - "
               "{name: b, facade: comm100, backend: local, host: \"https://b.example\", auth: none}\n",
       "3:54: routes[0].host: expected a host name without scheme, port and wildcard, such as crm.example.com, got "
       "\"https://a.example\"; write a.example\n4:54: routes[1].host: expected a host name without scheme, port and "
       "wildcard, such as crm.example.com, got \"https://b.example\"; write b.example"},
      {"host url", ROUTE "    host: https://a.example\n    auth: none\n",
       "5:11: routes[0].host: expected a host name without scheme, port and wildcard, such as crm.example.com, got "
       "\"https://a.example\"; write a.example"},
      {"host port", ROUTE "    host: a.example:80\n    auth: none\n",
       "5:11: routes[0].host: expected a host name without scheme, port and wildcard, such as crm.example.com, got "
       "\"a.example:80\"; write a.example"},
      {"host wildcard", ROUTE "    host: \"*.a.example\"\n    auth: none\n",
       "5:11: routes[0].host: expected a host name without scheme, port and wildcard, such as crm.example.com, got "
       "\"*.a.example\"; each host has a route of its own; without host a route answers for all"},
      {"host list", ROUTE "    host: [a.example, b.example]\n    auth: none\n",
       "5:11: routes[0].host: expected a host name without scheme, port and wildcard, such as crm.example.com, got a "
       "list; one value, not a list"},
      {"tls flat", "server:\n  listen:\n    - address: \"0.0.0.0:8443\"\n      certificate: a\n      key: b\n",
       "3:7: server.listen[0]: expected HOST:PORT, or {address: HOST:PORT, tls: {certificate: FILE, key: FILE}}, got a "
       "map; certificate and key belong below tls"},
      {"tls true", "server: {listen: {address: \"0.0.0.0:8443\", tls: true}}\n",
       "1:18: server.listen: expected HOST:PORT, or {address: HOST:PORT, tls: {certificate: FILE, key: FILE}}, got a "
       "map"},
      {"tls cert", "server: {listen: {address: \"0.0.0.0:8443\", tls: {cert: a, key: b}}}\n",
       "1:49: server.listen.tls: expected {certificate: FILE, key: FILE}, got a map; `cert` is not a key of it"},
      {"tls addr bad", "server: {listen: {address: \"0.0.0.0\", tls: {certificate: a, key: b}}}\n",
       "1:28: server.listen.address: expected HOST:PORT, such as 127.0.0.1:8080, [::1]:8080 or localhost:8080, got "
       "\"0.0.0.0\"; the port is missing: write \"0.0.0.0:8080\""},
  };
  check(cases);
}

TEST_CASE("config: more mistakes in addresses and hosts") {
  const BadFile cases[] = {
      {"tls key inline", "server:\n  listen:\n    - address: 0.0.0.0:443\n      tls:\n        certificate: a\n",
       "5:9: server.listen[0].tls: expected {certificate: FILE, key: FILE}, got a map; `key` is missing"},
      {"tls files as of secrets",
       "server:\n  listen:\n    - address: 0.0.0.0:443\n      tls: {certificate: {file: a}, key: b}\n",
       "4:12: server.listen[0].tls: expected {certificate: FILE, key: FILE}, got a map; `certificate` is the name of a "
       "file, as text"},
      {"tls key itself",
       "server:\n  listen:\n    - address: 0.0.0.0:443\n      tls: {certificate: a, key: \"-----BEGIN PRIVATE "
       "KEY-----\\nMIIC\"}\n",
       "4:12: server.listen[0].tls: expected {certificate: FILE, key: FILE}, got a map; `key` is the name of a file, "
       "not what the file holds"},
      {"listen with comment", "server:\n  listen: # addresses\n",
       "2:10: server.listen: expected HOST:PORT, such as 127.0.0.1:8080, [::1]:8080 or localhost:8080, got nothing; "
       "what follows a # is a comment: quote text that holds one"},
      {"listen empty text", "server: {listen: \"\"}\n",
       "1:18: server.listen: expected HOST:PORT, such as 127.0.0.1:8080, [::1]:8080 or localhost:8080, got empty text"},
      {"listen tcp", "server: {listen: \"tcp://127.0.0.1:80\"}\n",
       "1:18: server.listen: expected HOST:PORT, such as 127.0.0.1:8080, [::1]:8080 or localhost:8080, got "
       "\"tcp://127.0.0.1:80\"; write \"127.0.0.1:80\""},
      {"listen unix", "server: {listen: \"unix:/run/x\"}\n",
       "1:18: server.listen: expected HOST:PORT, such as 127.0.0.1:8080, [::1]:8080 or localhost:8080, got "
       "\"unix:/run/x\"; only TCP is listened on"},
      {"listen blank", "server: {listen: \"127.0.0.1 :80\"}\n",
       "1:18: server.listen: expected HOST:PORT, such as 127.0.0.1:8080, [::1]:8080 or localhost:8080, got \"127.0.0.1 "
       ":80\"; write \"127.0.0.1:80\""},
      {"listen port name", "server: {listen: \"127.0.0.1:http\"}\n",
       "1:18: server.listen: expected HOST:PORT, such as 127.0.0.1:8080, [::1]:8080 or localhost:8080, got "
       "\"127.0.0.1:http\"; a port is a number from 0 to 65535"},
      {"listen port neg", "server: {listen: \"127.0.0.1:-1\"}\n",
       "1:18: server.listen: expected HOST:PORT, such as 127.0.0.1:8080, [::1]:8080 or localhost:8080, got "
       "\"127.0.0.1:-1\"; a port is a number from 0 to 65535"},
      {"listen port 08080", "server: {listen: \"127.0.0.1:08080\"}\n",
       "1:18: server.listen: expected HOST:PORT, such as 127.0.0.1:8080, [::1]:8080 or localhost:8080, got "
       "\"127.0.0.1:08080\"; a port is a number from 0 to 65535"},
      {"listen v6 zone", "server: {listen: \"[fe80::1%eth0]:80\"}\n",
       "1:18: server.listen: expected HOST:PORT, such as 127.0.0.1:8080, [::1]:8080 or localhost:8080, got "
       "\"[fe80::1%eth0]:80\"; an address with a zone cannot be listened on"},
      {"listen v6 block", "server:\n  listen:\n    - [::]:80\n    - 0.0.0.0:80\n",
       "3:7: an address with brackets needs quotes: write \"[::]:80\""},
      {"host localhost:8080", ROUTE "    auth: none\n    host: localhost:8080\n",
       "6:11: routes[0].host: expected a host name without scheme, port and wildcard, such as crm.example.com, got "
       "\"localhost:8080\"; write localhost"},
      {"host idn", ROUTE "    auth: none\n    host: müller.example\n",
       "6:11: routes[0].host: expected a host name without scheme, port and wildcard, such as crm.example.com, got "
       "\"müller.example\"; write its ASCII form, which has xn-- in it"},
      {"host slash", ROUTE "    auth: none\n    host: a.example/\n",
       "6:11: routes[0].host: expected a host name without scheme, port and wildcard, such as crm.example.com, got "
       "\"a.example/\"; write a.example"},
      {"host dot", ROUTE "    auth: none\n    host: .example.com\n",
       "6:11: routes[0].host: expected a host name without scheme, port and wildcard, such as crm.example.com, got "
       "\".example.com\"; each host has a route of its own; without host a route answers for all"},
  };
  check(cases);
}
