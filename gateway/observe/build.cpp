// `main` passes the commit, so that a new commit recompiles one file only.
#include "gateway/observe/build.hpp"

namespace parley::gateway::observe {
namespace {

std::string_view built_from;

}  // namespace

std::string_view commit() noexcept { return built_from; }

void set_commit(std::string_view commit) noexcept { built_from = commit; }

String program_text() {
  String text = "parley " PARLEY_VERSION;
  if (!built_from.empty()) text.append(" (").append(built_from).append(")");
  return text;
}

}  // namespace parley::gateway::observe
