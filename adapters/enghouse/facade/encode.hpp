// The answers of the Enghouse facade: as JSON, or as a script that passes the JSON to the caller's callback.
#pragma once

#include "adapters/contract/own_counts.hpp"
#include "adapters/enghouse/facade/callback.hpp"
#include "adapters/enghouse/facade/facade.hpp"
#include "schemas/shape/distinct_losses.hpp"

namespace parley::enghouse {

inline constexpr std::string_view json_type = "application/json; charset=utf-8";
inline constexpr std::string_view script_type = "text/javascript; charset=utf-8";

/// Adds the headers of every answer: no content sniffing, no caching of personal data, and a fixed file name for downloads.
void add_headers(http::Reply& reply);

/// Writes the document for each type of answer: as the script that the caller asked for, or as plain JSON.
class Documents {
 public:
  /// The kind of `callback` must not be `invalid`.
  Documents(const Facade& facade, const Callback& callback, http::Reply& reply) noexcept
      : callback_(callback), reply_(reply), losses_(facade.reports_losses() ? &reply.losses : nullptr) {}

  Result<void> operator()(const Ref<Chat>& chat) const;
  Result<void> operator()(const OpenedChat& opened) const;
  Result<void> operator()(const Ref<Visitor>& visitor) const;
  /// Writes only the ids of the chats.
  Result<void> operator()(const Page<Chat>& chats) const;
  Result<void> operator()(const ClosedChats& closed) const;
  /// Writes whether the chat is active, and its messages.
  Result<void> operator()(const Transcript& transcript) const;
  /// Errors: answer_too_large, for more than `most_transcripts`.
  Result<void> operator()(const List<Transcript>& transcripts) const;
  Result<void> operator()(const PostedMessage&) const { return done(); }
  template <contract::OneOf<Page<Visitor>, Ref<Agent>, Page<Agent>, List<Channel>, RecordedPage, Ref<Message>,
                            DeletedChats, Page<Department>, Ref<Department>, Ref<OfflineMessage>, Page<OfflineMessage>,
                            DeletedOfflineMessages, ErasedVisitor, Site, OpenedFile, Ref<Contact>, Page<Contact>,
                            DeletedContacts>
                Other>
  Result<void> operator()(const Other&) const {
    return refuse(Code::unsupported_operation);
  }

  /// Writes the forms of a chat. A visitor has none.
  Result<void> collections(const Ref<Chat>& chat) const;
  Result<void> collections(const Ref<Visitor>& visitor) const;
  /// Writes the messages, each with all that the chat has of its author.
  Result<void> history(const Transcript& transcript) const;
  /// Writes the transcript of an ended chat.
  Result<void> ended(const Transcript& transcript) const;
  /// Says that it was done, and nothing else.
  Result<void> done() const;

 private:
  Result<void> contact_of(const Chat& chat) const;
  [[nodiscard]] bool in_script() const noexcept { return callback_.kind() == Callback::Kind::named; }
  /// Writes an envelope: `begin`, what `write_inside` writes, and the end of the envelope. `write_inside` returns whether a script must
  /// change what it wrote. `shape` names the document in losses.
  template <class Write>
  Result<void> within(std::string_view shape, std::string_view begin, const Write& write_inside) const;
  /// The same for `write(writer)`, which does not say whether a script must change it.
  template <class Write>
  Result<void> around(std::string_view shape, std::string_view begin, const Write& write) const;
  /// The same for a list of chats' ids.
  template <class Chats>
  Result<void> ids_of(const Chats& chats) const;

  const Callback& callback_;
  http::Reply& reply_;
  shape::Losses* losses_;
};

/// Writes the messages of one or more chats. Leaves out those that Enghouse does not show, and notes what it cannot carry of the others.
class MessageWriter {
 public:
  /// `losses` nullptr: nothing is noted. Its end removes from `losses` what a store counts of its own accord: in a transcript the order
  /// shows it.
  MessageWriter(shape::Writer& writer, shape::Losses* losses)
      : writer_(writer), losses_(losses), told_(losses != nullptr ? *losses : unused_) {}
  ~MessageWriter() {
    if (losses_ != nullptr) contract::forgive_own_counts(*losses_);
  }
  MessageWriter(const MessageWriter&) = delete;
  MessageWriter& operator=(const MessageWriter&) = delete;

  /// A list of messages.
  void list(const Page<Message>& messages);
  /// The same, each with all that the chat has of its author. Of an author who takes no part in the chat, only what the message has.
  void list_with_users(const Transcript& transcript);
  /// `{"result":true,"transcript":{…}}`.
  void transcript(const Transcript& transcript);

 private:
  template <class Write>
  void each(const Page<Message>& messages, const Write& write);

  [[nodiscard]] bool reports() const noexcept { return losses_ != nullptr; }

  shape::Writer& writer_;
  shape::Losses* losses_;
  shape::Losses unused_;
  shape::DistinctLosses told_;
};

}  // namespace parley::enghouse
