// The codecs of a message; see message.hpp.
#include "adapters/comm100/message.hpp"

#include <algorithm>

#include "adapters/contract/file_reply.hpp"

namespace parley::comm100 {

using shape::Fit;
using shape::Node;
using shape::Reading;

namespace {

struct Sender {
  std::string_view word;
  ActorKind kind;
};
constexpr std::array<Sender, 4> senders = {{{"visitor", ActorKind::visitor},
                                            {"agent", ActorKind::agent},
                                            {"system", ActorKind::system},
                                            {"chatbot", ActorKind::bot}}};

std::string_view word_of(const Message& message) noexcept {
  if (message.kind == MessageKind::note) return "note";
  if (!is_written(message.kind)) return "system";
  const auto found =
      std::find_if(senders.begin(), senders.end(), [&](const Sender& one) { return one.kind == message.author.kind; });
  return found == senders.end() ? "system" : found->word;
}

/// The author's kind that reading the word gives.
ActorKind kind_of(std::string_view word) noexcept {
  const auto found =
      std::find_if(senders.begin(), senders.end(), [word](const Sender& one) { return one.word == word; });
  return found == senders.end() ? ActorKind::agent : found->kind;
}

}  // namespace

Fit SenderType::read(const Node& node, Message& message, Reading& reading) {
  if (!node.is_text() || shape::find_word(words, node.text) < 0) return reading.refuse(node, shape::list_words(words));
  message.author.kind = kind_of(node.text);
  message.kind = node.text == "note" ? MessageKind::note : MessageKind::text;
  return Fit::exact;
}

void SenderType::write(const Message& message, shape::Writer& writer) { writer.string(word_of(message)); }

bool SenderType::empty(const Message& message) {
  return message.author.kind == ActorKind::unknown && message.kind == MessageKind::unknown;
}

void SenderType::losses(const Message& message, std::string_view, shape::Losses& losses) {
  const MessageKind kind = message.kind;
  if (kind != MessageKind::unknown && kind != MessageKind::text && kind != MessageKind::note)
    losses.push_back({"message.kind", "Comm100 does not tell texts from files and events"});
  const ActorKind author = message.author.kind;
  if (author != ActorKind::unknown && author != kind_of(word_of(message)))
    losses.push_back({"message.author", "what happened is the system's, and a note is an agent's"});
}

Fit SenderName::read(const Node& node, Message& message, Reading& reading) {
  return shape::TextCodec::read(node, message.author.name, reading);
}

void SenderName::losses(const Message& message, std::string_view member, shape::Losses& losses) {
  const Actor& author = message.author;
  if (!author.id.empty() || !author.username.empty() || !author.token.empty())
    losses.push_back({shape::Label::constant(member), "Comm100 shows of a sender kind and name"});
}

Fit AttachmentUrl::read(const Node& node, List<Attachment>& files, Reading& reading) {
  if (node.is_text() && node.text.empty()) return Fit::respelt;
  Text url;
  const Fit fit = shape::TextCodec::read(node, url, reading);
  if (fit == Fit::refused) return fit;
  if (url.starts_with(file_root) && url.view().substr(file_root.size()).starts_with(contract::file_path)) {
    url = Text(url.view().substr(file_root.size()));
  }
  files.emplace_back().url = std::move(url);
  return fit;
}

void AttachmentUrl::write(const List<Attachment>& files, shape::Writer& writer) {
  const std::string_view url = files.empty() ? std::string_view() : std::string_view(files.front().url);
  url.starts_with(contract::file_path) ? writer.string(String(file_root).append(url)) : writer.string(url);
}

void AttachmentUrl::losses(const List<Attachment>& files, std::string_view member, shape::Losses& losses) {
  Attachment shown;
  if (!files.empty()) shown.url = files.front().url;
  if (files.size() > 1 || (!files.empty() && !(files.front() == shown)))
    losses.push_back({shape::Label::constant(member), "only the address of the first file is shown"});
}

}  // namespace parley::comm100
