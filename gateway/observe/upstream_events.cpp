// A breaker changes at most twice in five seconds, so its lines need no `FloodGate`.
#include "gateway/observe/upstream_events.hpp"

#include "gateway/observe/event_log.hpp"

namespace parley::gateway::observe {
namespace {

using config::LogLevel;
using contract::BreakerState;

/// `2026-11-29T18:19:52.123Z, for 65 s`.
String since(std::chrono::milliseconds down) {
  Buffer moment;
  append_iso(Time::at(Time::now().since_epoch - down.count()), moment);
  return String(moment.view()) + ", for " + std::to_string(std::chrono::round<std::chrono::seconds>(down).count()) +
         " s";
}

class Sink final : public contract::EventSink {
 public:
  void store_swept(const contract::StoreSwept& swept) noexcept override try {
    const std::pair<std::string_view, std::size_t> kinds[] = {{"chats", swept.chats},
                                                              {"chats' messages", swept.chats_without_messages},
                                                              {"page visits", swept.page_visits},
                                                              {"offline messages", swept.offline_messages}};
    String text;
    for (const auto& [kind, count] : kinds) {
      if (count == 0) continue;
      text.append(text.empty() ? "removed what has grown old: " : ", ");
      text.append(std::to_string(count)).append(" ").append(kind);
    }
    log(LogLevel::info, text, {.backend = swept.backend});
  } catch (const std::exception&) {  // no memory: the line is lost
  }

  void breaker_changed(const contract::BreakerChange& change) noexcept override try {
    const EventFields fields{.backend = change.backend, .upstream = change.server};
    const String rest = std::to_string(std::chrono::ceil<std::chrono::seconds>(change.rest).count()) + " s";
    switch (change.now) {
      case BreakerState::open:
        if (change.before == BreakerState::closed) {
          return log(LogLevel::error, "the breaker has opened: no call goes for " + rest + "; " + printable(change.why),
                     fields);
        }
        return log(LogLevel::warn,
                   "the breaker stays open: no call goes for " + rest + "; down since " + since(change.down) + "; " +
                       printable(change.why),
                   fields);
      case BreakerState::probing:
        return log(LogLevel::info, "the breaker is trying: one call goes; down since " + since(change.down), fields);
      case BreakerState::closed:
        return log(LogLevel::info, "the breaker has closed: calls go; it was down since " + since(change.down), fields);
    }
  } catch (const std::exception&) {  // no memory: the line is lost
  }
};

}  // namespace

std::shared_ptr<contract::EventSink> upstream_events() {
  static const std::shared_ptr<contract::EventSink> sink = std::make_shared<Sink>();
  return sink;
}

}  // namespace parley::gateway::observe
