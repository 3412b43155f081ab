// A channel: a way in which a person got in touch.
#pragma once

#include "schemas/shape/codecs.hpp"

namespace parley {

struct Channel {
  Text name;
  VisitorId visitor;
  Text source;
  Text source_id;
  bool blocked = false;
  bool verified = false;
  Text detail_source;
  Text destination;
  ChatId last_chat;
  Time last_chat_at;
  Text field;
  Text value;
  Time verified_at;
  shape::Extensions extensions;
  shape::Wire wire;
  friend bool operator==(const Channel&, const Channel&) = default;
};

template <>
inline constexpr auto shape::fields_of<Channel> = shape::fields<Channel, "channel">(
    shape::row<&Channel::name>("name", shape::Need::required, "Label of the source, or its type."),
    shape::row<&Channel::visitor>("visitor", shape::Need::optional, "The visitor this channel belongs to."),
    shape::row<&Channel::source>("source", shape::Need::optional, "widget, email, sms, app, api."),
    shape::row<&Channel::source_id>("source_id", shape::Need::optional, "Id of the app behind the source."),
    shape::row<&Channel::blocked>("blocked", shape::Need::optional, "Blocked by an agent."),
    shape::row<&Channel::verified>("verified", shape::Need::optional, "Verified to be this person's."),
    shape::row<&Channel::detail_source>("detail_source", shape::Need::optional,
                                        "Source of the chat that made the channel."),
    shape::row<&Channel::destination>("destination", shape::Need::optional, "Host of the widget."),
    shape::row<&Channel::last_chat>("last_chat", shape::Need::optional, "Latest chat on it."),
    shape::row<&Channel::last_chat_at>("last_chat_at", shape::Need::optional, "When the latest chat began."),
    shape::row<&Channel::field>("field", shape::Need::optional, "What was verified: email, phone."),
    shape::row<&Channel::value>("value", shape::Need::optional, "The verified value."),
    shape::row<&Channel::verified_at>("verified_at", shape::Need::optional, "When."));

}  // namespace parley
