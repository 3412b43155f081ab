// Compares addresses as the kernel connects them: 0.0.0.0 as a target is this machine, and a listener on 0.0.0.0 has all
// addresses.
#include "gateway/runtime/loops.hpp"

#include <arpa/inet.h>
#include <ifaddrs.h>
#include <netinet/in.h>
#include <unistd.h>

#include <algorithm>
#include <array>

#include "adapters/upstream/place.hpp"
#include "adapters/upstream/settings.hpp"
#include "config/places.hpp"
#include "gateway/runtime/mounting.hpp"
#include "schemas/ascii.hpp"

namespace parley::gateway::runtime {
namespace {

using upstream::Address;

/// An address in 16 bytes; IPv4 as ::ffff:a.b.c.d.
using Bytes = std::array<std::uint8_t, 16>;

Bytes bytes_of(const sockaddr& address) {
  Bytes bytes{};
  if (address.sa_family == AF_INET) {
    const auto* four = reinterpret_cast<const std::uint8_t*>(&reinterpret_cast<const sockaddr_in&>(address).sin_addr);
    bytes[10] = bytes[11] = 0xFF;
    std::copy(four, four + 4, bytes.begin() + 12);
  } else if (address.sa_family == AF_INET6) {
    const auto* six = reinterpret_cast<const std::uint8_t*>(&reinterpret_cast<const sockaddr_in6&>(address).sin6_addr);
    std::copy(six, six + 16, bytes.begin());
  }
  return bytes;
}

bool is_four(const Bytes& bytes) {
  return std::all_of(bytes.begin(), bytes.begin() + 10, [](std::uint8_t one) { return one == 0; }) &&
         bytes[10] == 0xFF && bytes[11] == 0xFF;
}

/// Whether it is 0.0.0.0 or `::`.
bool is_any(const Bytes& bytes) {
  const auto zero = [](std::uint8_t one) { return one == 0; };
  return is_four(bytes) ? std::all_of(bytes.begin() + 12, bytes.end(), zero)
                        : std::all_of(bytes.begin(), bytes.end(), zero);
}

std::optional<Bytes> parse(const String& host) {
  sockaddr_storage storage{};
  auto& address = reinterpret_cast<sockaddr&>(storage);
  if (::inet_pton(AF_INET, host.c_str(), &reinterpret_cast<sockaddr_in&>(storage).sin_addr) == 1) {
    address.sa_family = AF_INET;
  } else if (::inet_pton(AF_INET6, host.c_str(), &reinterpret_cast<sockaddr_in6&>(storage).sin6_addr) == 1) {
    address.sa_family = AF_INET6;
  } else {
    return std::nullopt;
  }
  return bytes_of(address);
}

/// Every address of this machine.
List<Bytes> own_addresses() {
  List<Bytes> found;
  ifaddrs* all = nullptr;
  if (::getifaddrs(&all) != 0) return found;
  for (const ifaddrs* one = all; one != nullptr; one = one->ifa_next) {
    if (one->ifa_addr != nullptr) found.push_back(bytes_of(*one->ifa_addr));
  }
  ::freeifaddrs(all);
  return found;
}

bool is_own_name(std::string_view host) {
  std::array<char, 256> name{};
  return ::gethostname(name.data(), name.size() - 1) == 0 && ascii::same_ignoring_case(host, name.data());
}

class Loops {
 public:
  Loops(const config::Settings& settings, config::Faults& found) : settings_(settings), found_(found) {}

  void run(Adapters adapters) {
    const auto reads_url = [adapters](const config::Backend& backend) {
      const contract::Adapter* adapter = find_adapter(adapters, backend.kind);
      return adapter == nullptr || std::find(adapter->tables.begin(), adapter->tables.end(),
                                             &config::own_table<upstream::Settings>) != adapter->tables.end();
    };
    for (const config::Backend& backend : settings_.backends) {
      if (!reads_url(backend)) continue;
      if (const auto place = upstream::parse_place(config::settings_of<upstream::Settings>(backend).url))
        check(backend, *place);
    }
  }

 private:
  void check(const config::Backend& backend, const upstream::Place& place) {
    for (const config::Endpoint& listener : listeners_of(settings_)) {
      if (!reaches(place, listener)) continue;
      const auto goes_round = [&](const config::Route& route) {
        return route.backend == backend.name && serves(settings_, route, listener) &&
               (route.host.empty() || ascii::same_ignoring_case(route.host, place.host));
      };
      const auto route = std::find_if(settings_.routes.begin(), settings_.routes.end(), goes_round);
      const String what = "is this gateway's own listener " + listener.text();
      if (route != settings_.routes.end()) {
        return add(backend, what + ": a request to the route " + route->name + " would come back to it for ever",
                   config::Severity::fault);
      }
      return add(backend, what + ": the gateway would call itself", config::Severity::warning);
    }
    if (settings_.admin.listen && reaches(place, *settings_.admin.listen)) {
      add(backend, "is this gateway's own admin listener " + settings_.admin.listen->text(), config::Severity::fault);
    }
  }

  void add(const config::Backend& backend, String what, config::Severity severity) {
    const String path = "backends." + backend.name + ".url";
    found_.push_back({config::place_of(settings_, path, backend.mark), path, std::move(what), severity});
  }

  [[nodiscard]] bool reaches(const upstream::Place& place, const config::Endpoint& listener) {
    if (place.port != listener.port) return false;
    const std::optional<Bytes> at = parse(listener.host == "localhost" ? String("127.0.0.1") : listener.host);
    if (!at) return false;
    if (place.literal.empty()) {
      // The `host` of a route is most likely a name of this gateway, since clients use it.
      const bool served =
          std::any_of(settings_.routes.begin(), settings_.routes.end(), [&](const config::Route& route) {
            return !route.host.empty() && ascii::same_ignoring_case(route.host, place.host) &&
                   serves(settings_, route, listener);
          });
      return served || (is_any(*at) && is_own_name(place.host));
    }
    return std::any_of(place.literal.begin(), place.literal.end(), [&](const Address& address) {
      const Bytes to = bytes_of(reinterpret_cast<const sockaddr&>(address.bytes));
      if (to == *at) return true;
      if (is_four(to) != is_four(*at)) return false;
      if (is_any(to)) return is_loopback(*at);
      return is_any(*at) && (is_loopback(to) || is_own(to));
    });
  }

  static bool is_loopback(const Bytes& bytes) { return is_four(bytes) ? bytes[12] == 127 : parse("::1") == bytes; }
  [[nodiscard]] bool is_own(const Bytes& bytes) {
    if (!own_) own_ = own_addresses();
    return std::find(own_->begin(), own_->end(), bytes) != own_->end();
  }

  const config::Settings& settings_;
  config::Faults& found_;
  std::optional<List<Bytes>> own_;  // read once, when a listener on all addresses needs them
};

}  // namespace

void check_loops(const config::Settings& settings, Adapters adapters, config::Faults& found) {
  Loops(settings, found).run(adapters);
}

}  // namespace parley::gateway::runtime
