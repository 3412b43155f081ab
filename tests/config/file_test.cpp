// Whether two paths name one file, also if the file does not exist yet.
#include "config/file.hpp"

#include <doctest/doctest.h>

#include <filesystem>

#include "tests/support/scratch.hpp"

using namespace parley;

namespace fs = std::filesystem;

TEST_CASE("config: a file is known again by another spelling, whether it exists or not") {
  const test::Scratch scratch;
  fs::create_directory(scratch.path() / "folder");
  fs::create_directory_symlink(scratch.path() / "folder", scratch.path() / "other");
  fs::create_symlink("folder/new.db", scratch.path() / "link.db");        // leads to a file that does not exist
  fs::create_symlink(scratch / "link.db", scratch.path() / "second.db");  // leads to that link
  fs::create_symlink("round.db", scratch.path() / "round.db");            // leads to itself
  scratch.write("old.db", "x");
  fs::create_hard_link(scratch / "old.db", scratch / "hard.db");
  const String here = fs::current_path().string();
  const struct {
    String a;
    String b;
  } same[] = {{"no-such.db", "./no-such.db"},
              {"no-such.db", here + "/no-such.db"},
              {"no-such.db-wal", "x/../no-such.db-wal"},
              {"no-such/x.db", here + "/./no-such//x.db"},
              {scratch / "new.db", scratch / "folder/../new.db"},
              {scratch / "folder/new.db", scratch / "other/new.db"},
              {scratch / "folder/new.db", scratch / "link.db"},
              {scratch / "folder/new.db", scratch / "second.db"},
              {scratch / "old.db", scratch / "hard.db"},
              {scratch / "round.db", scratch / "./round.db"}};
  for (const auto& one : same) {
    CAPTURE(one.a);
    CAPTURE(one.b);
    CHECK(config::same_file(one.a, one.b));
    CHECK(config::same_file(one.b, one.a));
  }
  const String closed = scratch / "old.db/x";  // below a file, where nothing can be looked up
  for (const auto& other :
       {std::pair(String("x.db"), String("y.db")), std::pair(String(), String()), std::pair(String("x.db"), String()),
        std::pair(closed, closed + "y"), std::pair(scratch / "link.db", scratch / "new.db")}) {
    CAPTURE(other.first);
    CAPTURE(other.second);
    CHECK_FALSE(config::same_file(other.first, other.second));
  }
}
