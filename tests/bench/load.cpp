// Load for one server, in one thread: the clients, and with --serve also the vendor's server that a gateway asks. Each request asks for
// another visitor, and each answer is checked. Prints a line of JSON; the exit code is 1 if an answer was wrong. See `usage`.
#include <sys/resource.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <fstream>
#include <iterator>
#include <memory>
#include <optional>
#include <set>
#include <span>
#include <thread>

#include "load_http.hpp"

namespace load {
namespace {

constexpr const char* usage = R"(usage: load OPTION VALUE...
  --port PORT          the server that is asked; without it, only --serve
  --target TARGET      the path and query of each request; see below
  --expect TEXT        what each answer must contain; see below
  --forbid TEXT        what no answer may contain; "result":false if it is not given
  --header LINE        a header line of each request
  --connections N      open at once, 32 if it is not given
  --rate N             requests per second of all connections together; without it, each connection asks again when it was answered
  --warm-up SECONDS    before the measurement, 0.5 if it is not given
  --seconds SECONDS    the measurement, 2 if it is not given
  --pid PID            a process whose processor time is measured; may be repeated
  --serve PORT         be the vendor's server, too
  --document FILE      what the vendor's server answers
  --id TEXT            the id in the document, in whose place comes the id of the request
In TARGET and TEXT, GUID is the id of the request and NUMBER its last twelve digits.
)";

using Clock = std::chrono::steady_clock;
constexpr std::chrono::seconds patience{2};  // a later answer is counted as wrong
constexpr std::uint64_t most_wrong = 1000;   // then the run ends early
/// The tail is judged in slices: now and then the machine holds up server or load for some milliseconds, and in a whole run that alone can
/// be the 99th percentile, of every server.
constexpr std::chrono::milliseconds slice{50};

struct Options {
  std::uint16_t port = 0;
  std::string target;
  std::string expect;
  std::string forbid = R"("result":false)";
  std::string headers;
  std::size_t connections = 32;
  double rate = 0;
  double warm_up = 0.5;
  double seconds = 2;
  std::vector<std::string> pids;
  std::uint16_t serve = 0;
  std::string document;
  std::string id;
};

Clock::duration in_seconds(double seconds) {
  return std::chrono::duration_cast<Clock::duration>(std::chrono::duration<double>(seconds));
}

std::string read_file(const std::string& name) {
  std::ifstream file(name, std::ios::binary);
  if (!file) throw std::runtime_error("cannot read " + name);
  return {std::istreambuf_iterator<char>(file), {}};
}

/// As std::string_view::find, but fast also where the first byte of the text is frequent.
bool contains(std::string_view text, std::string_view part) {
  return ::memmem(text.data(), text.size(), part.data(), part.size()) != nullptr;
}

/// Processor time of other processes and of this one, in seconds.
struct ProcessorTime {
  double user = 0;
  double system = 0;
  double own = 0;
};

/// Throws std::runtime_error if one of the processes is gone.
ProcessorTime processor_time(const std::vector<std::string>& pids) {
  ProcessorTime time;
  const auto ticks = static_cast<double>(::sysconf(_SC_CLK_TCK));
  for (const std::string& pid : pids) {
    const std::string stat = read_file("/proc/" + pid + "/stat");  // the sums of all threads, also of those that ended
    unsigned long user = 0;
    unsigned long system = 0;
    const std::size_t name_end = stat.rfind(')');
    if (name_end == stat.npos ||
        std::sscanf(stat.c_str() + name_end + 1, " %*c %*d %*d %*d %*d %*d %*u %*u %*u %*u %*u %lu %lu", &user,
                    &system) != 2)
      throw std::runtime_error("no processor time of process " + pid);
    time.user += static_cast<double>(user) / ticks;
    time.system += static_cast<double>(system) / ticks;
  }
  rusage own{};
  ::getrusage(RUSAGE_SELF, &own);
  const auto seconds = [](const timeval& value) {
    return static_cast<double>(value.tv_sec) + static_cast<double>(value.tv_usec) / 1e6;
  };
  time.own = seconds(own.ru_utime) + seconds(own.ru_stime);
  return time;
}

class Run;

/// One connection of a client. It has at most one request under way.
class Client final : public Channel {
 public:
  Client(Run& run, int epoll, std::uint64_t number) : Channel(epoll), run_(run), next_(number) {}

