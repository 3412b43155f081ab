// parley dump in process, on a store that nobody serves, and the way back with parley load.
#include <doctest/doctest.h>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "adapters/contract/adapter.hpp"
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
using test::read_file;

bool lacks() { return !built_with({"comm100", "sqlite"}); }

contract::Records demo_records() {
  contract::Records records;
  for (const contract::Adapter* adapter : contract::registry()) {
    if (adapter->demo != nullptr) adapter->demo(records);
  }
  return records;
}

/// A store with the demo records, an empty one, one that is not there, and a vendor's server.
struct Stores {
  Stores() { test::fill_store(path, demo_records()); }

  Ran run(std::vector<std::string_view> arguments, const std::string& input = {}) const {
    arguments.insert(arguments.begin() + 1, {"--config", config});
    std::istringstream in(input);
    return run_in_process(arguments, in);
  }
  Ran dump(const std::vector<std::string_view>& more = {}, std::string_view backend = "demo") const {
    std::vector<std::string_view> arguments = {"dump", "--backend", backend};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return run(arguments);
  }
  Ran load(const std::string& input, const std::vector<std::string_view>& more = {}) const {
    std::vector<std::string_view> arguments = {"load", "--backend", "empty", "--from", "canonical:dump"};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return run(arguments, input);
  }

  test::Scratch scratch;
  std::string path = scratch / "demo.db";
  std::string file = scratch / "all.ndjson";
  std::string partial = file + ".partial";
  std::string config = scratch.write(
      "gateway.yaml",
      "server: {listen: [\"127.0.0.1:0\"]}\n"
      "backends:\n  demo: {kind: sqlite, path: \"" +
          path + "\"}\n  empty: {kind: sqlite, path: \"" + scratch / "empty.db" +
          "\"}\n  absent: {kind: sqlite, path: \"" + scratch / "absent.db" +
          "\"}\n  vendor: {kind: comm100, url: \"http://127.0.0.1:1\", auth: {bearer: some-longer-secret}}\n"
          "routes:\n  - {name: r, facade: comm100, backend: demo, auth: none}\n");
};

std::size_t lines_of(std::string_view text) {
  return static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n'));
}

}  // namespace

TEST_CASE("a dump of the demo store, loaded into an empty one, has the same dump" * doctest::skip(lacks())) {
  const Stores stores;
  const Ran first = stores.dump();
  CAPTURE(first.err);
  REQUIRE(first.code == 0);
  CHECK(contains(first.err, "dumped demo: "));
  CHECK(contains(first.err, " visitors, "));
  const std::string last = first.out.substr(first.out.rfind('\n', first.out.size() - 2) + 1);
  CHECK(test::value_at(last, "/kind") == "end");
  CHECK(test::value_at(last, "/record/visitors") != "0");

  const Ran loaded = stores.load(first.out);
  CAPTURE(loaded.err);
  CHECK(loaded.code == 0);
  CHECK(loaded.err.empty());
  CHECK(contains(loaded.out, "lost: nothing"));
  const Ran second = stores.dump({}, "empty");
  CHECK((second.out == first.out));
  CHECK(stores.load(first.out).code == 0);
  CHECK((stores.dump({}, "empty").out == first.out));
}

TEST_CASE("dump --json counts all kinds on standard error" * doctest::skip(lacks())) {
  const Stores stores;
  const Ran ran = stores.dump({"--json", "--to", stores.file});
  CHECK(ran.code == 0);
  CHECK(ran.out.empty());
  const test::Value counts = test::parse(ran.err);
  const std::string lines = read_file(stores.file);
  std::size_t sum = 0;
  for (const char* key : {"agents", "departments", "visitors", "chats", "messages", "page_visits", "offline_messages",
                          "contacts", "counters"}) {
    REQUIRE(counts.find(key) != nullptr);
    sum += std::stoul(std::string(counts.find(key)->text));
  }
  CHECK(sum + 1 == lines_of(lines));
  CHECK(contains(stores.dump({"--json"}, "absent").err, "there is no store"));
}

