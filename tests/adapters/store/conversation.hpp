// Short ways to write operations of conversations, for the tests of stores.
#pragma once

#include "tests/adapters/store/client.hpp"

namespace parley::store::test {

inline Actor agent(std::string_view id) {
  Actor actor;
  actor.kind = ActorKind::agent;
  actor.id = id;
  return actor;
}
inline PostMessage from_visitor(const ChatId& chat, std::string_view token, std::string_view text) {
  PostMessage post;
  post.chat.id = chat;
  post.chat.token = Text(token);
  post.text = text;
  return post;
}
inline PostMessage from_agent(const ChatId& chat, std::string_view id, std::string_view text) {
  PostMessage post;
  post.chat.id = chat;
  post.author = agent(id);
  post.text = text;
  return post;
}
/// By the visitor of the token, or by the agent bob.
inline CloseChat closing(const ChatId& chat, std::string_view token = {}) {
  CloseChat close;
  close.chat.id = chat;
  if (token.empty()) {
    close.closer = agent("bob");
  } else {
    close.chat.token = Text(token);
  }
  return close;
}

inline AssignChat assigning(const ChatId& chat, std::string_view by, std::string_view to) {
  AssignChat assign;
  assign.chat.id = chat;
  assign.by = agent(by);
  assign.agent.text = to;
  return assign;
}
inline ChatRef numbered(std::int64_t sequence) {
  ChatRef chat;
  chat.sequence = sequence;
  return chat;
}
inline Attribute named_value(std::string_view name, std::string_view value) {
  Attribute attribute;
  attribute.name = name;
  attribute.value = value;
  return attribute;
}

}  // namespace parley::store::test