  /// Returns false if the server refuses.
  bool connect();
  /// Connects if need be, and asks if a request is due.
  void go_on(Clock::time_point now);
  /// Gives up a request that was asked too long ago.
  void check_patience(Clock::time_point now);
  bool waits() const { return asked_; }

 private:
  std::size_t consume(std::string_view bytes) override;
  void broken() override;

  Run& run_;
  std::uint64_t next_;     ///< number of the next request; those of one connection are `connections` apart
  bool asked_ = false;     ///< the request before `next_` waits for its answer
  Clock::time_point due_;  ///< when that request was due: latencies count from here
};

class Run {
 public:
  explicit Run(Options options)
      : options_(std::move(options)),
        request_("GET " + options_.target + " HTTP/1.1\r\nHost: 127.0.0.1\r\n" + options_.headers + "\r\n"),
        expected_(options_.expect) {
    if (options_.serve != 0) vendor_.emplace(epoll_, options_.serve, read_file(options_.document), options_.id);
    latencies_.reserve(1 << 22);
  }

  using Clients = std::vector<std::unique_ptr<Client>>;

  /// Prints the result. Returns the exit code.
  int measure() {
    Clients clients;
    for (std::size_t i = 0; i < options_.connections; ++i) {
      clients.push_back(std::make_unique<Client>(*this, epoll_, i));
      static_cast<void>(clients.back()->connect());
      std::this_thread::sleep_for(
          std::chrono::microseconds(200));  // the server's queue of new connections may be short
    }
    started_ = Clock::now();
    const auto begin = started_ + in_seconds(options_.warm_up);
    end_ = begin + in_seconds(options_.seconds);
    until(begin, clients);
    latencies_.clear();
    slices_.clear();
    const auto begun = Clock::now();
    const ProcessorTime before = processor_time(options_.pids);
    until(end_, clients);
    const double seconds = std::chrono::duration<double>(Clock::now() - begun).count();
    const ProcessorTime after = processor_time(options_.pids);
    const std::size_t answers = latencies_.size();
    slices_.push_back(answers);
    drain(clients);
    report(answers, seconds, before, after);
    return wrong_ == 0 ? 0 : 1;
  }

  /// Serves until the process is ended.
  void serve() {
    while (true) turn(-1);
  }

  const Options& options() const { return options_; }
  bool is_open_loop() const { return options_.rate > 0; }

  /// When the request with this number is due; nothing if it is due after the end. In a closed loop, that is always now.
  std::optional<Clock::time_point> due(std::uint64_t number, Clock::time_point now) const {
    const auto at = is_open_loop() ? started_ + in_seconds(static_cast<double>(number) / options_.rate) : now;
    return at < end_ ? std::optional(at) : std::nullopt;
  }

  std::string_view request(std::uint64_t number) { return request_.with(digits_of(number)); }

  /// Checks the answer to the request with this number.
  void take(std::uint64_t number, Clock::time_point due, const Answer& answer) {
    const auto now = Clock::now();
    if (answer.status != 200) return count_wrong("another status than 200", answer.body);
    if (!contains(answer.body, expected_.with(digits_of(number))))
      return count_wrong("not what was asked for", answer.body);
    if (!options_.forbid.empty() && contains(answer.body, options_.forbid))
      return count_wrong("a forbidden text", answer.body);
    if (now - due > patience) return count_wrong("late", answer.body);
    latencies_.push_back(now - due);
  }

  void count_wrong(const std::string& what, std::string_view example, std::uint64_t times = 1) {
    wrong_ += times;
    if (times == 0 || !shown_.insert(what).second) return;
    std::fprintf(stderr, "wrong answer: %s: %.*s\n", what.c_str(),
                 static_cast<int>(std::min<std::size_t>(example.size(), 600)), example.data());
  }

  std::string& chunks() { return chunks_; }

