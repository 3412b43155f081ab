// The bodies of the vendor's requests: a struct and a table for each, and the operations that they mean.
#pragma once

#include "adapters/enghouse/codecs.hpp"
#include "schemas/operation.hpp"

namespace parley::enghouse {

/// The most bytes of a message's text, as UTF-8.
inline constexpr std::size_t longest_text = 64 * 1024;
/// The most bytes of a name or a reason.
inline constexpr std::size_t longest_name = 1024;
/// The most entries of callData that a search may name.
inline constexpr std::size_t most_entries = 64;

/// Milliseconds since 1970: a number, also `n.0`, or the same in a string.
struct Milliseconds {
  static constexpr Type type{.form = Form::integer, .words = {}, .view = nullptr, .element = nullptr};
  static constexpr Fidelity fidelity = Fidelity::converted;
  static Fit read(const Node& node, Time& value, Reading& reading) {
    EpochTime::read(node, value, reading);
    return value.known() ? Fit::exact : reading.refuse(node, "milliseconds since 1970");
  }
  static void write(Time value, Writer& writer) { writer.integer(value.since_epoch); }
  static bool empty(Time value) { return !value.known(); }
};

using NullableText = shape::Nullable<shape::TextCodec>;

/// POST sendTextMessageToActiveChat.
struct TextMessageBody {
  Text text;
  Text nickname;
};

inline constexpr auto text_message_body = shape::fields<TextMessageBody, "enghouse.text_message">(
    shape::row<&TextMessageBody::text>("text", shape::Need::required, "What is written, up to 64 KiB."),
    shape::row<&TextMessageBody::nickname, NullableText>("nickname", shape::Need::optional, "Who writes it."));

/// POST sendExternalTextMessageToActiveChat.
struct ExternalMessageBody {
  Text user;
  Text service;
  Text chat;
  Text text;
};

inline constexpr auto external_message_body = shape::fields<ExternalMessageBody, "enghouse.external_text_message">(
    shape::row<&ExternalMessageBody::user>("userid", shape::Need::required,
                                           "Phone number of the customer. The chat decides who gets the message."),
    shape::row<&ExternalMessageBody::service>("serviceid", shape::Need::required,
                                              "Phone number of the service, which is shown as the author."),
    shape::row<&ExternalMessageBody::chat>("chatid", shape::Need::required, "Chat id."),
    shape::row<&ExternalMessageBody::text>("text", shape::Need::required, "What is written, up to 64 KiB."));

/// POST endContactByChatID.
struct EndContactBody {
  Text chat;
  Text reason;
};

inline constexpr auto end_contact_body = shape::fields<EndContactBody, "enghouse.end_contact">(
    shape::row<&EndContactBody::chat>("chatID", shape::Need::required, "Chat id."),
    shape::row<&EndContactBody::reason>("reason", shape::Need::required, "success, or in another word why it failed."));

/// POST getChatTranscriptByTimeRangeAndServiceID.
struct TimeRangeBody {
  Time begin;
  Time end;
  Text service;
};

inline constexpr auto time_range_body = shape::fields<TimeRangeBody, "enghouse.time_range">(
    shape::row<&TimeRangeBody::begin, Milliseconds>("beginTime", shape::Need::required,
                                                    "Chats that began then, or later, in milliseconds."),
    shape::row<&TimeRangeBody::end, Milliseconds>("endTime", shape::Need::required,
                                                  "Chats that began then, or before, in milliseconds."),
    shape::row<&TimeRangeBody::service, NullableText>("serviceID", shape::Need::optional, "Service id."));

/// POST getChatTranscriptByCalldata: names and values of callData. The names are free, so the table has no rows.
struct CallDataBody {};

inline constexpr auto call_data_body = shape::fields<CallDataBody, "enghouse.call_data">();

// Errors of these: invalid_field, with the member as `field`; no_such_chat, for a text that cannot be a chat's id.

/// Does not set `chat`. Without a nickname the author is called `Agent`.
[[nodiscard]] Result<PostMessage> operation_of(TextMessageBody&& body);
[[nodiscard]] Result<PostMessage> operation_of(ExternalMessageBody&& body);
[[nodiscard]] Result<CloseChat> operation_of(EndContactBody&& body);
[[nodiscard]] Result<ListTranscripts> operation_of(TimeRangeBody&& body);
/// The ended chats that have all entries of an object.
[[nodiscard]] Result<ListTranscripts> search_of(const Node& entries);

/// The open chat with that id on the wire. Errors: no_such_chat, if it cannot be an id.
[[nodiscard]] Result<ChatRef> open_chat(std::string_view wire);

}  // namespace parley::enghouse
