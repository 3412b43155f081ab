// Version and commit of the program, for the log and the state page.
#pragma once

#include <string_view>

#include "schemas/text.hpp"

namespace parley::gateway::observe {

/// The commit that the program was built from; empty if it was not built in a git repository.
[[nodiscard]] std::string_view commit() noexcept;
/// Call it once, before any thread starts. `commit` must be a literal.
void set_commit(std::string_view commit) noexcept;

/// `parley 0.1.0 (0123456789ab)`
[[nodiscard]] String program_text();

}  // namespace parley::gateway::observe
