// The files of --rejects and --resume; see load_files.hpp.
#include "gateway/cli/load_files.hpp"

#include <cerrno>
#include <charconv>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <iterator>

#include "gateway/translate/text_place.hpp"
#include "schemas/shape/repair.hpp"
#include "schemas/shape/writer.hpp"

namespace parley::gateway::cli {
namespace {

constexpr std::string_view documents_word = "\ndocuments ";
constexpr std::string_view rejected_begin = R"({"file":")";  // how each line of `rejected_line` begins

Error cannot(const String& path, std::string_view what) {
  const String why = errno != 0 ? std::strerror(errno) : "unknown reason";
  return Error{.code = Code::unavailable, .message = path + " cannot be " + String(what) + ": " + why};
}

bool is_same_file(const String& one, const String& other) {
  std::error_code unseen;
  if (std::filesystem::is_regular_file(one, unseen)) return std::filesystem::equivalent(one, other, unseen);
  const auto place_of = [&unseen](const String& file) {
    return std::filesystem::weakly_canonical(std::filesystem::absolute(file), unseen);
  };
  return !std::filesystem::exists(one, unseen) && place_of(one) == place_of(other);
}

/// True if the file does not exist, is empty, is not a regular file, or begins like a line of `rejected_line`.
bool may_be_overwritten(const String& path) {
  std::error_code unseen;
  if (!std::filesystem::is_regular_file(path, unseen)) return true;
  std::ifstream in(path, std::ios::binary);
  String begin(rejected_begin.size(), '\0');
  in.read(begin.data(), static_cast<std::streamsize>(begin.size()));
  return in.gcount() == 0 || begin == rejected_begin;
}

}  // namespace

String rejected_line(std::string_view file, const translate::Piece& piece, const Error& error) {
  const auto placed = translate::split_place(error.message);
  const translate::TextPlace place = placed ? placed->place : translate::TextPlace{piece.line, piece.column};
  Buffer out;
  shape::Writer writer(out);
  const auto text = [&writer](std::string_view key, std::string_view value) {
    writer.key(key);
    writer.string(shape::replace_bad_utf8(value));
  };
  const auto number = [&writer](std::string_view key, std::size_t value) {
    writer.key(key);
    writer.integer(static_cast<std::int64_t>(value));
  };
  writer.begin_object();
  text("file", file == "-" ? "<stdin>" : file);
  number("line", place.line);
  number("column", place.column);
  text("reason", placed ? placed->what : std::string_view(error.message));
  text("document", piece.text);
  writer.end_object();
  writer.finish();
  out.append('\n');
  return String(out.view());
}

Result<void> Rejects::open(const String& path, bool go_on, std::span<const String> others) {
  path_ = path;
  const auto refused = [&path](std::string_view why) {
    return Error{.code = Code::invalid_field, .message = "--rejects: " + path + String(why)};
  };
  for (const String& other : others) {
    if (is_same_file(path, other))
      return refused(" is a file of this load, and would be overwritten; name another one");
  }
  if (!may_be_overwritten(path)) return refused(" holds something else, and would be overwritten; name another file");
  errno = 0;
  file_.open(path, std::ios::binary | (go_on ? std::ios::app : std::ios::trunc));
  if (!file_) return cannot(path, "written");
  return {};
}

Result<void> Rejects::write(std::string_view lines) {
  if (lines.empty()) return {};
  errno = 0;
  if (!(file_ << lines << std::flush)) return cannot(path_, "written");
  return {};
}

Result<void> LoadState::open(const String& path, String load) {
  path_ = path;
  load_ = std::move(load);
  std::error_code unseen;
  if (!std::filesystem::exists(path, unseen)) return {};
  errno = std::filesystem::is_directory(path, unseen) ? EISDIR : 0;
  std::ifstream in;
  if (errno == 0) in.open(path, std::ios::binary);
  if (!in.is_open()) return cannot(path, "read");
  const String text(std::istreambuf_iterator<char>(in), {});
  const std::size_t at = text.rfind(documents_word);
  const char* const digits = text.data() + (at == String::npos ? text.size() : at + documents_word.size());
  const auto [end, bad] = std::from_chars(digits, text.data() + text.size(), documents_);
  if (bad != std::errc() || *end != '\n' || std::string_view(text).substr(0, at) != load_) {
    documents_ = 0;
    return Error{.code = Code::invalid_field,
                 .message = "--resume: " + path +
                            " is not of this load (the same files, backend and shape); remove it to begin anew"};
  }
  return {};
}

Result<void> LoadState::save(std::size_t documents) {
  documents_ = documents;
  if (path_.empty()) return {};
  const String next = path_ + ".new";
  errno = 0;
  {
    std::ofstream out(next, std::ios::binary | std::ios::trunc);
    if (!(out << load_ << documents_word << documents << '\n' << std::flush)) return cannot(next, "written");
  }
  if (std::rename(next.c_str(), path_.c_str()) != 0) return cannot(path_, "written");
  return {};
}

void LoadState::remove() const {
  std::error_code ignored;
  if (!path_.empty()) std::filesystem::remove(path_, ignored);
}

}  // namespace parley::gateway::cli