TEST_CASE("dump --to makes a private file, and never replaces one" * doctest::skip(lacks())) {
  const Stores stores;
  REQUIRE(stores.dump({"--to", stores.file}).code == 0);
  struct stat found {};
  REQUIRE(::stat(stores.file.c_str(), &found) == 0);
  CHECK((found.st_mode & 0777U) == 0600U);
  CHECK_FALSE(std::filesystem::exists(stores.partial));
  const std::string bytes = read_file(stores.file);
  CHECK((bytes == stores.dump().out));
  for (const std::vector<std::string_view>& more :
       {std::vector<std::string_view>{"--to", stores.file}, {"--to", stores.file, "--resume"}}) {
    const Ran again = stores.dump(more);
    CHECK(again.code == 1);
    CHECK(contains(again.err, stores.file + ": there is a file of this name, which is never replaced"));
  }
  CHECK((read_file(stores.file) == bytes));
  CHECK_FALSE(std::filesystem::exists(stores.partial));
  CHECK(contains(stores.dump({"--to", stores.scratch / "no/such/all.ndjson"}).err, "No such file or directory"));
  CHECK(stores.dump({"--resume"}).code == 64);
}

TEST_CASE("dump --resume keeps what agrees of an interrupted dump, and writes the rest anew" * doctest::skip(lacks())) {
  const Stores stores;
  const std::string whole = stores.dump().out;
  const std::string middle = whole.substr(0, whole.size() / 2);
  struct Case {
    const char* name;
    std::string found;
    std::size_t kept;
  };
  std::string changed = middle;
  changed[whole.size() / 4] = changed[whole.size() / 4] == 'x' ? 'y' : 'x';
  for (const Case& one : {Case{"cut off", middle, middle.size()}, Case{"of another moment", changed, whole.size() / 4},
                          Case{"empty", "", 0}, Case{"all of it", whole, whole.size()},
                          Case{"and more", whole + "{\"kind\":\"end\"}\n", whole.size()}}) {
    CAPTURE(one.name);
    std::filesystem::remove(stores.file);
    std::ofstream(stores.partial) << one.found;
    const Ran refused = stores.dump({"--to", stores.file});
    CHECK(refused.code == 1);
    CHECK(contains(refused.err, "--resume goes on with it"));
    CHECK((read_file(stores.partial) == one.found));

    const Ran resumed = stores.dump({"--to", stores.file, "--resume"});
    CAPTURE(resumed.err);
    CHECK(resumed.code == 0);
    CHECK((read_file(stores.file) == whole));
    CHECK_FALSE(std::filesystem::exists(stores.partial));
    CHECK(contains(resumed.err, "written by an earlier run: " + std::to_string(one.kept) + " bytes") == (one.kept > 0));
  }
}

