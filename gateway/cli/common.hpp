// What several commands need: reading settings and documents, and saying what is wrong with them.
#pragma once

#include <optional>
#include <span>

#include "config/settings.hpp"
#include "gateway/cli/cli.hpp"
#include "gateway/translate/catalogue.hpp"

namespace parley::gateway::cli {

/// `parley: what` on a line of its own, and the exit code.
Exit fail(Streams streams, Exit code, std::string_view what);

/// Flushes an answer that is all a command is for: done, or failed after a line on `streams.err` where it cannot be written.
Exit written(Streams streams);

/// Where the configuration is looked for without `--config`: the first of them that is there.
inline constexpr std::string_view default_configs[] = {"config/gateway.yaml", "/etc/parley/gateway.yaml"};

/// A configuration that was found.
struct ConfigSource {
  String name;                 ///< as faults name it: a path, or `<stdin>`
  std::optional<String> text;  ///< of standard input, which can be read only once
};
/// What `--config` names: a file, `-` for standard input, which is read to its end, or, where it is empty, the first of
/// `places`. nothing: none of them is there, and `streams.err` names them.
[[nodiscard]] std::optional<ConfigSource> find_config(const String& option, Streams streams,
                                                      std::span<const std::string_view> places = default_configs);

/// The settings with all faults and warnings, the adapters' included, in the order of the file. A file is read each time.
[[nodiscard]] config::Loaded load_settings(const ConfigSource& source);
/// Adds what was found to the faults or the warnings, but for what concerns a part that has faults already.
void add_found(config::Faults found, config::Loaded& loaded);
/// The settings without any fault, the adapters' included; else the faults are on `streams.err`.
[[nodiscard]] std::optional<config::Settings> read_settings(const ConfigSource& source, Streams streams);
/// Writes faults or warnings, a line each, and whether there were any.
bool print_faults(const String& file, const config::Faults& faults, Streams streams);
/// Writes faults and warnings in the order of the file where there is a fault, and whether there is one.
bool print_refusal(const String& file, const config::Loaded& loaded, Streams streams);

/// The whole of a file, or of the input where `file` is `-`. Errors: unavailable.
[[nodiscard]] Result<String> read_text(const String& file, Streams streams);

/// `FILE:LINE:COL: what` of an error about a document, whose message ends in `(line N, column M)`; else `FILE: what`.
[[nodiscard]] String placed(std::string_view file, const Error& error);

/// The shape of that name; nullptr after a line on `streams.err`.
[[nodiscard]] const translate::NamedShape* shape_option(std::string_view option, std::string_view name,
                                                        Streams streams);

}  // namespace parley::gateway::cli
