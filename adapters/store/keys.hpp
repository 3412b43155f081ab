// What a rule may ask a store for. Each key says what it names; every store answers it alike. The texts of a key belong to the operation or to a
// gathered record, which outlive it.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string_view>

#include "adapters/store/standing.hpp"
#include "schemas/canonical/agent.hpp"
#include "schemas/canonical/channel.hpp"
#include "schemas/canonical/chat.hpp"
#include "schemas/canonical/visitor.hpp"

namespace parley::store {

/// A record as the store has it.
template <class T>
struct Stored {
  std::int64_t number = 0;  ///< the store's own key of the record; a rule only hands it back, in a `Put`
  std::size_t bytes = 0;    ///< length of its JSON
  T value;
};

/// One way to name a visitor.
struct VisitorHandle {
  enum class Kind : std::uint8_t {
    id,                ///< as every id: see `AgentKey`
    id_without_token,  ///< exactly this id, of a visitor that has no token
    token,             ///< the latest visitor with it: several can only come from loading. An empty token names nobody
    phone,             ///< the oldest visitor with it
    email,             ///< the oldest visitor with it, in any case of ASCII letters
  };
  Kind kind = Kind::id;
  std::string_view text;
  friend bool operator==(const VisitorHandle&, const VisitorHandle&) = default;
};

/// A visitor, and which kind of handle named it.
struct FoundVisitor : Stored<Visitor> {
  VisitorHandle::Kind handle = VisitorHandle::Kind::id;
};

/// The visitor that the first of these handles names which names one at all.
class VisitorKey {
 public:
  using Answer = FoundVisitor;

  void add(VisitorHandle::Kind kind, std::string_view text) { handles_.at(size_++) = {kind, text}; }
  [[nodiscard]] std::span<const VisitorHandle> handles() const noexcept { return {handles_.data(), size_}; }
  friend bool operator==(const VisitorKey&, const VisitorKey&) = default;

 private:
  std::array<VisitorHandle, 4> handles_{};  // token, id_without_token, phone, e-mail: no rule knows more
  std::size_t size_ = 0;
};

/// An agent by canonical id. A guid that is no record's id names the record whose free-text id it stands for (ids::to_guid): a store
/// keeps a map of such ids.
struct AgentKey {
  using Answer = Stored<Agent>;
  std::string_view id;
  friend bool operator==(const AgentKey&, const AgentKey&) = default;
};

/// A chat by id, as an agent.
struct ChatKey {
  using Answer = Stored<Chat>;
  std::string_view id;
  friend bool operator==(const ChatKey&, const ChatKey&) = default;
};

/// The latest chat of a visitor that goes on. The visitor by exactly this id.
struct OpenChatKey {
  using Answer = Stored<Chat>;
  std::string_view visitor;
  friend bool operator==(const OpenChatKey&, const OpenChatKey&) = default;
};

/// How the chats of a visitor stand together: the latest that goes on counts, else the latest of all. Absent: never chatted.
struct StandingKey {
  using Answer = Standing;
  std::string_view visitor;  ///< exactly this id
  friend bool operator==(const StandingKey&, const StandingKey&) = default;
};

/// A contact by id, as an agent.
struct ContactKey {
  using Answer = Stored<Contact>;
  std::string_view id;
  friend bool operator==(const ContactKey&, const ContactKey&) = default;
};

/// The oldest contact with a channel of this visitor.
struct ContactOfKey {
  using Answer = Stored<Contact>;
  std::string_view visitor;  ///< exactly this id
  friend bool operator==(const ContactOfKey&, const ContactOfKey&) = default;
};

/// A counter's value, 0 where it was never set.
struct CounterKey {
  using Answer = std::int64_t;
  std::string_view name;  ///< a literal
  friend bool operator==(const CounterKey&, const CounterKey&) = default;
};

/// A visitor by canonical id.
[[nodiscard]] inline VisitorKey visitor_by_id(std::string_view id) {
  VisitorKey key;
  key.add(VisitorHandle::Kind::id, id);
  return key;
}

/// A visitor by token. One without a token answers to its id; one with a token does not, as ids are no secrets.
[[nodiscard]] inline VisitorKey visitor_by_token(std::string_view token) {
  VisitorKey key;
  key.add(VisitorHandle::Kind::token, token);
  key.add(VisitorHandle::Kind::id_without_token, token);
  return key;
}

}  // namespace parley::store
