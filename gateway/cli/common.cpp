// What several commands need; see common.hpp.
#include "gateway/cli/common.hpp"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <tuple>

#include "config/check.hpp"
#include "config/file.hpp"
#include "gateway/runtime/check.hpp"
#include "gateway/runtime/control.hpp"
#include "gateway/runtime/try_out.hpp"

namespace parley::gateway::cli {
namespace {

void sort_by_place(config::Faults& faults) {
  std::stable_sort(faults.begin(), faults.end(), [](const config::Fault& a, const config::Fault& b) {
    return std::tie(a.mark.line, a.mark.column) < std::tie(b.mark.line, b.mark.column);
  });
}

}  // namespace

Exit fail(Streams streams, Exit code, std::string_view what) {
  streams.err << "parley: " << what << '\n';
  return code;
}

Exit written(Streams streams) {
  return streams.out << std::flush ? Exit::done : fail(streams, Exit::failed, "the output cannot be written");
}

bool print_faults(const String& file, const config::Faults& faults, Streams streams) {
  for (const config::Fault& fault : faults) streams.err << config::format(file, fault) << '\n';
  return !faults.empty();
}

std::optional<ConfigSource> find_config(const String& option, Streams streams,
                                        std::span<const std::string_view> places) {
  if (option == "-") {
    const Result<String> text = read_text(option, streams);
    if (text) return ConfigSource{String(runtime::standard_input), *text};
    streams.err << text.error().message << '\n';
    return {};
  }
  if (!option.empty()) return ConfigSource{option, {}};
  String looked;
  for (const std::string_view place : places) {
    std::error_code unknown;
    if (std::filesystem::exists(place, unknown)) return ConfigSource{String(place), {}};
    looked.append(looked.empty() ? "" : " and no ").append(place);
  }
  fail(streams, Exit::bad_configuration,
       "no configuration: there is no " + looked + "; name a file with --config FILE, or - for standard input");
  return std::nullopt;
}

bool print_refusal(const String& file, const config::Loaded& loaded, Streams streams) {
  if (loaded.faults.empty()) return false;
  config::Faults all = loaded.faults;
  all.insert(all.end(), loaded.warnings.begin(), loaded.warnings.end());
  sort_by_place(all);
  return print_faults(file, all, streams);
}

void add_found(config::Faults found, config::Loaded& loaded) {
  const config::Faults before = loaded.faults;
  for (config::Fault& fault : found) {
    const auto explains = [&fault](const config::Fault& one) { return config::may_explain(one, fault.path); };
    if (std::any_of(before.begin(), before.end(), explains)) continue;
    if (!before.empty() && fault.path == "routes") continue;  // the missing routes may stand after the fault
    (fault.severity == config::Severity::warning ? loaded.warnings : loaded.faults).push_back(std::move(fault));
  }
  sort_by_place(loaded.faults);
  sort_by_place(loaded.warnings);
}

config::Loaded load_settings(const ConfigSource& source) {
  const List<config::AdapterKeys> keys = contract::keys_of();
  config::Loaded loaded = source.text ? config::load_text(*source.text, keys) : config::load_file(source.name, keys);
  // `add_found` leaves out parts with a fault: a route without `facade` must not also be an unknown facade.
  add_found(runtime::check(loaded.settings), loaded);
  const String& log = loaded.settings.log.access;
  if (!source.text && log != "-" && config::same_file(log, source.name)) {
    add_found(
        {runtime::log_fault(loaded.settings, {.message = "is this configuration, which lines would be added to"})},
        loaded);
  }
  return loaded;
}

std::optional<config::Settings> read_settings(const ConfigSource& source, Streams streams) {
  config::Loaded loaded = load_settings(source);
  if (print_faults(source.name, loaded.faults, streams)) return std::nullopt;
  return std::move(loaded.settings);
}

Result<String> read_text(const String& file, Streams streams) {
  const auto cannot = [&file] {
    const String why = errno != 0 ? std::strerror(errno) : "it cannot be read";
    return Error{.code = Code::unavailable, .message = (file == "-" ? "<stdin>" : file) + ": " + why};
  };
  errno = 0;
  std::ifstream opened;
  if (file != "-") opened.open(file, std::ios::binary);
  if (!opened) return cannot();
  std::istream& in = file == "-" ? streams.in : opened;
  String text;
  char piece[64 * 1024];
  do {  // a directory opens without error, and only read() reports it
    in.read(piece, sizeof piece);
    text.append(piece, static_cast<std::size_t>(in.gcount()));
  } while (in);
  if (in.bad()) return cannot();
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

const translate::NamedShape* shape_option(std::string_view option, std::string_view name, Streams streams) {
  const auto found = translate::find_shape(name);
  if (found) return *found;
  fail(streams, Exit::usage, String(option) + ": " + found.error().message);
  return nullptr;
}

}  // namespace parley::gateway::cli
