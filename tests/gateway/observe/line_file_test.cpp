// The file of the access log: rotation, a reader that does not read, a disk that is full.
#include "gateway/observe/line_file.hpp"

#include <doctest/doctest.h>
#include <fcntl.h>
#include <sys/stat.h>

#include <filesystem>
#include <thread>

#include "tests/support/scratch.hpp"

namespace parley::test {
namespace {

using observe::LineFile;

void write(LineFile& file, std::string_view text, std::uint64_t lines = 1) {
  Buffer bytes;
  bytes.append(text);
  file.write(bytes, lines);
  CHECK(bytes.empty());
}

void wait_for(const LineFile& file, std::uint64_t lines) {
  while (file.written() + file.dropped() < lines) std::this_thread::yield();
}

}  // namespace

TEST_CASE("lines are added to the end of the file; after a rotation to the new one") {
  const Scratch scratch;
  const String path = scratch.write("access.log", "before\n");
  {
    LineFile file;
    CHECK(!file.wanted());
    REQUIRE(file.use(path).has_value());
    CHECK(file.wanted());
    write(file, "one\n");
    wait_for(file, 1);
    std::filesystem::rename(path, scratch / "access.log.1");
    write(file, "two\n");
    wait_for(file, 2);
    REQUIRE(file.reopen().has_value());
    write(file, "three\n");
    wait_for(file, 3);
    CHECK(file.dropped() == 0);
    write(file, "four\n");  // the end of the file waits for it
  }
  CHECK(read_file(scratch / "access.log.1") == "before\none\ntwo\n");
  CHECK(read_file(path) == "three\nfour\n");
  struct stat status {};
  REQUIRE(::stat(path.c_str(), &status) == 0);
  CHECK((status.st_mode & S_IRWXO) == 0);  // not for everybody to read
}

TEST_CASE("a file that cannot be opened changes nothing, and says why") {
  const Scratch scratch;
  LineFile file;
  const Result<void> missing = file.use(scratch / "no/such/folder/access.log");
  REQUIRE(missing.has_error());
  CHECK(missing.error().code == Code::unavailable);
  CHECK(missing.error().message.find("no/such/folder/access.log: No such file") != String::npos);
  CHECK(!file.wanted());

  const String path = scratch / "access.log";
  REQUIRE(file.use(path).has_value());
  CHECK(file.use(scratch / "no/such/folder/access.log").has_error());
  write(file, "still here\n");
  wait_for(file, 1);
  CHECK(read_file(path) == "still here\n");
}

TEST_CASE("a reader that does not read holds nobody up: lines are dropped, counted, and the end comes") {
  const Scratch scratch;
  const String path = scratch / "pipe";
  REQUIRE(::mkfifo(path.c_str(), 0600) == 0);
  const io::Descriptor reader(::open(path.c_str(), O_RDONLY | O_NONBLOCK));
  REQUIRE(reader.get() >= 0);
  const String line(1023, 'x');
  constexpr std::uint64_t count = LineFile::most_waiting / 1024 + 4096;
  {
    LineFile file;
    REQUIRE(file.use(path).has_value());
    for (std::uint64_t i = 0; i < count; ++i) write(file, line + '\n');
    CHECK(file.dropped() > 0);
    CHECK(file.dropped() < count);
  }
}

TEST_CASE("a pipe that nobody has open any more does not end the process") {
  const Scratch scratch;
  const String path = scratch / "pipe";
  REQUIRE(::mkfifo(path.c_str(), 0600) == 0);
  LineFile file;
  {
    const io::Descriptor reader(::open(path.c_str(), O_RDONLY | O_NONBLOCK));
    REQUIRE(file.use(path).has_value());
  }
  write(file, "lost\n");
  wait_for(file, 1);
  CHECK(file.dropped() == 1);
}

TEST_CASE("a full disk costs lines, not the log") {
  LineFile file;
  REQUIRE(file.use("/dev/full").has_value());
  write(file, "one\ntwo\n", 2);
  wait_for(file, 2);
  CHECK(file.dropped() == 2);
  CHECK(file.written() == 0);
}

}  // namespace parley::test
