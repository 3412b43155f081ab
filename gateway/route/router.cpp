// Finds the endpoint for a request; see router.hpp.
#include "gateway/route/router.hpp"

#include <algorithm>

#include "adapters/http/percent.hpp"
#include "adapters/http/plain_text.hpp"
#include "schemas/ascii.hpp"

namespace parley::gateway::route {
namespace {

using http::Method;

/// The segments of a path: split on the raw `/`, decoded only if necessary.
class Segments {
 public:
  explicit Segments(std::string_view path) {
    const bool plain = http::is_plain_text(path) && path.find('%') == std::string_view::npos;
    while (path.starts_with('/')) {
      path.remove_prefix(1);
      const std::size_t end = std::min(path.find('/'), path.size());
      if (size_ == raw_.size()) {
        too_many_ = true;
        return;
      }
      raw_[size_++] = path.substr(0, end);
      path.remove_prefix(end);
    }
    if (!plain) decode();
  }

  [[nodiscard]] std::size_t size() const noexcept { return size_; }
  /// The number of empty segments at the beginning: `//a` has one. The last segment is never counted.
  [[nodiscard]] std::size_t leading_empty() const noexcept {
    std::size_t count = 0;
    while (count + 1 < size_ && raw_[count].empty()) ++count;
    return count;
  }
  [[nodiscard]] std::string_view raw(std::size_t i) const noexcept { return raw_[i]; }
  [[nodiscard]] std::string_view operator[](std::size_t i) const noexcept {
    return texts_.empty() ? raw_[i] : texts_[i];
  }
  [[nodiscard]] bool malformed() const noexcept { return malformed_; }
  [[nodiscard]] bool too_many() const noexcept { return too_many_; }

 private:
  void decode() {
    texts_.resize(size_);
    for (std::size_t i = 0; i < size_; ++i) {
      std::optional<String> text = http::percent_decode(raw_[i], false);
      if (!text) {
        malformed_ = true;
        return;
      }
      texts_[i] = std::move(*text);
    }
  }

