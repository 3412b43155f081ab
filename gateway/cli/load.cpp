// parley load: vendor documents into a store.
#include <unistd.h>

#include <algorithm>
#include <iostream>

#include "gateway/cli/commands.hpp"
#include "gateway/cli/common.hpp"
#include "gateway/translate/load_documents.hpp"

namespace parley::gateway {
namespace {

constexpr std::size_t batch = 5000;

struct Counts {
  std::size_t visitors = 0;
  std::size_t agents = 0;
  std::size_t chats = 0;

  void add(const adapters::Records& records) {
    visitors += records.visitors.size();
    agents += records.agents.size();
    chats += records.chats.size();
  }
  [[nodiscard]] String text() const {
    const auto count = [](std::size_t number, std::string_view what) {
      return std::to_string(number) + ' ' + String(what) + (number == 1 ? "" : "s");
    };
    return count(visitors, "visitor") + ", " + count(agents, "agent") + ", " + count(chats, "chat");
  }
};

const config::Backend* find_backend(const config::Settings& settings, std::string_view name) {
  for (const config::Backend& backend : settings.backends) {
    if (backend.name == name) return &backend;
  }
  return nullptr;
}

String unknown_backend(const config::Settings& settings, std::string_view name) {
  String text = "--backend: unknown backend \"" + String(name) + "\"; known:";
  for (const config::Backend& backend : settings.backends) text.append(" ").append(backend.name);
  return text;
}

/// Stores what was read; says so on a terminal, where somebody waits.
class Sink {
 public:
  Sink(adapters::Backend& backend, Streams streams)
      : backend_(backend), streams_(streams), shows_(&streams.err == &std::cerr && ::isatty(STDERR_FILENO) == 1) {}

  Result<void> take(adapters::Records& records) {
    if (auto stored = backend_.load(records); !stored) return stored;
    counts_.add(records);
    records = {};
    if (shows_) streams_.err << '\r' << counts_.text() << std::flush;
    return {};
  }
  void end_line() const {
    if (shows_) streams_.err << '\n';
  }
  [[nodiscard]] const Counts& counts() const noexcept { return counts_; }

 private:
  adapters::Backend& backend_;
  Streams streams_;
  Counts counts_;
  bool shows_;
};

bool reads_input(const List<String>& files) {
  return files.empty() || std::find(files.begin(), files.end(), "-") != files.end();
}

}  // namespace

Exit load(const LoadOptions& options, Streams streams) {
  const NamedShape* shape = shape_option("--from", options.from, streams);
  if (shape == nullptr) return Exit::usage;
  if (options.config == "-" && reads_input(options.files))
    return fail(streams, Exit::usage,
                "standard input cannot be both, the configuration and the documents: name the FILE");
  const auto source = find_config(options.config, streams);
  if (!source) return Exit::bad_configuration;
  const auto settings = read_settings(*source, streams);
  if (!settings) return Exit::bad_configuration;
  const config::Backend* wanted = find_backend(*settings, options.backend);
  if (wanted == nullptr) return fail(streams, Exit::usage, unknown_backend(*settings, options.backend));

  config::Backend without_demo = *wanted;
  without_demo.demo = false;  // an empty store is filled with what the caller brings, and nothing else
  auto backend = adapters::find_adapter(wanted->kind)->open_backend(without_demo);
  if (!backend) return fail(streams, Exit::failed, backend.error().message + ' ' + backend.error().detail);

  Sink sink(**backend, streams);
  const List<String> files = options.files.empty() ? List<String>{"-"} : options.files;
  for (const String& file : files) {
    const Result<String> text = read_text(file, streams);
    if (!text) return fail(streams, Exit::failed, text.error().message);
    adapters::Records records;
    const auto read = read_documents(*shape, *text, batch, records, [&] { return sink.take(records); });
    if (!read) {
      sink.end_line();
      return fail(streams, Exit::failed, placed(file, read.error()) + " (stored before: " + sink.counts().text() + ')');
    }
  }
  sink.end_line();
  streams.out << "loaded " << sink.counts().text() << " into " << wanted->name << '\n' << std::flush;
  return Exit::done;
}

}  // namespace parley::gateway
