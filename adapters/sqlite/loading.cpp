// Loading: records as they are, and the one thing that follows from them: a visitor's status goes with his chats.
#include "adapters/sqlite/changes.hpp"

namespace parley::sqlite {

void Changes::follow_chats(std::string_view visitor) {
  const auto standing = tables_.standing(visitor);
  const auto before = standing ? tables_.visitor(visitor) : std::nullopt;
  if (!before || before->value.status == status_of(*standing)) return;
  Visitor after = before->value;
  after.status = status_of(*standing);
  put(after, store::Kind::visitor, before);
}

void Changes::load(const contract::Records& records) {
  // A record may come under the guid that stands for its free-text id: it keeps the text.
  const auto settled = [](auto record, const auto& before) {
    if (before) record.id = before->value.id;
    return record;
  };
  for (const Visitor& visitor : records.visitors) {
    const auto before = tables_.visitor(visitor.id.text);
    const Visitor after = settled(visitor, before);
    put(after, store::Kind::visitor, before);
    note_guest(after.username);
    follow_chats(after.id.text);
  }
  for (const Agent& agent : records.agents) {
    const auto before = tables_.agent(agent.id.text);
    put(settled(agent, before), store::Kind::agent, before);
  }
  for (const Contact& contact : records.contacts) {
    const auto before = tables_.contact(contact.id.text);
    const Contact after = settled(contact, before);
    before ? writing_.replace(before->number, before->value, after) : void(writing_.add(after));
  }
  for (const Chat& chat : records.chats) {
    const auto before = tables_.chat(chat.id.text);
    put(settled(chat, before), store::Kind::chat, before);
    follow_chats(chat.visitor.text);
    if (before && before->value.visitor != chat.visitor) follow_chats(before->value.visitor.text);
  }
}

}  // namespace parley::sqlite
