// parley load in process: what it accepts and refuses, how it resumes, and that it stores while it reads.
#include <doctest/doctest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <streambuf>

#include "gateway/cli/cli.hpp"
#include "tests/gateway/cli/in_process.hpp"
#include "tests/support/contains.hpp"
#include "tests/support/json.hpp"
#include "tests/support/scratch.hpp"
#include "tests/support/served.hpp"

namespace parley::gateway::cli {
namespace {

using test::built_with;
using test::contains;

std::string agent(int number) { return "{\"id\":\"agent" + std::to_string(number) + "\"}\n"; }

/// A new store, and `parley load` into it.
struct Store {
  test::Scratch scratch;
  std::string config = scratch.write("gateway.yaml",
                                     "server: {listen: [\"127.0.0.1:0\"]}\n"
                                     "backends: {local: {kind: sqlite, path: \"" +
                                         scratch / "x.db" +
                                         "\"}}\n"
                                         "routes:\n  - {name: r, facade: comm100, backend: local, auth: none}\n");

  Ran load(const std::vector<std::string>& more, const std::string& input = {},
           std::string_view from = "canonical:agent") {
    std::istringstream in(input);
    return load(more, in, from);
  }
  Ran load(const std::vector<std::string>& more, std::istream& in, std::string_view from = "canonical:agent") {
    std::vector<std::string_view> arguments = {"load", "--config", config, "--backend", "local", "--from", from};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return run_in_process(arguments, in);
  }
};

bool lacks() { return !built_with({"comm100", "sqlite"}); }

}  // namespace

TEST_CASE("load accepts one document, a list, and lines, from files and standard input" * doctest::skip(lacks())) {
  Store store;
  const std::string lines = store.scratch.write("lines.ndjson", agent(1) + agent(2));
  const std::string list = store.scratch.write("list.json", "[" + agent(3) + "," + agent(4) + "]");
  const Ran files = store.load({lines, list});
  CAPTURE(files.err);
  CHECK(files.code == 0);
  CHECK(files.out ==
        "loaded 0 visitors, 4 agents, 0 chats into local\n"
        "stored:\n  visitors           0\n  agents             4\n  chats              0\nlost: nothing\n");
  CHECK(files.err.empty());  // no progress without a terminal
  CHECK(contains(store.load({}, agent(5)).out, "1 agent,"));
  CHECK(contains(store.load({"-"}, agent(6) + agent(7)).out, "2 agents,"));
  CHECK(contains(store.load({list}, "", "canonical:agents").out, "2 agents,"));
}

TEST_CASE("load: the first fault ends it with FILE:LINE:COL; documents before it are stored" * doctest::skip(lacks())) {
  Store store;
  const std::string file = store.scratch.write("a.ndjson", agent(1) + agent(2) + "{\"id\" 3}\n" + agent(4));
  const Ran ran = store.load({file});
  CHECK(ran.code == 1);
  CHECK(ran.out.empty());
  CHECK(contains(ran.err, file + ":3:7: a colon is expected here"));
  CHECK(contains(ran.err, "everything before it is stored (0 visitors, 2 agents, 0 chats); --rejects FILE"));
  const Ran piped = store.load({}, "\n{\"name\":\"Ann\"}");
  CHECK(contains(piped.err, "<stdin>:2:1: the id (\"id\") is missing or not valid"));
  const Ran strange = store.load({}, agent(1) + "{\"odd\":1}\n");
  CHECK(strange.code == 1);
  CHECK(contains(strange.err, "<stdin>:2:1: no member of canonical:agent is in this document"));
  CHECK(store.load({}, "").code == 1);
}

TEST_CASE("load: a file that cannot be read is named; documents before it are stored" * doctest::skip(lacks())) {
  Store store;
  const std::string first = store.scratch.write("first.json", agent(1));
  const Ran absent = store.load({first, store.scratch / "absent.json"});
  CHECK(absent.code == 1);
  CHECK(contains(absent.err, "absent.json: No such file"));
  CHECK(contains(absent.err, "everything before it is stored (0 visitors, 1 agent, 0 chats)\n"));
  const Ran directory = store.load({store.scratch.path().native()});
  CHECK(directory.code == 1);
  CHECK(contains(directory.err, "directory"));
}

TEST_CASE("load --rejects continues, and writes refused documents with place and reason" * doctest::skip(lacks())) {
  Store store;
  const std::string file = store.scratch.write(
      "a.ndjson", agent(1) + "{\"id\":\"x\",}\n" + agent(2) + "{\"odd\":\"\xe9\"}\n{\"name\":\"Ann\"}\n" + agent(3));
  const std::string rejects = store.scratch / "rejects.ndjson";
  const Ran ran = store.load({"--rejects", rejects, file});
  CAPTURE(ran.err);
  CHECK(ran.code == 0);
  CHECK(contains(ran.out, "3 agents,"));
  CHECK(contains(ran.out, "refused: 3, see " + rejects));
  std::istringstream lines(test::read_file(rejects));
  std::string line;
  std::vector<test::Value> refused;
  while (std::getline(lines, line)) refused.push_back(test::parse(line));
  REQUIRE(refused.size() == 3);
  CHECK(refused[0].find("file")->text == file);
  CHECK(refused[0].find("line")->text == "2");
  CHECK(refused[0].find("column")->text == "11");
  CHECK(refused[0].find("reason")->text == "a member name in double quotes is expected here");
  CHECK(refused[0].find("document")->text == "{\"id\":\"x\",}");
  CHECK(refused[1].find("line")->text == "4");
  CHECK(refused[1].find("document")->text == "{\"odd\":\"\xef\xbf\xbd\"}");
  CHECK(refused[2].find("line")->text == "5");

  // Corrected documents can be loaded. A load that stores nothing fails.
  const Ran none = store.load({"--rejects", rejects}, "{}\n{}\n");
  CHECK(none.code == 1);
  CHECK(contains(none.err, "every document was refused"));
  const Ran unwritable = store.load({"--rejects", store.scratch / "no/such/folder"}, agent(1));
  CHECK(unwritable.code == 1);
  CHECK(contains(unwritable.err, "cannot be written: No such file"));
}

TEST_CASE("load --rejects overwrites only a file that it wrote itself" * doctest::skip(lacks())) {
  Store store;
  const std::string documents = agent(1) + "{}\n";
  const std::string file = store.scratch.write("a.ndjson", documents);
  const std::string notes = store.scratch.write("notes.txt", "not yours\n");
  const std::string empty = store.scratch.write("empty.ndjson", "");
  const std::string link = store.scratch / "link.ndjson";
  std::filesystem::create_symlink(file, link);
  const std::string state = store.scratch / "load.state";
  const struct {
    const char* name;
    std::vector<std::string> arguments;
    const char* says;
  } cases[] = {
      {"the documents", {"--rejects", file, file}, "is a file of this load, and would be overwritten"},
      {"the documents, by another name", {"--rejects", link, file}, "is a file of this load"},
      {"documents of a load that was meant", {"--rejects", file}, "holds something else, and would be overwritten"},
      {"another file", {"--rejects", notes, file}, "holds something else"},
      {"the configuration", {"--rejects", store.config, file}, "is a file of this load"},
      {"the file of --resume", {"--resume", state, "--rejects", state, file}, "is a file of this load"},
      {"the file of --resume, by another name",
       {"--resume", std::filesystem::relative(state), "--rejects", state, file},
       "is a file of this load"},
  };
  for (const auto& one : cases) {
    CAPTURE(one.name);
    const Ran ran = store.load(one.arguments);
    CAPTURE(ran.err);
    CHECK(ran.code == 64);
    CHECK(contains(ran.err, "--rejects: " + one.arguments[one.arguments[0] == "--resume" ? 3 : 1] + " "));
    CHECK(contains(ran.err, one.says));
  }
  CHECK(test::read_file(file) == documents);
  CHECK(test::read_file(notes) == "not yours\n");
  CHECK_FALSE(std::filesystem::exists(state));

  CHECK(store.load({"--rejects", empty, file}).code == 0);
  const std::string kept = test::read_file(empty);
  CHECK(contains(kept, "\"document\":\"{}\""));
  CHECK(store.load({"--rejects", empty, file}).code == 0);  // the file of an earlier load may be overwritten
  CHECK(test::read_file(empty) == kept);
  CHECK(store.load({"--rejects", "/dev/null", file}).code == 0);
}

TEST_CASE("load --resume continues after the stored documents, and removes its file at the end" *
          doctest::skip(lacks())) {
  Store store;
  const std::string state = store.scratch / "load.state";
  const std::string bad = agent(1) + agent(2) + "{\"id\" 3}\n" + agent(4);
  const std::string file = store.scratch.write("a.ndjson", bad);
  CHECK(store.load({"--resume", state, file}).code == 1);
  CHECK(test::read_file(state) == "parley load --backend local --from canonical:agent " + file + "\ndocuments 2\n");

  const Ran other = store.load({"--resume", state}, agent(1));
  CHECK(other.code == 64);
  CHECK(contains(other.err, "is not of this load"));

  store.scratch.write("a.ndjson", agent(7));  // a changed file with the same name
  const Ran shorter = store.load({"--resume", state, file});
  CHECK(shorter.code == 1);
  CHECK(contains(shorter.err, "dealt with 2 documents, and there are only 1: the files have changed"));
  CHECK(std::filesystem::exists(state));

  store.scratch.write("a.ndjson", agent(1) + agent(2) + "{\"id\":\"agent3\"}\n" + agent(4));
  const Ran again = store.load({"--resume", state, file});
  CAPTURE(again.err);
  CHECK(again.code == 0);
  CHECK(contains(again.out, "2 agents,"));  // the two that were not stored yet
  CHECK(contains(again.out, "stored by an earlier run: 2 documents"));
  CHECK_FALSE(std::filesystem::exists(state));
}

TEST_CASE("load: each refused document is written once, also after an interruption" * doctest::skip(lacks())) {
  Store store;
  const std::string state = store.scratch / "load.state";
  const std::string rejects = store.scratch / "rejects.ndjson";
  const std::string first = store.scratch.write("a.ndjson", agent(1) + "{}\n" + agent(2));
  const std::string second = store.scratch / "b.ndjson";
  CHECK(store.load({"--resume", state, "--rejects", rejects, first, second}).code == 1);  // b does not exist yet
  CHECK(contains(test::read_file(state), "\ndocuments 3\n"));
  store.scratch.write("b.ndjson", "{}\n" + agent(3));
  const Ran again = store.load({"--resume", state, "--rejects", rejects, first, second});
  CHECK(again.code == 0);
  const std::string kept = test::read_file(rejects);
  CHECK(std::count(kept.begin(), kept.end(), '\n') == 2);
}

namespace {

/// A stream of agents; records how far the documents that were read are ahead of those stored.
class Source : public std::streambuf {
 public:
  Source(std::string state, std::size_t documents) : state_(std::move(state)), left_(documents) {}
  std::size_t most_ahead = 0;