  std::array<std::string_view, max_segments> raw_;
  List<String> texts_;
  std::size_t size_ = 0;
  bool malformed_ = false;
  bool too_many_ = false;
};

bool same(std::string_view a, std::string_view b, bool ignore_case) noexcept {
  return a == b || (ignore_case && ascii::same_ignoring_case(a, b));  // most clients write paths as the vendor does
}

/// The number of empty segments at the beginning that this mount ignores. Each is one byte of the path.
std::size_t passed_over(const Mount& mount, const Segments& segments) noexcept {
  const std::size_t count = segments.leading_empty();
  return count != 0 && mount.facade->slashes() == contract::Slashes::closing_and_leading ? count : 0;
}

bool has_prefix(const Mount& mount, const Segments& segments, std::size_t from) noexcept {
  if (mount.prefix.size() > segments.size() - from) return false;
  for (std::size_t i = 0; i < mount.prefix.size(); ++i) {
    if (segments.raw(from + i) != mount.prefix[i]) return false;
  }
  return true;
}

bool fits(const MountedEndpoint& endpoint, const Segments& segments, std::size_t from, std::size_t count,
          bool ignore_case) noexcept {
  if (endpoint.steps.size() != count) return false;
  for (std::size_t i = 0; i < count; ++i) {
    const Step& step = endpoint.steps[i];
    const std::string_view segment = segments[from + i];
    if (step.parameter ? segment.empty() : !same(step.literal, segment, ignore_case)) return false;
  }
  return true;
}

/// Whether the first segment behind the prefix is a native one of the vendor.
bool claims(const Mount& mount, const Segments& segments, std::size_t at) noexcept {
  if (at >= segments.size()) return false;
  const bool ignore_case = mount.facade->ignores_path_case();
  return std::any_of(mount.native.begin(), mount.native.end(),
                     [&](const String& first) { return same(first, segments.raw(at), ignore_case); });
}

bool answers(Method endpoint, Method request) noexcept {
  return endpoint == request || (endpoint == Method::get && request == Method::head);
}

void allow(String& allowed, std::string_view method) {
  if (allowed.find(method) != String::npos) return;
  if (!allowed.empty()) allowed += ", ";
  allowed += method;
}

}  // namespace

Router::Router(List<std::unique_ptr<Mount>> mounts, const List<List<std::size_t>>& listeners)
    : mounts_(std::move(mounts)) {
  for (const std::unique_ptr<Mount>& mount : mounts_) {
    mount->host = ascii::lower(mount->host);
  }
  for (const List<std::size_t>& served : listeners) {
    Listener& listener = listeners_.emplace_back();
    for (const std::size_t index : served) {
      const Mount* mount = mounts_[index].get();
      HostGroup* group = &listener.any;
      if (!mount->host.empty()) {
        auto at = std::lower_bound(listener.hosts.begin(), listener.hosts.end(), mount->host,
                                   [](const HostGroup& a, const String& host) { return a.host < host; });
        if (at == listener.hosts.end() || at->host != mount->host) at = listener.hosts.insert(at, {mount->host, {}});
        group = &*at;
      }
      group->mounts.push_back({mount});
    }
    const auto complete = [](HostGroup& group) {
      std::stable_sort(group.mounts.begin(), group.mounts.end(), [](const Served& a, const Served& b) {
        return a.mount->prefix.size() > b.mount->prefix.size();
      });
      for (Served& served : group.mounts) {
        const List<String>& prefix = served.mount->prefix;
        served.alone =
            !prefix.empty() && std::count_if(group.mounts.begin(), group.mounts.end(),
                                             [&](const Served& other) { return other.mount->prefix == prefix; }) == 1;
      }
    };
    std::for_each(listener.hosts.begin(), listener.hosts.end(), complete);
    complete(listener.any);
  }
}

const Router::HostGroup* Router::find_host(const Listener& listener, std::string_view host) const {
  if (listener.hosts.empty()) return nullptr;
  const std::string_view name = host_of(host);
  const auto at = std::lower_bound(
      listener.hosts.begin(), listener.hosts.end(), name, [](const HostGroup& group, std::string_view wanted) {
        return std::lexicographical_compare(group.host.begin(), group.host.end(), wanted.begin(), wanted.end(),
                                            [](char a, char b) { return a < ascii::to_lower(b); });
      });
  return at == listener.hosts.end() || !ascii::same_ignoring_case(at->host, name) ? nullptr : &*at;
}

Result<void> Router::match(std::size_t listener, const Target& target, std::string_view host, http::Request& request,
                           Parameters& parameters, Found& found) const {
  const Listener& here = listeners_[listener];
  const Segments segments(target.path);
  String allowed;
  const Mount* owner = nullptr;
  bool path_found = false;
  request.path = target.path;

  const auto search = [&](const HostGroup& group) {
    for (const auto& [mount, alone] : group.mounts) {
      const std::size_t lead = passed_over(*mount, segments);
      if (!has_prefix(*mount, segments, lead)) continue;
      const bool ignore_case = mount->facade->ignores_path_case();
      const std::size_t from = lead + mount->prefix.size();
      std::size_t count = segments.size() - from;
      if (owner == nullptr) {
        // A route that is alone under its prefix owns every path there. Otherwise it owns its vendor's native paths.
        if (alone || claims(*mount, segments, from)) owner = mount;
      }
      if (segments.malformed() || segments.too_many()) continue;
      const bool closed_by_slash = count > 1 && segments[from + count - 1].empty();
      if (closed_by_slash && mount->facade->slashes() != contract::Slashes::none) --count;
      for (const MountedEndpoint& candidate : mount->endpoints) {
        if (!fits(candidate, segments, from, count, ignore_case)) continue;
        if (!path_found) owner = mount;
        path_found = true;
        if (answers(candidate.endpoint->method, request.method)) {
          for (std::size_t i = 0; i < count; ++i) {
            if (candidate.steps[i].parameter) parameters.add(segments[from + i]);
          }
          found = {mount, &candidate};
          return;
        }
        allow(allowed, name_of(candidate.endpoint->method));
        if (candidate.endpoint->method == Method::get) allow(allowed, name_of(Method::head));
      }
      if (path_found) return;
    }
  };

  parameters.clear();
  found = {};
  const HostGroup* named = find_host(here, host);
  if (named != nullptr) search(*named);
  if (found.endpoint == nullptr && !path_found) search(here.any);

  if (found.endpoint != nullptr) {
    request.path.remove_prefix(passed_over(*found.mount, segments) + found.mount->prefix_size);
    request.parameters = parameters.view();
    request.endpoint = found.endpoint->endpoint;
    return {};
  }
  found.mount = owner;
  if (owner != nullptr) request.path.remove_prefix(passed_over(*owner, segments) + owner->prefix_size);
  Error error{.code = Code::no_such_endpoint, .message = "no such endpoint"};
  if (segments.malformed()) {
    error.code = Code::malformed_request;
    error.message = "the path is not percent-encoded UTF-8";
  } else if (path_found) {
    error.code = Code::method_not_allowed;
    error.message = "method not allowed";
    error.detail = std::move(allowed);
  }
  return error;
}

}  // namespace parley::gateway::route
