// Faults that depend on the machine, and their places in the file.
#include "gateway/runtime/try_out.hpp"

#include <doctest/doctest.h>

#include "tests/gateway/net/fake_vendor.hpp"
#include "tests/support/scratch.hpp"

namespace parley::gateway::runtime {
namespace {

const contract::Adapter& choosy() {
  static const contract::Adapter one = [] {
    contract::Adapter made = test::fake_adapter;
    made.try_backend = [](const config::Backend& settings) -> Result<void> {
      if (config::settings_of<test::FakeStore>(settings).path == "good") return {};
      return Error{.code = Code::unavailable, .message = "no", .field = "path", .detail = "never"};
    };
    return made;
  }();
  return one;
}

String said(const config::Faults& faults) {
  String text;
  for (const config::Fault& one : faults) text.append(text.empty() ? "" : "\n").append(config::format("f", one));
  return text;
}

/// The faults of the files that a configuration names.
String tried(const String& yaml) {
  const contract::Adapter* const all[] = {&choosy()};
  const config::Loaded loaded = config::load_text(yaml, contract::keys_of(all));
  REQUIRE(loaded.faults.empty());
  return said(try_files(loaded.settings, all));
}

}  // namespace

TEST_CASE("the fault of a part is at the key that it names, else at the part") {
  CHECK(tried("backends: {a: {kind: fake, path: good}}\n") == "");
  CHECK(tried("backends: {a: {kind: fake, path: bad}}\n") == "f:1:34: backends.a.path: no: never");
  CHECK(tried("backends: {a: {kind: fake}}\n") == "f:1:15: backends.a: no: never");
  CHECK(tried("backends: {a: {kind: unknown}}\n") == "");
  const test::Scratch scratch;
  const String log = scratch / "no/log";
  CHECK(tried("log: {access: \"" + log + "\"}\n") == "f:1:15: log.access: cannot open the access log " + log +
                                                         ": the folder " + (scratch / "no") +
                                                         ": No such file or directory");
  CHECK(tried("log: {access: -}\nbackends: {a: {kind: fake, path: good}}\n") == "");
  CHECK(tried("log: {access: -}\nbackends: {a: {kind: fake, path: good}, b: {kind: fake, path: bad}}\n") ==
        "f:2:63: backends.b.path: no: never");
}

TEST_CASE("an address without a place is from the command line, or the default") {
  config::Endpoint listener = *config::parse_endpoint("192.0.2.1:80");
  const Error error{.message = "cannot listen"};
  const config::Settings none;
  CHECK(listener_fault(none, listener, error).path == "server.listen");
  const config::Loaded loaded = config::load_text("server: {listen: \"127.0.0.1:1\"}\n", {});
  CHECK(listener_fault(loaded.settings, listener, error).path == "--listen");
  const config::Endpoint& own = loaded.settings.server.listen.at(0);
  CHECK(said({listener_fault(loaded.settings, own, error)}) == "f:1:18: server.listen[0]: cannot listen");
  listener.mark = {3, 4};
  CHECK(listener_fault(none, listener, error).mark.line == 3);
}

TEST_CASE("an address that could not be parsed is not tried") {
  for (const char* listen : {"8080", "\"*:80\"", "[\"127.0.0.1:0\", \"nowhere\"]", "{host: 127.0.0.1, port: 80}"}) {
    CAPTURE(listen);
    const config::Loaded loaded = config::load_text("server: {listen: " + String(listen) + "}\n", {});
    CHECK(loaded.faults.size() == 1);
    CHECK(said(try_addresses(loaded.settings)) == "");
  }
  const config::Loaded admin = config::load_text("admin: {listen: 9090}\n", {});
  CHECK(said(admin.faults).find('\n') == String::npos);
  CHECK(said(try_addresses(admin.settings)) == "");
}

}  // namespace parley::gateway::runtime
