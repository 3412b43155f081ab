// Helpers of several commands: read settings and documents, and print their faults.
#pragma once

#include <optional>
#include <span>

#include "config/settings.hpp"
#include "gateway/cli/cli.hpp"
#include "gateway/translate/catalogue.hpp"

namespace parley::gateway::cli {

/// Prints the line `parley: WHAT` to `streams.err` and returns `code`.
Exit fail(Streams streams, Exit code, std::string_view what);

/// Flushes `streams.out`. Returns `done`, or prints a line to `streams.err` and returns `failed` if the output cannot be
/// written.
Exit written(Streams streams);

/// The places to look for a configuration without `--config`; the first that exists is used.
inline constexpr std::string_view default_configs[] = {"config/gateway.yaml", "/etc/parley/gateway.yaml"};

/// A configuration that was found.
struct ConfigSource {
  String name;                 ///< the name in messages: a path, or `<stdin>`
  std::optional<String> text;  ///< the text of standard input, which can be read only once
};
/// Finds what `--config` names: a file, or `-` for standard input, which is read to its end. If `option` is empty, takes the
/// first of `places` that exists. Returns nothing after a message on `streams.err` if there is none, or standard input cannot
/// be read.
[[nodiscard]] std::optional<ConfigSource> find_config(const String& option, Streams streams,
                                                      std::span<const std::string_view> places = default_configs);

/// Loads the settings with all faults and warnings, also those of the adapters, in the order of the file. Reads a file anew at
/// each call.
[[nodiscard]] config::Loaded load_settings(const ConfigSource& source);
/// Adds `found` to the faults and warnings. Leaves out what an earlier fault may explain (`config::may_explain`).
void add_found(config::Faults found, config::Loaded& loaded);
/// Loads the settings. If they have a fault (also one that an adapter finds), prints all faults to `streams.err` and returns
/// nothing.
[[nodiscard]] std::optional<config::Settings> read_settings(const ConfigSource& source, Streams streams);
/// Prints faults or warnings to `streams.err`, one a line. Returns whether there were any.
bool print_faults(const String& file, const config::Faults& faults, Streams streams);
/// If there is a fault, prints faults and warnings in the order of the file. Returns whether there is a fault.
bool print_refusal(const String& file, const config::Loaded& loaded, Streams streams);

/// Reads the whole file, or standard input if `file` is `-`. Errors: unavailable.
[[nodiscard]] Result<String> read_text(const String& file, Streams streams);

/// Formats an error about a document: `FILE:LINE:COL: WHAT` if the message ends in `(line N, column M)`, else `FILE: WHAT`.
[[nodiscard]] String placed(std::string_view file, const Error& error);

/// Finds the shape `name`. If there is none, prints a line to `streams.err` and returns nullptr.
[[nodiscard]] const translate::NamedShape* shape_option(std::string_view option, std::string_view name,
                                                        Streams streams);

}  // namespace parley::gateway::cli
