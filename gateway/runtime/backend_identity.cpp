// Kind, `auth` and the settings of the adapter's own tables decide what is opened.
#include "gateway/runtime/backend_identity.hpp"

#include "config/file.hpp"
#include "gateway/runtime/mounting.hpp"

namespace parley::gateway::runtime {

bool same(const config::Backend& a, const config::Backend& b) {
  return a.kind == b.kind && a.auth.none == b.auth.none && a.auth.given == b.auth.given && a.own == b.own;
}

std::optional<contract::BackendFile> same_store(const config::Backend& a, const config::Backend& b, Adapters adapters) {
  if (a.kind != b.kind) return {};
  const List<contract::BackendFile> theirs = files_of(a, adapters);
  for (contract::BackendFile& one : files_of(b, adapters)) {
    for (const contract::BackendFile& other : theirs) {
      if ((!one.store && !other.store) || !config::same_file(one.path, other.path)) continue;
      one.store = one.store && other.store;
      return std::move(one);
    }
  }
  return {};
}

}  // namespace parley::gateway::runtime