 protected:
  int_type underflow() override {
    if (left_ == 0) return traits_type::eof();
    std::ifstream in(state_);
    std::string words;
    std::size_t stored = 0;
    while (in >> words) {
      if (words == "documents") in >> stored;
    }
    most_ahead = std::max(most_ahead, made_ - stored);
    text_.clear();
    for (std::size_t i = 0; i < 100 && left_ > 0; ++i, --left_) text_ += agent(static_cast<int>(made_++));
    setg(text_.data(), text_.data(), text_.data() + text_.size());
    return traits_type::to_int_type(text_.front());
  }

 private:
  std::string state_;
  std::size_t left_;
  std::size_t made_ = 0;
  std::string text_;
};

}  // namespace

TEST_CASE("load stores while it reads: it is at most one batch behind, however long the input" *
          doctest::skip(lacks())) {
  Store store;
  const std::string state = store.scratch / "load.state";
  Source source(state, 30'000);
  std::istream in(&source);
  const Ran ran = store.load({"--resume", state}, in);
  CAPTURE(ran.err);
  CHECK(ran.code == 0);
  CHECK(contains(ran.out, "30000 agents,"));
  // A batch of 5,000, and the documents of one read of 64 KiB.
  CHECK(source.most_ahead < 5'000 + 64 * 1024 / 15);
}

}  // namespace parley::gateway::cli
