// parley load: puts vendor documents or a dump into a store, in batches.
#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <iostream>

#include "gateway/cli/chosen_store.hpp"
#include "gateway/cli/commands.hpp"
#include "gateway/cli/load_files.hpp"
#include "gateway/cli/load_target.hpp"
#include "gateway/cli/meter.hpp"
#include "gateway/translate/load_tally.hpp"

namespace parley::gateway::cli {
namespace {

constexpr std::size_t batch_documents = 5000;
constexpr std::size_t batch_bytes = 1024 * 1024;  // of documents and lines for refused ones
constexpr std::size_t read_bytes = 64 * 1024;
constexpr std::size_t most_told = 20;  // places of invalid Unicode that are printed

/// One load, from the first file to the table.
class Loading {
 public:
  Loading(const LoadOptions& options, translate::RecordSource& source, LoadTarget& target, LoadState& state,
          Streams streams)
      : options_(options),
        target_(target),
        state_(state),
        streams_(streams),
        reader_(*source.reader),
        tally_(source.shape == nullptr ? translate::LoadTally() : translate::LoadTally(*source.shape)),
        skipped_(state.documents()),
        meter_(streams, "documents") {}

  /// Errors: see Rejects.
  Result<void> open_rejects() {
    if (options_.rejects.empty()) return {};
    List<String> others = options_.files;
    others.push_back(options_.config);
    if (!options_.resume.empty()) others.push_back(options_.resume);
    return rejects_.open(options_.rejects, skipped_ > 0, others);
  }

  /// Loads one file. Errors: the message is complete, with the name of the file.
  Result<void> read(const String& file) {
    file_ = file;
    translate::DocumentSplitter splitter(reader_.envelope(),
                                         [this](const translate::Piece& piece) { return take(piece); });
    std::ifstream opened;
    std::istream* in = &streams_.in;
    errno = 0;
    if (file != "-") {
      opened.open(file, std::ios::binary);
      in = &opened;
    }
    List<char> chunk(read_bytes);
    while (*in) {
      in->read(chunk.data(), static_cast<std::streamsize>(chunk.size()));
      const auto size = static_cast<std::size_t>(in->gcount());
      if (auto fed = splitter.feed({chunk.data(), size}); !fed) return fed;
      bytes_ += size;
      meter_.show(seen_, skipped_, bytes_);
    }
    if (file != "-" && (!opened.is_open() || in->bad())) {
      const String why = errno != 0 ? std::strerror(errno) : "it cannot be read";
      return stop(Error{.code = Code::unavailable, .message = file + ": " + why}, {});
    }
    return splitter.finish();
  }

  Result<void> flush() {
    if (auto stored = store(); !stored) {
      return Error{.code = stored.error().code,
                   .message = "parley: " + stored.error().message + " (stored before: " + tally_.text() + ')'};
    }
    return {};
  }

  /// Checks that the files hold at least the documents that an earlier run finished. Errors: invalid_field.
  [[nodiscard]] Result<void> check_resumed() const {
    if (seen_ >= skipped_) return {};
    return Error{.code = Code::invalid_field,
                 .message = "parley: an earlier run has dealt with " + std::to_string(skipped_) +
                            " documents, and there are only " + std::to_string(seen_) +
                            ": the files have changed, and nothing of them was loaded; remove " + options_.resume +
                            " to begin anew"};
  }

  /// Prints the result and returns the exit code.
  Exit finish(std::string_view backend) {
    meter_.clear();
    state_.remove();
    streams_.out << "loaded " << tally_.text() << " into " << backend << '\n' << tally_.table();
    if (!reader_.whole() && seen_ > skipped_)
      streams_.err
          << "parley: the last line of a dump (\"kind\":\"end\") is not among the documents: is the dump whole?\n";
    if (skipped_ > 0) streams_.out << "stored by an earlier run: " << skipped_ << " documents\n";
    if (refused_ > 0) streams_.out << "refused: " << refused_ << ", see " << options_.rejects << '\n';
    streams_.out << std::flush;
    if (refused_ == 0 || tally_.records() > 0 || skipped_ > 0) return Exit::done;
    return fail(streams_, Exit::failed, "every document was refused");
  }
  /// Prints the error and returns the exit code.
  Exit give_up(const Error& error) {
    meter_.clear();
    streams_.err << error.message << '\n';
    return Exit::failed;
  }

 private:
  Result<void> take(const translate::Piece& piece) {
    if (++seen_ <= skipped_) return {};
    translate::Report losses;
    auto read = reader_.read(piece, batch_.records, &losses);
    if (!read) return refuse(piece, read.error());
    tally_.lost(losses);
    tell_broken_text(piece, losses);
    if (target_.sends()) append_line(reader_.json());
    ++gathered_;
    bytes_gathered_ += piece.text.size();
    return full() ? flush() : Result<void>();
  }

