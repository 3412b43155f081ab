// How operations name a chat, and how they select chats and messages.
#pragma once

#include <optional>

#include "schemas/canonical/chat.hpp"
#include "schemas/canonical/message.hpp"

namespace parley {

/// A chat by id, or by sequence where `id` is empty; and what must be true of it. A chat of another tenant counts as unknown.
struct ChatRef {
  enum class Must : std::uint8_t { exist, be_open, have_ended };

  ChatId id{};
  std::int64_t sequence = 0;
  std::optional<Text> token{};  ///< if set: of the visitor whose chat it must be. An empty token is nobody's
  Text domain{};                ///< tenant as the client wrote it; empty = none given
  Must must = Must::exist;
};

/// Which chats. Members that are empty do not matter; all others must fit.
struct ChatFilter {
  enum class State : std::uint8_t { open, ended, any };

  State state = State::open;
  Time from{};  ///< began then, or later
  Time to{};    ///< began then, or before
  VisitorId visitor{};
  ContactId contact{};  ///< of any visitor of this contact. Error of the list: no_such_contact
  AgentId agent{};
  DepartmentId department{};
  Text service{};
  Attributes values{};  ///< named values that the chat must have, each with this value
  bool newest_first = false;
};

/// Whether a chat fits.
[[nodiscard]] bool fits(const ChatFilter& filter, const Chat& chat) noexcept;
/// Applies a filter to a whole list: removes what does not fit, and orders the rest. For backends that cannot pass a filter on.
void apply(const ChatFilter& filter, List<Chat>& chats);

/// An offline message by id, or by number where `id` is empty.
struct OfflineMessageRef {
  OfflineMessageId id{};
  std::int64_t number = 0;
};

/// Which offline messages. Members that are empty do not matter; all others must fit.
struct OfflineMessageFilter {
  Time from{};                               ///< left then, or later
  Time to{};                                 ///< left then, or before
  std::optional<DepartmentId> department{};  ///< an empty id: those without a department
  bool newest_first = false;
};

/// Which messages of a chat. Deleted ones are never listed.
struct MessageQuery {
  Time after{};   ///< shown later than that
  Time before{};  ///< shown earlier than that
  Text text{};    ///< its text contains it; the case of ASCII letters is ignored
  bool newest_first = false;
  bool written_only = false;  ///< only what somebody wrote
  bool notes = false;         ///< also notes, which are for agents and never for visitors
  std::size_t offset = 0;
  std::size_t limit = 0;  ///< 0 = all, up to `most_messages`
  bool count = false;     ///< the page's `total` is needed; else it may be only what is known without counting
};

/// The most messages of an answer. A list of more than that is refused: answer_too_large.
inline constexpr std::size_t most_messages = 20'000;

/// Whether a message fits, apart from offset and limit.
[[nodiscard]] bool fits(const MessageQuery& query, const Message& message) noexcept;

}  // namespace parley
