// What several commands need: reading settings and documents, and saying what is wrong with them.
#pragma once

#include <optional>

#include "config/settings.hpp"
#include "gateway/cli/cli.hpp"
#include "gateway/translate/catalogue.hpp"

namespace parley::gateway {

/// `parley: what` on a line of its own, and the exit code.
Exit fail(Streams streams, Exit code, std::string_view what);

/// The settings of a file with all faults, the adapters' included, in the order of the file.
[[nodiscard]] config::Loaded load_settings(const String& file);
/// The settings of a file that has no fault, the adapters' faults included; else the faults are on `streams.err`.
[[nodiscard]] std::optional<config::Settings> read_settings(const String& file, Streams streams);
/// Writes the faults, and whether there were any.
bool print_faults(const String& file, const config::Faults& faults, Streams streams);

/// The whole of a file, or of the input where `file` is `-`. Errors: unavailable.
[[nodiscard]] Result<String> read_text(const String& file, Streams streams);

/// `FILE:LINE:COL: what` of an error about a document, whose message ends in `(line N, column M)`; else `FILE: what`.
[[nodiscard]] String placed(std::string_view file, const Error& error);

/// The shape of that name; nullptr after a line on `streams.err`.
[[nodiscard]] const NamedShape* shape_option(std::string_view option, std::string_view name, Streams streams);

}  // namespace parley::gateway