  /// Prints the places of the first `most_told` texts with invalid Unicode. The table at the end counts all of them.
  void tell_broken_text(const translate::Piece& piece, const translate::Report& losses) {
    for (const translate::Entry& entry : losses.entries) {
      if (entry.reason != shape::repaired_reason || ++told_ > most_told) continue;
      meter_.clear();
      streams_.err << (file_ == "-" ? "<stdin>" : file_) << ':' << piece.line << ": " << piece.pointer << entry.pointer
                   << ": " << entry.reason << '\n';
    }
  }

  Result<void> refuse(const translate::Piece& piece, const Error& error) {
    if (options_.rejects.empty()) {
      --seen_;  // a resumed load starts with this document
      return stop(Error{.code = error.code, .message = placed(file_, error)},
                  "; --rejects FILE keeps what is refused and goes on");
    }
    ++refused_;
    rejected_ += rejected_line(file_, piece, error);
    return full() ? flush() : Result<void>();
  }

  /// Stores the documents before the fault and adds that, and `hint`, to the message.
  Result<void> stop(Error error, std::string_view hint) {
    if (auto stored = flush(); !stored) return stored;
    error.message += "\nparley: everything before it is stored (" + tally_.text() + ')';
    error.message += hint;
    return error;
  }

  Result<void> store() {
    if (!batch_.records.empty()) {
      if (auto stored = target_.store(batch_); !stored) return stored;
      tally_.stored(batch_.records);
    }
    batch_ = {};
    gathered_ = bytes_gathered_ = 0;
    if (auto written = rejects_.write(rejected_); !written) return written;
    rejected_.clear();
    return seen_ > skipped_ ? state_.save(seen_) : Result<void>();
  }

  [[nodiscard]] bool full() const noexcept {
    return gathered_ >= batch_documents || bytes_gathered_ + rejected_.size() >= batch_bytes;
  }

  /// A line end in JSON is white space (strings cannot hold one), so a blank may replace it.
  void append_line(std::string_view json) {
    const std::size_t begin = batch_.lines.size();
    batch_.lines.append(json).append("\n");
    const auto first = batch_.lines.begin() + static_cast<std::ptrdiff_t>(begin);
    std::replace(first, std::prev(batch_.lines.end()), '\n', ' ');
  }

  const LoadOptions& options_;
  LoadTarget& target_;
  LoadState& state_;
  Streams streams_;
  translate::RecordReader& reader_;
  translate::LoadTally tally_;
  Rejects rejects_;
  String file_;
  const std::size_t skipped_;  // documents that an earlier run finished
  std::size_t seen_ = 0;       // documents of all files so far
  std::size_t refused_ = 0;
  std::size_t told_ = 0;
  std::size_t bytes_ = 0;
  LoadBatch batch_;
  std::size_t gathered_ = 0;  // documents of the batch
  std::size_t bytes_gathered_ = 0;
  String rejected_;  // lines of the batch for the file of `--rejects`
  Meter meter_;
};

/// Reports that a file of --rejects or --resume cannot be used: it is the wrong one, or cannot be opened.
Exit refuse_file(const Error& error, Streams streams) {
  return fail(streams, error.code == Code::invalid_field ? Exit::usage : Exit::failed, error.message);
}

bool reads_input(const List<String>& files) {
  return files.empty() || std::find(files.begin(), files.end(), "-") != files.end();
}

/// Describes the load that a file of --resume belongs to.
String description_of(const LoadOptions& options, const List<String>& files) {
  String text = "parley load --backend " + options.backend + " --from " + options.from;
  for (const String& file : files) text.append(" ").append(file);
  return text;
}

}  // namespace

Exit load(const LoadOptions& options, Streams streams) {
  auto from = translate::open_source(options.from);
  if (!from) return fail(streams, Exit::usage, "--from: " + from.error().message);
  if (options.config == "-" && reads_input(options.files))
    return fail(streams, Exit::usage,
                "standard input cannot be both, the configuration and the documents: name the FILE");
  const auto source = find_config(options.config, streams);
  if (!source) return Exit::bad_configuration;
  const auto settings = read_settings(*source, streams);
  if (!settings) return Exit::bad_configuration;
  const config::Backend* wanted = backend_option(*settings, options.backend, streams);
  if (wanted == nullptr) return Exit::usage;

  const List<String> files = options.files.empty() ? List<String>{"-"} : options.files;
  LoadState state;
  if (!options.resume.empty()) {
    if (auto opened = state.open(options.resume, description_of(options, files)); !opened)
      return refuse_file(opened.error(), streams);
  }
  auto target = open_load_target(*settings, *wanted, from->name, streams);
  if (!target) return fail(streams, Exit::failed, target.error().message);
  Loading loading(options, *from, **target, state, streams);
  if (auto opened = loading.open_rejects(); !opened) return refuse_file(opened.error(), streams);
  for (const String& file : files) {
    if (auto read = loading.read(file); !read) return loading.give_up(read.error());
  }
  if (auto stored = loading.flush(); !stored) return loading.give_up(stored.error());
  if (auto complete = loading.check_resumed(); !complete) return loading.give_up(complete.error());
  return loading.finish(wanted->name);
}

}  // namespace parley::gateway::cli
