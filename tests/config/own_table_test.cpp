// Tables of adapters' own keys: whose table decides about a value, required and unknown keys, and the values of each struct.
#include "config/own_table.hpp"

#include <doctest/doctest.h>

namespace parley::test {
namespace {

struct OneRoute {
  std::int64_t size = 1;
  String must;
  friend bool operator==(const OneRoute&, const OneRoute&) = default;
};
inline constexpr auto one_route = config::section<OneRoute, "one">(
    config::row<&OneRoute::size, config::Whole<1, 9>>("size", config::Need::optional, "From 1 to 9."),
    config::row<&OneRoute::must, config::NameCodec>("must", config::Need::required, "A name."));

struct OtherRoute {
  String size;
  config::Secret pin;
  friend bool operator==(const OtherRoute&, const OtherRoute&) = default;
};
inline constexpr auto other_route = config::section<OtherRoute, "other">(
    config::row<&OtherRoute::size, config::NameCodec>("size", config::Need::optional, "In words."),
    config::row<&OtherRoute::pin, config::SecretCodec>("pin", config::Need::optional, "A secret."));

}  // namespace
}  // namespace parley::test

namespace parley {

template <>
inline constexpr auto config::own_table<test::OneRoute> = config::make_own<test::one_route>(config::At::route);
template <>
inline constexpr auto config::own_table<test::OtherRoute> = config::make_own<test::other_route>(config::At::route);

}  // namespace parley

namespace parley::test {
namespace {

constexpr const config::OwnTable* one_tables[] = {&config::own_table<OneRoute>};
constexpr const config::OwnTable* other_tables[] = {&config::own_table<OtherRoute>};
constexpr config::AdapterKeys keys[] = {{.name = "one", .backends = true, .routes = true, .tables = one_tables},
                                        {.name = "other", .backends = false, .routes = true, .tables = other_tables}};

config::Loaded load(const String& route) {
  return config::load_text("backends: {b: {kind: one}}\nroutes: [{backend: b, " + route + "}]\n", keys);
}
String faults(const String& route) {
  String text;
  for (const config::Fault& fault : load(route).faults) text += config::format("", fault).substr(1) + '\n';
  return text;
}

}  // namespace

TEST_CASE("own keys: the facade's table decides which values a key takes, then that of emit, then the others") {
  CHECK(faults("facade: one, must: x, size: 3") == "");
  CHECK(faults("facade: one, must: x, size: large").find("expected a whole number from 1 to 9") != String::npos);
  CHECK(faults("facade: other, size: large") == "");
  CHECK(faults("facade: other, emit: one, size: large") == "");
  CHECK(faults("facade: one, must: x, pin: []").find("routes[0].pin: expected text that is not empty") != String::npos);
  const config::Loaded loaded = load("facade: one, must: x, size: 3, pin: s3cr3t");
  CHECK(config::settings_of<OneRoute>(loaded.settings.routes.at(0)).size == 3);
  CHECK(config::settings_of<OtherRoute>(loaded.settings.routes.at(0)) == OtherRoute{});  // not an adapter of the route
  CHECK(
      config::settings_of<OtherRoute>(load("facade: one, emit: other, must: x, size: 3").settings.routes.at(0)).size ==
      "3");
}

TEST_CASE("own keys: only the facade's own keys are required, and a fault about an unknown key lists all keys") {
  CHECK(faults("facade: one") == "2:10: routes[0].must: missing: a value is required\n");
  CHECK(faults("facade: other") == "");
  CHECK(faults("facade: other, emit: one") == "");
  CHECK(faults("facade: one, must: x, zzzzz: 1").find("known: name, facade, ") != String::npos);
  CHECK(faults("facade: one, must: x, zzzzz: 1").find(", cors, size, must, pin\n") != String::npos);
  CHECK(faults("facade: one, must: x, sizes: 1") == "2:45: routes[0].sizes: unknown key; did you mean \"size\"?\n");
}

TEST_CASE("own keys: copies share the values, and an edit of one copy does not change the others") {
  config::OwnSettings first;
  CHECK(first.get<OneRoute>().size == 1);
  first.edit<OneRoute>().size = 5;
  config::OwnSettings second = first;
  CHECK(second == first);
  second.edit<OneRoute>().size = 6;
  CHECK(first.get<OneRoute>().size == 5);
  CHECK(second.get<OneRoute>().size == 6);
  CHECK_FALSE(second == first);
  CHECK(first.get<OtherRoute>() == OtherRoute{});
  CHECK_FALSE(first == config::OwnSettings());
  first.edit<OneRoute>() = {};
  CHECK(first == config::OwnSettings());
}

TEST_CASE("own keys: the table finds the secrets that are not empty") {
  const config::Loaded loaded = load("facade: other, pin: s3cr3t");
  const List<config::NamedSecret> secrets = config::secrets_of(loaded.settings.routes.at(0).own);
  REQUIRE(secrets.size() == 1);
  CHECK(secrets[0].key == "pin");
  CHECK(secrets[0].value == "s3cr3t");
  CHECK(config::secrets_of(load("facade: other").settings.routes.at(0).own).empty());
}

}  // namespace parley::test
