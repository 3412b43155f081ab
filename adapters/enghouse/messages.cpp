// The longer codecs of a message; see messages.hpp.
#include "adapters/enghouse/messages.hpp"

#include "adapters/contract/file_reply.hpp"

namespace parley::enghouse {
namespace {

void lose(std::string_view member, std::string_view reason, Losses& losses) {
  losses.push_back({shape::Label::constant(member), shape::Label::constant(reason)});
}

}  // namespace

Fit MessageType::read(const Node& node, Message& message, Reading& reading) {
  constexpr std::array kinds = {MessageKind::text, MessageKind::link, MessageKind::image, MessageKind::document};
  const int found = node.is_text() ? shape::find_word(words, node.text) : -1;
  if (found < 0) return reading.refuse(node, shape::list_words(words));
  message.kind = kinds[static_cast<std::size_t>(found)];
  return Fit::exact;
}

void MessageType::write(const Message& message, Writer& writer) {
  switch (message.kind) {
    case MessageKind::link:
      return writer.string(words[1]);
    case MessageKind::image:
      return writer.string(words[2]);
    case MessageKind::document:
    case MessageKind::file:
      return writer.string(words[3]);
    default:
      return writer.string(shows_file(message) ? words[3] : words[0]);
  }
}

void MessageType::losses(const Message& message, std::string_view member, Losses& losses) {
  const MessageKind kind = message.kind;
  if (kind == MessageKind::file || (kind == MessageKind::text && shows_file(message))) {
    lose(member, "a file, or a text with a file, reads as a DOCUMENT", losses);
  } else if (kind == MessageKind::note) {
    lose(member, "Enghouse has no notes among agents: transcripts leave them out", losses);
  } else if (!is_written(kind)) {
    lose(member, "Enghouse has no messages of what happened in a chat: transcripts leave them out", losses);
  }
}

Fit IsAgent::read(const Node& node, ActorKind& kind, Reading& reading) {
  if (node.kind != shape::NodeKind::boolean) return reading.refuse(node, "true or false");
  kind = node.text == "true" ? ActorKind::agent : ActorKind::visitor;
  return Fit::exact;
}

void IsAgent::write(ActorKind kind, Writer& writer) {
  writer.boolean(kind == ActorKind::agent || kind == ActorKind::bot);
}

void IsAgent::losses(ActorKind kind, std::string_view member, Losses& losses) {
  if (kind == ActorKind::bot) lose(member, "a bot reads as an agent", losses);
  if (kind == ActorKind::system) lose(member, "who wrote a message is an agent or a customer", losses);
}

Fit DeliverySuccess::read(const Node& node, Delivery& delivery, Reading& reading) {
  if (node.kind != shape::NodeKind::boolean) return reading.refuse(node, "true or false");
  delivery = node.text == "true" ? Delivery::delivered : Delivery::failed;
  return Fit::exact;
}

void DeliverySuccess::losses(Delivery delivery, std::string_view member, Losses& losses) {
  if (delivery == Delivery::queued || delivery == Delivery::sent) {
    lose(member, "Enghouse tells whether a message was delivered, and nothing before", losses);
  }
  if (delivery == Delivery::read) lose(member, "a message that was read shows as delivered", losses);
}

void Author::losses(const Actor& value, std::string_view member, Losses& losses) {
  const std::size_t before = losses.size();
  Object::losses(value, member, losses);
  if (losses.size() != before) lose(member, "Enghouse shows an id, a nickname, and whether it is an agent", losses);
}

void FileName::losses(const Message& message, std::string_view, Losses& losses) {
  if (message.attachments.empty()) return;
  if (message.attachments.size() > 1) lose("message.attachments", "only the first file is shown", losses);
  const Attachment& first = message.attachments.front();
  if (first.size != 0) lose("attachment.size", "Enghouse tells no sizes of files", losses);
  for (const shape::Extension& extension : first.extensions) {
    losses.push_back({String(extension.shape).append(".").append(extension.key),
                      String("only ").append(extension.shape).append(" has it")});
  }
}

Fit ContentUrl::read(const Node& node, Message& message, Reading& reading) {
  const Fit fit = OfFile::read(node, message, reading);
  if (fit == Fit::refused) return fit;
  Text& url = message.attachments.front().url;
  if (url.starts_with(file_root) && url.view().substr(file_root.size()).starts_with(contract::file_path)) {
    url = Text(url.view().substr(file_root.size()));
  }
  return fit;
}

void ContentUrl::write(const Message& message, Writer& writer) {
  if (is_bare_link(message)) return writer.string(message.text);
  const bool ours = !message.attachments.empty() && message.attachments.front().url.starts_with(contract::file_path);
  if (!ours) return OfFile::write(message, writer);
  writer.string(String(file_root).append(message.attachments.front().url.view()));
}

void finish_data(Message& message) {
  if (message.kind != MessageKind::link || !message.text.empty() || message.attachments.empty()) return;
  Attachment address;
  address.url = message.attachments.front().url;
  if (!(message.attachments.front() == address)) return;  // a link to a file
  message.text = std::move(message.attachments.front().url);
  message.attachments.clear();
}

}  // namespace parley::enghouse
