// A list is enough: a process has few upstreams.
#include "gateway/observe/troubles.hpp"

#include <algorithm>

#include "gateway/observe/error_names.hpp"
#include "gateway/observe/event_line.hpp"

namespace parley::gateway::observe {

void Troubles::note(std::string_view backend, std::string_view server, const Error& error, Time now) {
  constexpr std::int64_t second = 1000;
  const std::scoped_lock lock(mutex_);
  auto entry = std::find_if(entries_.begin(), entries_.end(), [backend, server](const Entry& one) {
    return one.backend == backend && one.server == server;
  });
  if (entry == entries_.end()) {
    if (entries_.size() == most) {  // full of backends of old configurations: drop the oldest error
      entries_.erase(std::min_element(entries_.begin(), entries_.end(),
                                      [](const Entry& a, const Entry& b) { return a.trouble.at < b.trouble.at; }));
    }
    entry = entries_.insert(entries_.end(), Entry{String(backend), String(server), {}});
  } else if (now.since_epoch / second == entry->trouble.at.since_epoch / second) {
    return;
  }
  entry->trouble.at = now;
  entry->trouble.text = name_of(error.code);
  for (const String* part : {&error.message, &error.detail}) {
    if (!part->empty()) entry->trouble.text += ": " + printable(*part);
  }
}

std::optional<Trouble> Troubles::find(std::string_view backend, std::string_view server) const {
  const std::scoped_lock lock(mutex_);
  for (const Entry& one : entries_) {
    if (one.backend == backend && one.server == server) return one.trouble;
  }
  return {};
}

}  // namespace parley::gateway::observe