TEST_CASE("dump --resume refuses what is no partial dump, or is being written" * doctest::skip(lacks())) {
  const Stores stores;
  std::ofstream(stores.partial) << "my diary\n";
  const Ran diary = stores.dump({"--to", stores.file, "--resume"});
  CHECK(diary.code == 1);
  CHECK(contains(diary.err, "holds something else"));
  CHECK(read_file(stores.partial) == "my diary\n");
  std::filesystem::remove(stores.partial);

  const int other = ::open(stores.partial.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  REQUIRE(::flock(other, LOCK_EX) == 0);
  CHECK(contains(stores.dump({"--to", stores.file, "--resume"}).err, "is being written by another process"));
  ::close(other);
  std::filesystem::remove(stores.partial);

  std::filesystem::create_symlink(stores.path, stores.partial);
  const Ran linked = stores.dump({"--to", stores.file, "--resume"});
  CHECK(linked.code == 1);
  CHECK(contains(linked.err, "cannot be made"));
  CHECK(stores.dump().code == 0);  // the store is whole
}

TEST_CASE("dump refuses a wrong name, a vendor's server, a store that is not there" * doctest::skip(lacks())) {
  const Stores stores;
  const Ran misspelt = stores.dump({}, "dem");
  CHECK(misspelt.code == 64);
  CHECK(contains(misspelt.err, "unknown backend \"dem\"; did you mean demo?"));
  const Ran vendor = stores.dump({}, "vendor");
  CHECK(vendor.code == 64);
  CHECK(contains(vendor.err, "vendor is no store of Parley but a server (kind: comm100)"));
  const Ran absent = stores.dump({}, "absent");
  CHECK(absent.code == 1);
  CHECK(contains(absent.err, "there is no store " + stores.scratch / "absent.db"));
  CHECK_FALSE(std::filesystem::exists(stores.scratch / "absent.db"));
  CHECK(absent.out.empty());
}

TEST_CASE("load of a dump: a missing end is told, refused lines go to the rejects, an interrupted load goes on" *
          doctest::skip(lacks())) {
  const Stores stores;
  const std::string whole = stores.dump().out;
  const std::size_t end = whole.rfind('\n', whole.size() - 2) + 1;
  const Ran cut = stores.load(whole.substr(0, end));
  CHECK(cut.code == 0);
  CHECK(contains(cut.err, "the last line of a dump"));

  const std::string rejects = stores.scratch / "rejects.ndjson";
  const std::string odd = "{\"kind\":\"visiter\",\"record\":{\"id\":\"v\"}}\n";
  const Ran refused = stores.load(odd + whole, {"--rejects", rejects});
  CHECK(refused.code == 0);
  CHECK(refused.err.empty());
  CHECK(contains(refused.out, "refused: 1, see " + rejects));
  CHECK(test::value_at(read_file(rejects), "/line") == "1");
  CHECK(contains(test::value_at(read_file(rejects), "/reason"), "unknown kind \"visiter\""));
  CHECK((stores.dump({}, "empty").out == whole));

  // A fault in the middle ends the load; with the fault corrected it goes on behind the last line that is stored.
  const Stores other;
  const std::string state = other.scratch / "load.state";
  const std::string file = other.scratch / "in.ndjson";
  const std::size_t middle = whole.find('\n', whole.size() / 2) + 1;
  other.scratch.write("in.ndjson", whole.substr(0, middle) + odd + whole.substr(middle));
  const Ran stopped = other.load({}, {"--resume", state, file});
  CHECK(stopped.code == 1);
  CHECK(contains(stopped.err, file + ":" + std::to_string(lines_of(whole.substr(0, middle)) + 1) + ":9: unknown kind"));
  other.scratch.write("in.ndjson", whole);
  const Ran resumed = other.load({}, {"--resume", state, file});
  CAPTURE(resumed.err);
  CHECK(resumed.code == 0);
  CHECK(contains(resumed.out, "stored by an earlier run: " + std::to_string(lines_of(whole.substr(0, middle)))));
  CHECK((other.dump({}, "empty").out == whole));

  const Ran unknown = other.run({"load", "--backend", "empty", "--from", "canonical:dumb"});
  CHECK(unknown.code == 64);
  CHECK(contains(unknown.err, "did you mean canonical:dump?"));
}

TEST_CASE("schema explains the lines of a dump") {
  std::istringstream in;
  const std::vector<std::string_view> list = {"schema"};
  CHECK(contains(run_in_process(list, in).out, "canonical:dump"));
  const std::vector<std::string_view> markdown = {"schema", "--markdown", "canonical:dump"};
  CHECK(contains(run_in_process(markdown, in).out, "`parley load --from canonical:dump`"));
  const std::vector<std::string_view> json = {"schema", "canonical:dump"};
  CHECK(test::value_at(run_in_process(json, in).out, "/required") != "(none)");
}

}  // namespace parley::gateway::cli
