// A thread reads each output stream of the child, so that the child never blocks on a full pipe.
#include "tests/support/process.hpp"

#include <fcntl.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cstdlib>
#include <functional>
#include <stdexcept>
#include <utility>

namespace parley::test {
namespace {

struct Pipe {
  int read = -1;
  int write = -1;
  Pipe() {
    std::array<int, 2> ends{};
    if (::pipe2(ends.data(), O_CLOEXEC) != 0) throw std::runtime_error("pipe2");
    read = ends[0];
    write = ends[1];
  }
};

// Runs in the child between fork and exec. The caller has prepared the arrays, so that little has to be allocated here.
[[noreturn]] void become(const Launch& launch, char* const* arguments, const Pipe& in, const Pipe& out,
                         const Pipe& err) {
  ::setpgid(0, 0);  // its own process group, so that the destructor can kill its children, too
  ::prctl(PR_SET_PDEATHSIG, SIGKILL);
  ::dup2(in.read, STDIN_FILENO);
  ::dup2(out.write, STDOUT_FILENO);
  ::dup2(err.write, STDERR_FILENO);
  if (!launch.directory.empty() && ::chdir(launch.directory.c_str()) != 0) ::_exit(126);
  for (const std::string& setting : launch.environment) {
    if (setting.find('=') == std::string::npos) {
      ::unsetenv(setting.c_str());
    } else {
      ::putenv(const_cast<char*>(setting.c_str()));
    }
  }
  ::execvp(arguments[0], arguments);
  ::_exit(127);
}

void write_all(int descriptor, const std::string& text) {
  std::size_t done = 0;
  while (done < text.size()) {
    const ssize_t count = ::write(descriptor, text.data() + done, text.size() - done);
    if (count <= 0) break;
    done += static_cast<std::size_t>(count);
  }
  ::close(descriptor);
}

}  // namespace

Process::Process(const Launch& launch) {
  std::signal(SIGPIPE, SIG_IGN);
  std::vector<char*> arguments;
  for (const std::string& argument : launch.command) arguments.push_back(const_cast<char*>(argument.c_str()));
  arguments.push_back(nullptr);
  const Pipe in;
  const Pipe out;
  const Pipe err;
  id_ = ::fork();
  if (id_ < 0) throw std::runtime_error("fork");
  if (id_ == 0) become(launch, arguments.data(), in, out, err);
  ::setpgid(id_, id_);  // in the parent, too: either of them may run first
  ::close(in.read);
  ::close(out.write);
  ::close(err.write);
  out_reader_ = std::thread(&Process::drain, this, out.read, std::ref(out_));
  err_reader_ = std::thread(&Process::drain, this, err.read, std::ref(err_));
  in_writer_ = std::thread(write_all, in.write, launch.input);
}

Process::~Process() {
  ::kill(-id_, SIGKILL);
  if (!ended_) ::waitpid(id_, nullptr, 0);
  for (std::thread* thread : {&out_reader_, &err_reader_, &in_writer_}) {
    if (thread->joinable()) thread->join();
  }
}

void Process::drain(int descriptor, std::string& into) {
  std::array<char, 4096> buffer{};
  ssize_t count = 0;
  while ((count = ::read(descriptor, buffer.data(), buffer.size())) > 0) {
    const std::lock_guard lock(mutex_);
    into.append(buffer.data(), static_cast<std::size_t>(count));
    said_.notify_all();
  }
  ::close(descriptor);
  const std::lock_guard lock(mutex_);
  --open_streams_;
  said_.notify_all();
}

void Process::signal(int number) const { ::kill(id_, number); }

std::vector<std::string> Process::wait_for_lines(std::string_view text, std::size_t count, std::chrono::seconds limit) {
  const auto deadline = std::chrono::steady_clock::now() + limit;
  std::unique_lock lock(mutex_);
  while (true) {
    std::vector<std::string> found;
    for (const std::string* stream : {&out_, &err_}) {
      std::size_t begin = 0;
      for (std::size_t end = stream->find('\n'); end != std::string::npos; end = stream->find('\n', begin)) {
        std::string line = stream->substr(begin, end - begin);
        if (line.find(text) != std::string::npos) found.push_back(std::move(line));
        begin = end + 1;
      }
    }
    if (found.size() >= count) return found;
    const bool over = open_streams_ == 0;
    if (over || said_.wait_until(lock, deadline) == std::cv_status::timeout) {
      throw std::runtime_error((over ? "ended before it said \"" : "did not say \"") + std::string(text) +
                               "\" often enough; it said:\n" + out_ + err_);
    }
  }
}

bool Process::reap() {
  int status = 0;
  if (::waitpid(id_, &status, WNOHANG) != id_) return false;
  ended_ = true;
  code_ = WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
  return true;
}

Finished Process::wait(std::chrono::seconds limit) {
  const auto deadline = std::chrono::steady_clock::now() + limit;
  {
    // The streams close when the child ends, so this needs no polling. After that, waitpid returns at once.
    std::unique_lock lock(mutex_);
    if (!said_.wait_until(lock, deadline, [this] { return open_streams_ == 0; })) {
      throw std::runtime_error("did not end; it said:\n" + out_ + err_);
    }
  }
  while (!ended_ && !reap()) {
    if (std::chrono::steady_clock::now() > deadline) throw std::runtime_error("did not end; it said:\n" + out_ + err_);
    std::this_thread::yield();
  }
  return {code_, output(), errors()};
}

std::string Process::output() const {
  const std::lock_guard lock(mutex_);
  return out_;
}

std::string Process::errors() const {
  const std::lock_guard lock(mutex_);
  return err_;
}

Finished run(const Launch& launch, std::chrono::seconds limit) { return Process(launch).wait(limit); }

}  // namespace parley::test
