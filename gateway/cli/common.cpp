// What several commands need; see common.hpp.
#include "gateway/cli/common.hpp"

#include <cerrno>
#include <cstring>
#include <fstream>
#include <iostream>
#include <iterator>

#include "gateway/runtime/check.hpp"

namespace parley::gateway {

Exit fail(Streams streams, Exit code, std::string_view what) {
  streams.err << "parley: " << what << '\n';
  return code;
}

bool print_faults(const String& file, const config::Faults& faults, Streams streams) {
  for (const config::Fault& fault : faults) streams.err << config::format(file, fault) << '\n';
  return !faults.empty();
}

std::optional<config::Settings> read_settings(const String& file, Streams streams) {
  config::Loaded loaded = config::load_file(file);
  // The adapters look only at settings that are sound in themselves, but all of their faults are told at once.
  if (loaded.faults.empty()) loaded.faults = check(loaded.settings);
  if (print_faults(file, loaded.faults, streams)) return std::nullopt;
  return std::move(loaded.settings);
}

Result<String> read_text(const String& file, Streams streams) {
  const auto cannot = [&file] {
    const String why = errno != 0 ? std::strerror(errno) : "it cannot be read";
    return Error{.code = Code::unavailable, .message = file + ": " + why};
  };
  errno = 0;
  if (file == "-") return String(std::istreambuf_iterator<char>(streams.in), {});
  std::ifstream in(file, std::ios::binary);
  if (!in) return cannot();
  String text{std::istreambuf_iterator<char>(in), {}};
  if (in.bad() || (text.empty() && errno != 0)) return cannot();  // a directory opens, and fails when it is read
  return text;
}

String placed(std::string_view file, const Error& error) {
  const String name(file == "-" ? "<stdin>" : file);
  constexpr std::string_view line = " (line ";
  constexpr std::string_view column = ", column ";
  const std::size_t at = error.message.rfind(line);
  const std::size_t middle = error.message.find(column, at);
  if (at == String::npos || middle == String::npos || error.message.back() != ')') return name + ": " + error.message;
  const std::size_t digits = at + line.size();
  return name + ':' + error.message.substr(digits, middle - digits) + ':' +
         error.message.substr(middle + column.size(), error.message.size() - middle - column.size() - 1) + ": " +
         error.message.substr(0, at);
}

const NamedShape* shape_option(std::string_view option, std::string_view name, Streams streams) {
  const auto found = find_shape(name);
  if (found) return *found;
  fail(streams, Exit::usage, String(option) + ": " + found.error().message);
  return nullptr;
}

}  // namespace parley::gateway
