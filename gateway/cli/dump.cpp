// parley dump: all that a store holds as NDJSON, as of one moment, also while a gateway serves it.
#include <algorithm>
#include <iostream>
#include <utility>

#include "gateway/cli/chosen_store.hpp"
#include "gateway/cli/commands.hpp"
#include "gateway/cli/meter.hpp"
#include "gateway/cli/new_file.hpp"
#include "gateway/translate/dump.hpp"
#include "schemas/shape/writer.hpp"

namespace parley::gateway::cli {
namespace {

constexpr std::size_t write_bytes = 256 * 1024;

/// The number of lines of each kind.
class Counts {
 public:
  void add(std::string_view kind) {
    for (auto& [name, number] : counts_) {
      if (name == kind) ++number;
    }
  }
  /// `{"agents":2,…}`, with all kinds
  [[nodiscard]] String json() const {
    Buffer out;
    shape::Writer writer(out);
    writer.begin_object();
    for (const auto& [name, number] : counts_) {
      writer.key(String(name) + 's');
      writer.integer(static_cast<std::int64_t>(number));
    }
    writer.end_object();
    writer.finish();
    return String(out.view());
  }
  /// `2 agents, 1 visitor`; `nothing` if the store is empty
  [[nodiscard]] String text() const {
    String text;
    for (const auto& [name, number] : counts_) {
      if (number == 0) continue;
      String words(name);
      std::replace(words.begin(), words.end(), '_', ' ');
      text.append(text.empty() ? "" : ", ").append(std::to_string(number)).append(" ").append(words);
      if (number != 1) text += 's';
    }
    return text.empty() ? "nothing" : text;
  }

 private:
  static List<std::pair<std::string_view, std::size_t>> all() {
    List<std::pair<std::string_view, std::size_t>> counts;
    for (const std::string_view kind : translate::dump_kinds()) counts.emplace_back(kind, 0);
    return counts;
  }
  List<std::pair<std::string_view, std::size_t>> counts_ = all();
};

/// Where the lines go: a file, or standard output.
class Target {
 public:
  Target(const DumpOptions& options, Streams streams) : options_(options), streams_(streams) {}

  Result<void> open() {
    if (options_.to.empty()) return {};
    return file_.open(options_.to, R"({"kind":")", options_.resume);
  }
  Result<void> write(std::string_view bytes) {
    if (!options_.to.empty()) return file_.write(bytes);
    if (streams_.out << bytes) return {};
    return Error{.code = Code::unavailable, .message = "standard output cannot be written"};
  }
  Result<void> finish() {
    if (!options_.to.empty()) return file_.finish();
    return write(std::string_view());
  }
  [[nodiscard]] std::size_t kept() const noexcept { return file_.kept(); }

 private:
  const DumpOptions& options_;
  Streams streams_;
  PartialFile file_;
};

class Dumping {
 public:
  Dumping(Target& target, Streams streams) : target_(target), meter_(streams, "records") {}

  Result<void> run(contract::Archive& archive) {
    auto done = archive.read_all([this](std::string_view kind, std::string_view json) { return take(kind, json); });
    if (done) {
      translate::append_dump_line(translate::dump_end, counts_.json(), lines_);
      done = flush();
    }
    if (done) done = target_.finish();
    meter_.clear();
    return done;
  }
  [[nodiscard]] const Counts& counts() const noexcept { return counts_; }

 private:
  Result<void> take(std::string_view kind, std::string_view json) {
    translate::append_dump_line(kind, json, lines_);
    counts_.add(kind);
    ++records_;
    return lines_.size() < write_bytes ? Result<void>() : flush();
  }
  Result<void> flush() {
    auto written = target_.write(lines_);
    bytes_ += lines_.size();
    lines_.clear();
    meter_.show(records_, 0, bytes_);
    return written;
  }

  Target& target_;
  Meter meter_;
  Counts counts_;
  String lines_;
  std::size_t records_ = 0;
  std::size_t bytes_ = 0;
};

}  // namespace

Exit dump(const DumpOptions& options, Streams streams) {
  Exit exit = Exit::done;
  const auto chosen = choose_store(options.config, options.backend, streams, exit);
  if (!chosen) return exit;
  auto archive = chosen->open_archive();
  if (!archive) return fail(streams, Exit::failed, archive.error().message);
  Target target(options, streams);
  if (auto opened = target.open(); !opened) return fail(streams, Exit::failed, opened.error().message);
  Dumping dumping(target, streams);
  if (auto done = dumping.run(**archive); !done) return fail(streams, Exit::failed, done.error().message);
  if (written(streams) != Exit::done) return Exit::failed;
  if (options.json) {
    streams.err << dumping.counts().json() << '\n';
  } else {
    streams.err << "dumped " << chosen->backend.name << ": " << dumping.counts().text() << '\n';
    if (target.kept() > 0) streams.err << "written by an earlier run: " << target.kept() << " bytes\n";
  }
  return Exit::done;
}

}  // namespace parley::gateway::cli
