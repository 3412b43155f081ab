// parley erase, export and backup in process, on a store that nobody serves.
#include <doctest/doctest.h>
#include <sys/stat.h>

#include <filesystem>
#include <sstream>

#include "tests/gateway/cli/in_process.hpp"
#include "tests/support/contains.hpp"
#include "tests/support/json.hpp"
#include "tests/support/running.hpp"
#include "tests/support/scratch.hpp"
#include "tests/support/served.hpp"

namespace parley::gateway::cli {
namespace {

using test::built_with;
using test::contains;
using test::value_at;

bool lacks() { return !built_with({"comm100", "sqlite"}); }

/// A store with the visitors v1 (with an ended chat of two messages, a contact and an offline message) and v2 (with an open chat).
struct Store {
  Store() {
    contract::Records records;
    for (const char* id : {"v1", "v2"}) {
      Visitor& visitor = records.visitors.emplace_back();
      visitor.id.text = id;
      visitor.token = String("token of ") + id;
      visitor.emails = {String(id) + "@example.com"};
      Contact& contact = records.contacts.emplace_back();
      contact.id.text = String("contact of ") + id;
      contact.channels.emplace_back().visitor.text = id;
      contact.channels[0].name = "widget";
    }
    for (const char* id : {"c1", "c2"}) {
      Chat& chat = records.chats.emplace_back();
      chat.id.text = id;
      chat.visitor.text = String("v") + id[1];
      chat.state = id[1] == '1' ? ChatState::ended : ChatState::active;
    }
    for (const char* id : {"m1", "m2"}) {
      Message& message = records.messages.emplace_back();
      message.id.text = id;
      message.chat.text = "c1";
      message.kind = MessageKind::text;
      message.text = String("text of ") + id;
    }
    OfflineMessage& message = records.offline_messages.emplace_back();
    message.id.text = "o1";
    message.email = "V1@example.com";
    test::fill_store(path, records);
  }
  Ran run(std::vector<std::string_view> arguments, std::string_view backend = "local") const {
    arguments.insert(arguments.begin() + 1, {"--config", config, "--backend", backend});
    std::istringstream in;
    return run_in_process(arguments, in);
  }

