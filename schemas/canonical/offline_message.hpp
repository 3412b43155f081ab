// A message that somebody left while no agent was there.
#pragma once

#include "schemas/shape/codecs.hpp"

namespace parley {

/// `number` is unique in a store; some vendors use it as the id.
struct OfflineMessage {
  OfflineMessageId id;
  std::int64_t number = 0;
  Time at;
  Text name;
  Text email;
  Text phone;
  Text company;
  Text subject;
  Text text;
  DepartmentId department;
  AgentId agent;
  VisitorId visitor;
  std::int64_t ticket = 0;
  Text page_title;
  Text page_url;
  Text host;
  Text source;
  Time updated_at;
  shape::Extensions extensions;
  shape::Wire wire;
  friend bool operator==(const OfflineMessage&, const OfflineMessage&) = default;
};

template <>
inline constexpr auto shape::fields_of<OfflineMessage> = shape::fields<OfflineMessage, "offline_message">(
    shape::row<&OfflineMessage::id>("id", shape::Need::required, "Stable id of the message."),
    shape::row<&OfflineMessage::number>("number", shape::Need::optional, "Number of the message, unique in a store."),
    shape::row<&OfflineMessage::at>("at", shape::Need::optional, "When it was left."),
    shape::row<&OfflineMessage::name>("name", shape::Need::optional, "Who left it."),
    shape::row<&OfflineMessage::email>("email", shape::Need::optional, "E-mail address to answer to."),
    shape::row<&OfflineMessage::phone>("phone", shape::Need::optional, "Phone number to answer to."),
    shape::row<&OfflineMessage::company>("company", shape::Need::optional, "Company of who left it."),
    shape::row<&OfflineMessage::subject>("subject", shape::Need::optional, "What it is about."),
    shape::row<&OfflineMessage::text>("text", shape::Need::optional, "What was written."),
    shape::row<&OfflineMessage::department>("department", shape::Need::optional, "Department that it was left for."),
    shape::row<&OfflineMessage::agent>("agent", shape::Need::optional, "Agent who deals with it."),
    shape::row<&OfflineMessage::visitor>("visitor", shape::Need::optional, "The visitor who left it, where known."),
    shape::row<&OfflineMessage::ticket>("ticket", shape::Need::optional, "Number of the ticket made of it."),
    shape::row<&OfflineMessage::page_title>("page_title", shape::Need::optional, "Title of the page with the form."),
    shape::row<&OfflineMessage::page_url>("page_url", shape::Need::optional, "Address of the page with the form."),
    shape::row<&OfflineMessage::host>("host", shape::Need::optional, "Site with the form."),
    shape::row<&OfflineMessage::source>("source", shape::Need::optional, "What led to the form: chatButton, bot, …"),
    shape::row<&OfflineMessage::updated_at>("updated_at", shape::Need::optional, "When the record was last changed."));

}  // namespace parley
