// The check whether a file can be written. It leaves nothing behind.
#include "config/writable.hpp"

#include <doctest/doctest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <iterator>

#include "tests/support/scratch.hpp"

using namespace parley;
using namespace parley::config;
namespace fs = std::filesystem;

TEST_CASE("config: the check whether a file can be written leaves nothing behind") {
  const test::Scratch scratch;
  scratch.write("file", "text");
  fs::create_directory(scratch.path() / "folder");
  fs::create_symlink("nowhere/file", scratch.path() / "lost");
  fs::create_symlink("folder/new", scratch.path() / "found");
  fs::create_symlink("round", scratch.path() / "round");
  fs::create_directory_symlink("nowhere", scratch.path() / "lost-folder");
  struct Case {
    const char* name;
    std::string path;
    Folders folders;
    std::string why;  ///< how the reason begins; empty = the file can be written
  };
  const Case cases[] = {
      {"a file that is there", scratch / "file", Folders::there, ""},
      {"a new file", scratch / "new", Folders::there, ""},
      {"a new file in a missing folder", scratch / "a/b/new", Folders::made, ""},
      {"the same, if folders are not made", scratch / "a/b/new", Folders::there,
       "the folder " + (scratch / "a/b") + ": No"},
      {"a folder", scratch / "folder", Folders::made, "it is a folder"},
      {"a folder that does not exist", scratch / "new/", Folders::made, "it names a folder"},
      {"below a file", scratch / "file/new", Folders::made, "Not a directory"},
      {"far below a file", scratch / "file/a/new", Folders::made, "Not a directory"},
      {"a link to a missing file", scratch / "found", Folders::there, ""},
      {"a link into a missing folder", scratch / "lost", Folders::there, "the folder "},
      {"the same, if folders are made", scratch / "lost", Folders::made, "the folder "},
      {"below a link to a missing folder", scratch / "lost-folder/a/new", Folders::made,
       "the folder " + (scratch / "lost-folder") + ": No such file"},
      {"a link to itself", scratch / "round", Folders::made, "Too many levels"},
      {"a file system that takes no files", "/proc/new", Folders::made, "the folder /proc: "},
      {"the same, deeper", "/proc/a/b/new", Folders::made, "the folder /proc: "},
      {"too long a name", scratch / std::string(300, 'x'), Folders::made, "File name too long"},
      {"a device", "/dev/null", Folders::there, ""},
  };
  const auto entries = [&scratch] {
    return std::distance(fs::recursive_directory_iterator(scratch.path()), fs::recursive_directory_iterator());
  };
  const auto before = entries();
  for (const Case& one : cases) {
    CAPTURE(one.name);
    const Result<void> writable = check_writable(one.path, one.folders);
    const std::string why = writable ? "" : writable.error().message;
    CAPTURE(why);
    CHECK(writable.has_value() == one.why.empty());
    CHECK(why.starts_with(one.why));
  }
  if (::geteuid() != 0) {  // permissions do not stop root
    REQUIRE(::chmod((scratch / "folder").c_str(), 0500) == 0);
    CHECK(check_writable(scratch / "folder/new", Folders::there).has_error());
    REQUIRE(::chmod((scratch / "file").c_str(), 0400) == 0);
    CHECK(check_writable(scratch / "file", Folders::there).has_error());
  }
  CHECK(entries() == before);
}
