// The file of the access log: rotation, a reader that does not read, a disk that is full.
#include "gateway/observe/line_file.hpp"

#include <doctest/doctest.h>
#include <fcntl.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <thread>

#include "tests/support/eventually.hpp"
#include "tests/support/scratch.hpp"

namespace parley::test {
namespace {

using gateway::observe::LineFile;

void write(LineFile& file, std::string_view text, std::uint64_t lines = 1) {
  Buffer bytes;
  bytes.append(text);
  file.write(bytes, lines);
  CHECK(bytes.empty());
}

void wait_for(const LineFile& file, std::uint64_t lines) {
  while (file.written() + file.dropped() < lines) std::this_thread::yield();
}

/// The number of this process's descriptors of files whose path begins like this.
int open_files(const std::string& path) {
  int count = 0;
  for (const auto& one : std::filesystem::directory_iterator("/proc/self/fd")) {
    std::error_code gone;
    count += std::filesystem::read_symlink(one.path(), gone).string().starts_with(path) ? 1 : 0;
  }
  return count;
}

/// A pipe whose reader never reads, and a log file that waits for it.
struct Stuck {
  Scratch scratch;
  String path = scratch / "pipe";
  io::Descriptor reader;
  int room = 0;
  LineFile file;

  Stuck() {
    REQUIRE(::mkfifo(path.c_str(), 0600) == 0);
    reader = io::Descriptor(::open(path.c_str(), O_RDONLY | O_NONBLOCK));
    room = ::fcntl(reader.get(), F_GETPIPE_SZ);
    REQUIRE(file.use(path).has_value());
    for (int i = 0; i < 4; ++i) write(file, String(static_cast<std::size_t>(room) - 1, 'x') + '\n');
    REQUIRE(eventually([this] { return readable() == room; }));
  }
  [[nodiscard]] int readable() const {
    int count = 0;
    ::ioctl(reader.get(), FIONREAD, &count);
    return count;
  }
};

}  // namespace

TEST_CASE("lines are appended to the file, and after a rotation to the new one") {
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
    REQUIRE(file.reopen().has_value());
    write(file, "three\n");
    wait_for(file, 3);
    CHECK(file.dropped() == 0);
    write(file, "four\n");  // the destructor waits for it
  }
  CHECK(read_file(scratch / "access.log.1") == "before\none\ntwo\n");
  CHECK(read_file(path) == "three\nfour\n");
  struct stat status {};
  REQUIRE(::stat(path.c_str(), &status) == 0);
  CHECK((status.st_mode & S_IRWXO) == 0);  // not readable for everybody
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

TEST_CASE("try_open creates no file, and fails with the errors of open") {
  const Scratch scratch;
  const auto why = [](const String& path) {
    const Result<void> opens = LineFile::try_open(path);
    return opens ? String() : opens.error().message;
  };
  CHECK(why("") == "");
  CHECK(why("-") == "");
  CHECK(why(scratch / "access.log") == "");
  CHECK(std::filesystem::is_empty(scratch.path()));
  CHECK(why(scratch.write("there.log", "")) == "");
  CHECK(why("/dev/null") == "");
  const String lacks = scratch / "no/access.log";
  CHECK(why(lacks) ==
        "cannot open the access log " + lacks + ": the folder " + (scratch / "no") + ": No such file or directory");
  CHECK(why(scratch.path().string())
            .starts_with("cannot open the access log " + scratch.path().string() + ": it is a folder"));
}

TEST_CASE("a reader that does not read blocks nobody: lines are dropped and counted") {
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

TEST_CASE("a reader that does not read is given up at a switch, and its lines are counted as dropped") {
  Stuck stuck;
  write(stuck.file, "for the pipe\n");
  REQUIRE(stuck.file.use(stuck.scratch / "log").has_value());
  write(stuck.file, "for the file\n");
  REQUIRE(eventually([&] { return stuck.file.written() + stuck.file.dropped() == 6; }));
  CHECK(read_file(stuck.scratch / "log") == "for the file\n");
  CHECK(stuck.file.dropped() == 4);
  CHECK(eventually([&] { return open_files(stuck.path) == 1; }));  // that of the reader
}

TEST_CASE("blocking standard output that nobody reads is given up too") {
  const Scratch scratch;
  int ends[2];
  REQUIRE(::pipe2(ends, O_CLOEXEC) == 0);
  io::Descriptor writer(ends[1]);
  LineFile file;
  const io::Descriptor reader(ends[0]);  // destroyed first, so that nothing blocks any more
  {
    const io::Descriptor own(::dup(STDOUT_FILENO));
    REQUIRE(::dup2(writer.get(), STDOUT_FILENO) >= 0);
    const Result<void> used = file.use("-");
    ::dup2(own.get(), STDOUT_FILENO);
    REQUIRE(used.has_value());
    writer = io::Descriptor();
  }
  const auto room = static_cast<std::size_t>(::fcntl(reader.get(), F_GETPIPE_SZ));
  for (int i = 0; i < 4; ++i) write(file, String(room * 3 / 2, 'x') + '\n');  // the first one is cut off
  REQUIRE(file.use(scratch / "log").has_value());
  write(file, "for the file\n");
  CHECK(eventually([&] { return file.written() + file.dropped() == 5; }));
  CHECK(read_file(scratch / "log") == "for the file\n");
}

TEST_CASE("pending switches hold one descriptor, not one each") {
  Stuck stuck;
  const std::string log = stuck.scratch / "log";
  for (int i = 0; i < 20; ++i) REQUIRE(stuck.file.use(log + std::to_string(i)).has_value());
  CHECK(open_files(log) <= 3);  // the present file, the next one, and one that is being closed
  write(stuck.file, "last\n");
  REQUIRE(eventually([&] { return stuck.file.written() + stuck.file.dropped() == 5; }));
  CHECK(read_file(log + "19") == "last\n");
  CHECK(open_files(log) == 1);
}

TEST_CASE("a file that is opened and not adopted changes nothing") {
  const Scratch scratch;
  LineFile file;
  REQUIRE(file.use(scratch / "log").has_value());
  write(file, "one\n");
  {
    const auto opened = file.open(scratch / "other");
    REQUIRE(opened.has_value());
  }
  write(file, "two\n");
  wait_for(file, 2);
  REQUIRE(file.reopen().has_value());
  write(file, "three\n");
  wait_for(file, 3);
  CHECK(read_file(scratch / "log") == "one\ntwo\nthree\n");
  CHECK(read_file(scratch / "other").empty());
  CHECK(open_files(scratch / "other") == 0);
}

TEST_CASE("a pipe without a reader does not end the process") {
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
