// The answers of the Enghouse facade; see encode.hpp.
#include "adapters/enghouse/facade/encode.hpp"

#include <algorithm>

#include "adapters/enghouse/facade/jsonp.hpp"
#include "adapters/enghouse/facade/requests.hpp"
#include "adapters/enghouse/fields.hpp"
#include "adapters/enghouse/messages.hpp"
#include "adapters/enghouse/projections.hpp"

namespace parley::enghouse {
namespace {

constexpr std::string_view contact_name = "enghouse.contact";
constexpr std::string_view message_name = "enghouse.message";
constexpr std::string_view envelope_begin = R"({"result":true,"contact":)";
constexpr std::string_view envelope_end = R"(,"error":null})";
constexpr std::string_view list_begin = R"({"result":true,"contacts":)";
constexpr std::string_view collections_begin = R"({"result":true,"datacollections":)";
constexpr std::string_view history_begin = R"({"result":true,"messages":)";
constexpr std::string_view active_begin = R"({"result":true,"isChatActive":true,"chatTranscript":)";
constexpr std::string_view inactive_begin = R"({"result":true,"isChatActive":false,"chatTranscript":)";
constexpr std::string_view transcripts_begin = R"({"result":true,"chatTranscripts":)";

void wrap(std::string_view begin, std::string_view document, Buffer& out) {
  out.append(begin);
  out.append(document);
  out.append(envelope_end);
}

std::string_view id_of(const Ref<Chat>& chat) noexcept { return chat->id.text; }
std::string_view id_of(const ChatId& chat) noexcept { return chat.text; }

}  // namespace

void add_headers(http::Reply& reply) {
  reply.add("X-Content-Type-Options", "nosniff");
  reply.add("Cache-Control", "no-store");
  reply.add("Content-Disposition", "attachment; filename=\"f.txt\"");
}

template <class Write>
Result<void> Documents::within(std::string_view shape, std::string_view begin, const Write& write_inside) const {
  const auto write = [&] {
    reply_.body.append(begin);
    shape::Writer writer(reply_.body);
    const bool unsafe = write_inside(writer);
    writer.finish();
    reply_.body.append(envelope_end);
    return unsafe;
  };
  reply_.status = 200;
  if (in_script()) {
    reply_.content_type = script_type;
    Script script(callback_.name(), reply_.body);
    if (script.close(write()) && losses_ != nullptr) {
      losses_->push_back(
          {String(shape).append(".__proto__"), "in a script it would set the prototype; plain JSON has it"});
    }
  } else {
    reply_.content_type = json_type;
    write();
  }
  add_headers(reply_);
  return {};
}

template <class Write>
Result<void> Documents::around(std::string_view shape, std::string_view begin, const Write& write) const {
  return within(shape, begin, [&](shape::Writer& to) {
    const std::size_t from = to.out().size();
    write(to);
    return in_script() && may_be_unsafe(to.out().view().substr(std::min(from, to.out().size())));
  });
}

Result<void> Documents::contact_of(const Chat& chat) const {
  return around(contact_name, envelope_begin,
                [&](shape::Writer& to) { shape::write_object(shape::view<contact>, &chat, to); });
}

Result<void> Documents::operator()(const Ref<Chat>& chat) const {
  return within(contact_name, envelope_begin, [&](shape::Writer& to) {
    return chat.write(shape::view<contact>, to, losses_, in_script() ? &may_be_unsafe : nullptr);
  });
}

Result<void> Documents::operator()(const OpenedChat& opened) const {
  if (losses_ != nullptr) shape::find_losses(shape::view<contact>, opened.chat.get(), *losses_);
  return contact_of(*opened.chat);
}

Result<void> Documents::operator()(const Ref<Visitor>& visitor) const {
  return around(contact_name, envelope_begin, [&](shape::Writer& to) { write_contact(*visitor, to, losses_); });
}

template <class Chats>
Result<void> Documents::ids_of(const Chats& chats) const {
  return around(contact_name, list_begin, [&](shape::Writer& to) {
    to.begin_array();
    for (const auto& chat : chats) {
      if (to.out().overflowed()) break;
      IdScratch scratch;
      to.string(write_id(chat_prefix, id_of(chat), scratch));
    }
    to.end_array();
  });
}

Result<void> Documents::operator()(const Page<Chat>& chats) const { return ids_of(chats.records); }
Result<void> Documents::operator()(const ClosedChats& closed) const { return ids_of(closed.chats); }

Result<void> Documents::operator()(const Transcript& transcript) const {
  const std::string_view begin = transcript.chat->state == ChatState::ended ? inactive_begin : active_begin;
  return around(message_name, begin, [&](shape::Writer& to) { MessageWriter(to, losses_).list(transcript.messages); });
}

Result<void> Documents::operator()(const List<Transcript>& transcripts) const {
  if (transcripts.size() > most_transcripts) return refuse(Code::answer_too_large);
  return around(message_name, transcripts_begin, [&](shape::Writer& to) {
    MessageWriter messages(to, losses_);
    to.begin_array();
    for (const Transcript& one : transcripts) {
      if (to.out().overflowed()) break;
      messages.transcript(one);
    }
    to.end_array();
  });
}

Result<void> Documents::collections(const Ref<Chat>& chat) const {
  using Forms = KeyedById<data_collection, PlainKey>;
  if (losses_ != nullptr) Forms::losses(chat->data_collections, shape::lossy<&Chat::data_collections>, *losses_);
  return around(contact_name, collections_begin, [&](shape::Writer& to) { Forms::write(chat->data_collections, to); });
}

Result<void> Documents::collections(const Ref<Visitor>&) const {
  return around(contact_name, collections_begin, [](shape::Writer& to) { to.raw("{}"); });
}

Result<void> Documents::history(const Transcript& transcript) const {
  return around(message_name, history_begin,
                [&](shape::Writer& to) { MessageWriter(to, losses_).list_with_users(transcript); });
}

Result<void> Documents::ended(const Transcript& transcript) const {
  return around(message_name, transcripts_begin,
                [&](shape::Writer& to) { MessageWriter(to, losses_).transcript(transcript); });
}

Result<void> Documents::done() const {
  return around(message_name, R"({"result":true)", [](shape::Writer&) {});
}

Result<void> Facade::encode(const Outcome& outcome, const http::Request& request, http::Reply& reply) const {
  const Callback callback = find_callback(request.query);
  if (callback.kind() == Callback::Kind::invalid) return refuse(Code::invalid_callback);
  return contract::encode_any(outcome, Documents(*this, callback, reply));
}

void wrap_contact(std::string_view contact, Buffer& out) { wrap(envelope_begin, contact, out); }
void wrap_transcript(std::string_view messages, Buffer& out) { wrap(inactive_begin, messages, out); }
void wrap_history(std::string_view messages, Buffer& out) { wrap(history_begin, messages, out); }

}  // namespace parley::enghouse
