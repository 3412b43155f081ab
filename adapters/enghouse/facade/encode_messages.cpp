// Messages and transcripts as the Enghouse facade shows them; see encode.hpp.
#include "adapters/enghouse/facade/encode.hpp"
#include "adapters/enghouse/fields.hpp"
#include "adapters/enghouse/messages.hpp"

namespace parley::enghouse {
namespace {

/// Writes the object of an inner table of a message, with what `instead` writes as the value of the row `key`.
template <class Write>
void write_with(const shape::View& view, const Message& from, std::string_view key, const Write& instead,
                shape::Writer& writer) {
  writer.begin_object();
  for (const shape::Row& row : view.rows) {
    if (row.key == key) {
      writer.quoted_key(row.quoted);
      instead();
    } else {
      row.write(&from, row.quoted, row.need != Need::optional, writer);
    }
  }
  for (const shape::Extension& extension : from.extensions) {
    if (extension.shape != view.name || view.find(extension.key) >= 0) continue;
    writer.key(extension.key);
    writer.raw(extension.json);
  }
  writer.end_object();
}

void write_with_user(const Message& from, const Participant& by, shape::Writer& writer) {
  const auto write_user = [&] { shape::write_object(shape::view<user>, &by, writer); };
  const auto write_content = [&] { write_with(shape::view<message_content>, from, "user", write_user, writer); };
  const auto write_data = [&] { write_with(shape::view<message_data>, from, "content", write_content, writer); };
  write_with(shape::view<message>, from, "data", write_data, writer);
}

const Participant* author_of(const Message& from, const Chat& chat) noexcept {
  if (from.author.id.empty()) return nullptr;
  for (const Participant& one : chat.participants) {
    if (one.id == from.author.id) return &one;
  }
  return nullptr;
}

}  // namespace

template <class Write>
void MessageWriter::each(const Page<Message>& messages, const Write& write) {
  writer_.begin_array();
  for (const Ref<Message>& one : messages.records) {
    if (writer_.out().overflowed()) break;
    if (one->deleted) continue;
    if (is_shown(one->kind)) {
      write(one);
    } else if (reports() && one->kind == MessageKind::note) {
      told_.find(shape::view<message>, one.get());
    }
  }
  writer_.end_array();
}

void MessageWriter::list(const Page<Message>& messages) {
  each(messages, [this](const Ref<Message>& one) { told_.write(one, shape::view<message>, writer_, reports()); });
}

void MessageWriter::list_with_users(const Transcript& transcript) {
  each(transcript.messages, [&](const Ref<Message>& one) {
    const Participant* by = author_of(*one, *transcript.chat);
    if (by == nullptr) return told_.write(one, shape::view<message>, writer_, reports());
    write_with_user(*one, *by, writer_);
    if (!reports()) return;
    told_.find(shape::view<message>, one.get());
    told_.find(shape::view<user>, by);
  });
}

void MessageWriter::transcript(const Transcript& transcript) {
  const Chat& chat = *transcript.chat;
  writer_.begin_object();
  writer_.key("result");
  writer_.boolean(true);
  writer_.key("transcript");
  writer_.begin_object();
  writer_.key("_id");  // newer releases store a transcript under the id of its chat
  chat.storage_id.empty() ? ChatIdCodec::write(chat.id, writer_) : writer_.string(chat.storage_id);
  writer_.key("room");
  ChatIdCodec::write(chat.id, writer_);
  writer_.key("ctlive_type");
  writer_.string(chat.kind.empty() ? std::string_view("chat") : chat.kind.view());
  writer_.key("messages");
  list(transcript.messages);
  writer_.end_object();
  writer_.end_object();
}

}  // namespace parley::enghouse