 private:
  void turn(int wait_ms) {
    std::array<epoll_event, 64> events;
    const int count = ::epoll_wait(epoll_, events.data(), static_cast<int>(events.size()), wait_ms);
    for (int i = 0; i < count; ++i) static_cast<Watched*>(events[i].data.ptr)->ready(events[i].events);
  }

  /// Goes on until then, or until too much is wrong. In an open loop it never sleeps, so that requests are sent when they are due.
  void until(Clock::time_point end, Clients& clients) {
    for (auto now = Clock::now(); now < end && wrong_ < most_wrong; now = Clock::now()) {
      step(now, clients);
      turn(is_open_loop() ? 0 : 10);
    }
  }

  /// Waits for the answers that are still missing.
  void drain(Clients& clients) {
    end_ = std::min(end_, Clock::now());
    const auto unfinished = [&] {
      return std::count_if(clients.begin(), clients.end(), [](const auto& client) { return client->waits(); });
    };
    const auto latest = Clock::now() + patience;
    while (unfinished() != 0 && Clock::now() < latest) {
      step(Clock::now(), clients);
      turn(10);
    }
    count_wrong("late", "no answer until the end", static_cast<std::uint64_t>(unfinished()));
  }

  /// Asks what is due, and looks after the connections ten times a second.
  void step(Clock::time_point now, Clients& clients) {
    if (now >= next_slice_) {
      next_slice_ = now + slice;
      slices_.push_back(latencies_.size());
    }
    if (now >= next_look_) {
      next_look_ = now + std::chrono::milliseconds(100);
      for (const auto& client : clients) client->check_patience(now);
      for (const auto& client : clients) client->go_on(now);
    }
    // A client that waits for an answer goes on when it has it.
    for (; is_open_loop() && due(next_due_, now).value_or(Clock::time_point::max()) <= now; ++next_due_)
      clients[next_due_ % clients.size()]->go_on(now);
  }

  void report(std::size_t answers, double seconds, const ProcessorTime& before, const ProcessorTime& after) {
    const double tail = tail_of_slices();
    std::sort(latencies_.begin(), latencies_.end());
    std::printf(
        "{\"answers\":%zu,\"seconds\":%.3f,\"rate\":%.0f,\"p50\":%.0f,\"p99\":%.0f,\"p99_of_slices\":%.0f,\"max\":%.0f,"
        "\"wrong\":%llu,\"user\":%.2f,\"system\":%.2f,\"own\":%.2f}\n",
        answers, seconds, static_cast<double>(answers) / seconds, part_of(latencies_, 0.5), part_of(latencies_, 0.99),
        tail, part_of(latencies_, 1), static_cast<unsigned long long>(wrong_), after.user - before.user,
        after.system - before.system, after.own - before.own);
  }

  /// The latency in microseconds that this part of them does not exceed. They must be sorted; 0 if there is none.
  static double part_of(std::span<const Clock::duration> latencies, double part) {
    if (latencies.empty()) return 0;
    const auto at = static_cast<std::size_t>(part * static_cast<double>(latencies.size() - 1));
    return std::chrono::duration<double, std::micro>(latencies[at]).count();
  }

  /// The median of the 99th percentiles of the slices, in microseconds. Sorts each slice.
  double tail_of_slices() {
    std::vector<double> tails;
    std::size_t begin = 0;
    for (const std::size_t end : slices_) {
      const std::span<Clock::duration> in_slice(latencies_.data() + begin, end - begin);
      std::sort(in_slice.begin(), in_slice.end());
      if (!in_slice.empty()) tails.push_back(part_of(in_slice, 0.99));
      begin = end;
    }
    std::sort(tails.begin(), tails.end());
    return tails.empty() ? 0 : tails[tails.size() / 2];
  }

