// The kinds of archive are few, and all are known before `main` begins.
#include "adapters/contract/archive.hpp"

#include <utility>

namespace parley::contract {
namespace {

List<std::pair<std::string_view, OpenArchive>>& kinds() {
  static List<std::pair<std::string_view, OpenArchive>> all;
  return all;
}

}  // namespace

ArchiveKind::ArchiveKind(std::string_view kind, OpenArchive open) { kinds().emplace_back(kind, open); }

OpenArchive find_archive(std::string_view kind) noexcept {
  for (const auto& [name, open] : kinds()) {
    if (name == kind) return open;
  }
  return nullptr;
}

}  // namespace parley::contract