  test::Scratch scratch;
  std::string path = scratch / "x.db";
  std::string config = scratch.write(
      "gateway.yaml",
      "server: {listen: [\"127.0.0.1:0\"]}\n"
      "backends:\n  local: {kind: sqlite, path: \"" +
          path + "\"}\n  absent: {kind: sqlite, path: \"" + scratch / "absent.db" +
          "\"}\n  vendor: {kind: comm100, url: \"http://127.0.0.1:1\", auth: {bearer: some-longer-secret}}\n"
          "routes:\n  - {name: r, facade: comm100, backend: local, auth: none}\n");
};

}  // namespace

TEST_CASE("export prints all that the store knows of one visitor, and of nobody else" * doctest::skip(lacks())) {
  const Store store;
  for (const std::vector<std::string_view>& named :
       {std::vector<std::string_view>{"export", "--visitor", "v1"}, {"export", "--token", "token of v1"}}) {
    const Ran ran = store.run(named);
    CAPTURE(ran.err);
    CHECK(ran.code == 0);
    CHECK(value_at(ran.out, "/visitor/id") == "v1");
    CHECK(value_at(ran.out, "/contacts/0/id") == "contact of v1");
    CHECK(value_at(ran.out, "/chats/0/id") == "c1");
    CHECK(value_at(ran.out, "/messages/0/text") == "text of m1");
    CHECK(value_at(ran.out, "/messages/1/text") == "text of m2");
    CHECK(value_at(ran.out, "/offline_messages/0/id") == "o1");
    CHECK(value_at(ran.out, "/page_visits") == "[]");
    CHECK_FALSE(contains(ran.out, "v2"));
  }
  const Ran nobody = store.run({"export", "--visitor", "v3"});
  CHECK(nobody.code == 1);
  CHECK(nobody.out.empty());
  CHECK(contains(nobody.err, "no visitor has this id or token"));
}

TEST_CASE("erase removes one visitor and says what, for people and as JSON" * doctest::skip(lacks())) {
  const Store store;
  const Ran open = store.run({"erase", "--visitor", "v2"});
  CHECK(open.code == 1);
  CHECK(contains(open.err, "open chat"));
  const Ran ran = store.run({"erase", "--token", "token of v1"});
  CAPTURE(ran.err);
  CHECK(ran.code == 0);
  CHECK(ran.out ==
        "erased visitor v1 from local: the record, 2 messages, 0 page visits, 1 offline message; 1 chat stays without "
        "its visitor\n");
  CHECK(store.run({"export", "--visitor", "v1"}).code == 1);
  CHECK(store.run({"export", "--visitor", "v2"}).code == 0);
  const Ran again = store.run({"erase", "--visitor", "v1", "--json"});
  CHECK(again.code == 1);
  CHECK(contains(again.err, "no such visitor"));
  CHECK(again.out.empty());

  const Store other;
  const Ran json = other.run({"erase", "--visitor", "v1", "--json"});
  CHECK(json.code == 0);
  CHECK(value_at(json.out, "/visitor") == "v1");
  CHECK(value_at(json.out, "/chats") == "1");
  CHECK(value_at(json.out, "/messages") == "2");
  CHECK(value_at(json.out, "/page_visits") == "0");
  CHECK(value_at(json.out, "/offline_messages") == "1");
  CHECK(value_at(json.out, "/at").ends_with("Z"));
}

TEST_CASE("backup makes a private copy that is a store, and never replaces a file" * doctest::skip(lacks())) {
  const Store store;
  const std::string copy = store.scratch / "copy.db";
  const Ran ran = store.run({"backup", copy});
  CAPTURE(ran.err);
  CHECK(ran.code == 0);
  CHECK(contains(ran.out, "backed up local to " + copy + " ("));
  struct stat found {};
  REQUIRE(::stat(copy.c_str(), &found) == 0);
  CHECK((found.st_mode & 0777U) == 0600U);
  const std::string bytes = test::read_file(copy);
  CHECK(store.run({"erase", "--visitor", "v1"}).code == 0);

  const Ran again = store.run({"backup", copy});
  CHECK(again.code == 1);
  CHECK(contains(again.err, "never replaces"));
  CHECK(test::read_file(copy) == bytes);
  const Ran nowhere = store.run({"backup", store.scratch / "no/such/copy.db"});
  CHECK(nowhere.code == 1);
  CHECK(contains(nowhere.err, "cannot be made: No such file or directory"));
  for (const auto& entry : std::filesystem::directory_iterator(store.scratch.path()))
    CHECK_FALSE(contains(entry.path().filename().string(), "copy.db."));  // nothing half done is left

  // In the place of the store, the copy is the store as it was.
  for (const char* end : {"", "-wal", "-shm"}) std::filesystem::remove(store.path + end);
  std::filesystem::rename(copy, store.path);
  CHECK(value_at(store.run({"export", "--visitor", "v1"}).out, "/messages/1/text") == "text of m2");
  CHECK(store.run({"erase", "--visitor", "v1"}).code == 0);
}

TEST_CASE("commands for stores: wrong names, a vendor's server, a store that is not there" * doctest::skip(lacks())) {
  const Store store;
  const std::string copy = store.scratch / "copy.db";
  const std::vector<std::vector<std::string_view>> commands = {
      {"erase", "--visitor", "v1"}, {"export", "--visitor", "v1"}, {"backup", copy}};
  for (const std::vector<std::string_view>& command : commands) {
    CAPTURE(command.front());
    const Ran misspelt = store.run(command, "loca");
    CHECK(misspelt.code == 64);
    CHECK(contains(misspelt.err, "unknown backend \"loca\"; did you mean local?"));
    const Ran vendor = store.run(command, "vendor");
    CHECK(vendor.code == 64);
    CHECK(contains(vendor.err, "vendor is no store of Parley but a server (kind: comm100)"));
    const Ran absent = store.run(command, "absent");
    CHECK(absent.code == 1);
    CHECK(contains(absent.err, "there is no store " + store.scratch / "absent.db"));
  }
  CHECK_FALSE(std::filesystem::exists(store.scratch / "absent.db"));
  CHECK_FALSE(std::filesystem::exists(copy));
  for (const std::string_view command : {"erase", "export"}) {
    CHECK(contains(store.run({command}).err, "one of --visitor ID and --token TOKEN is needed"));
    CHECK(store.run({command}).code == 64);
    CHECK(store.run({command, "--visitor", ""}).code == 64);
    CHECK(store.run({command, "--visitor", "v1", "--token", "t"}).code == 64);
  }
}

}  // namespace parley::gateway::cli