  Options options_;
  int epoll_ = ::epoll_create1(EPOLL_CLOEXEC);
  std::optional<Vendor> vendor_;
  Template request_;
  Template expected_;
  Clock::time_point started_;
  Clock::time_point end_;
  Clock::time_point next_look_;
  Clock::time_point next_slice_;
  std::uint64_t next_due_ = 0;  ///< number of the next request of an open loop
  std::vector<Clock::duration> latencies_;
  std::vector<std::size_t> slices_;  ///< the numbers of latencies at the ends of slices
  std::uint64_t wrong_ = 0;
  std::set<std::string> shown_;  ///< an example of each kind is enough
  std::string chunks_;
};

bool Client::connect() {
  const int socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  const sockaddr_in address = loopback(run_.options().port);
  if (::connect(socket, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) {
    run_.count_wrong("refused", std::strerror(errno));
    ::close(socket);
    return false;
  }
  open(socket);
  return true;
}

void Client::go_on(Clock::time_point now) {
  if (asked_) return;
  const auto due = run_.due(next_, now);
  if (!due || *due > now) return;
  if (!is_open() && !connect()) return;
  asked_ = true;
  due_ = *due;
  const std::uint64_t number = next_;
  next_ += run_.options().connections;
  static_cast<void>(send(run_.request(number)));  // if the connection is broken, epoll says so
}

void Client::check_patience(Clock::time_point now) {
  if (!asked_ || now - due_ <= patience) return;
  close();
  asked_ = false;
  run_.count_wrong("late", "no answer");
}

std::size_t Client::consume(std::string_view bytes) {
  Answer answer;
  std::optional<std::size_t> size;
  try {
    if (!asked_) throw std::runtime_error("an answer to no request");
    size = read_answer(bytes, answer, run_.chunks());
    if (!size) return 0;
    if (*size != bytes.size()) throw std::runtime_error("bytes after the answer");
  } catch (const std::runtime_error& error) {
    asked_ = false;
    run_.count_wrong(error.what(), bytes);
    return lost;
  }
  asked_ = false;
  run_.take(next_ - run_.options().connections, due_, answer);
  if (answer.closes) return lost;
  go_on(Clock::now());
  return *size;
}

void Client::broken() {
  close();
  if (asked_) run_.count_wrong("broken", "the connection ended before the answer did");
  asked_ = false;
  go_on(Clock::now());
}

/// Throws std::invalid_argument if an option is unknown or has no value, or a number is none.
Options read_options(int count, char** arguments) {
  Options options;
  for (int i = 1; i < count; i += 2) {
    const std::string name = arguments[i];
    if (i + 1 == count) throw std::invalid_argument(name + " has no value");
    const std::string value = arguments[i + 1];
    if (name == "--port")
      options.port = static_cast<std::uint16_t>(std::stoi(value));
    else if (name == "--target")
      options.target = value;
    else if (name == "--expect")
      options.expect = value;
    else if (name == "--forbid")
      options.forbid = value;
    else if (name == "--header")
      options.headers += value + "\r\n";
    else if (name == "--connections")
      options.connections = std::stoul(value);
    else if (name == "--rate")
      options.rate = std::stod(value);
    else if (name == "--warm-up")
      options.warm_up = std::stod(value);
    else if (name == "--seconds")
      options.seconds = std::stod(value);
    else if (name == "--pid")
      options.pids.push_back(value);
    else if (name == "--serve")
      options.serve = static_cast<std::uint16_t>(std::stoi(value));
    else if (name == "--document")
      options.document = value;
    else if (name == "--id")
      options.id = value;
    else
      throw std::invalid_argument("no such option: " + name);
  }
  if (options.port == 0 && options.serve == 0) throw std::invalid_argument("neither --port nor --serve");
  if (options.port != 0 && (options.target.empty() || options.expect.empty() || options.connections == 0))
    throw std::invalid_argument("--port needs --target, --expect and connections");
  if (options.serve != 0 && (options.document.empty() || options.id.empty()))
    throw std::invalid_argument("--serve needs --document and --id");
  return options;
}

}  // namespace
}  // namespace load

int main(int count, char** arguments) {
  try {
    load::Run run(load::read_options(count, arguments));
    if (run.options().port == 0) run.serve();
    return run.measure();
  } catch (const std::invalid_argument& error) {
    std::fprintf(stderr, "load: %s\n%s", error.what(), load::usage);
    return 64;
  } catch (const std::exception& error) {
    std::fprintf(stderr, "load: %s\n", error.what());
    return 1;
  }
}
