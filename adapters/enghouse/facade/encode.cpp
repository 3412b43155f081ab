// The answers of the Enghouse facade; see encode.hpp.
#include "adapters/enghouse/facade/encode.hpp"

#include <algorithm>

#include "adapters/enghouse/facade/jsonp.hpp"
#include "adapters/enghouse/fields.hpp"
#include "adapters/enghouse/projections.hpp"

namespace parley::enghouse {
namespace {

constexpr std::string_view envelope_begin = R"({"result":true,"contact":)";
constexpr std::string_view envelope_end = R"(,"error":null})";
constexpr std::string_view list_begin = R"({"result":true,"contacts":)";

}  // namespace

void add_headers(http::Reply& reply) {
  reply.add("X-Content-Type-Options", "nosniff");
  reply.add("Cache-Control", "no-store");
  reply.add("Content-Disposition", "attachment; filename=\"f.txt\"");
}

bool Documents::written_unsafe(const Buffer& out, std::size_t begin) const noexcept {
  return in_script() && may_be_unsafe(out.view().substr(std::min(begin, out.size())));
}

template <class Write>
Result<void> Documents::within(std::string_view begin, const Write& write_inside) const {
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
      losses_->push_back({"enghouse.contact.__proto__", "in a script it would set the prototype; plain JSON has it"});
    }
  } else {
    reply_.content_type = json_type;
    write();
  }
  add_headers(reply_);
  return {};
}

Result<void> Documents::contact_of(const Chat& chat) const {
  return within(envelope_begin, [&](shape::Writer& to) {
    const std::size_t begin = to.out().size();
    shape::write_object(shape::view<contact>, &chat, to);
    return written_unsafe(to.out(), begin);
  });
}

Result<void> Documents::operator()(const Ref<Chat>& chat) const {
  return within(envelope_begin, [&](shape::Writer& to) {
    return chat.write(shape::view<contact>, to, losses_, in_script() ? &may_be_unsafe : nullptr);
  });
}

Result<void> Documents::operator()(const OpenedChat& opened) const {
  if (losses_ != nullptr) shape::find_losses(shape::view<contact>, opened.chat.get(), *losses_);
  return contact_of(*opened.chat);
}

Result<void> Documents::operator()(const Ref<Visitor>& visitor) const {
  return within(envelope_begin, [&](shape::Writer& to) {
    const std::size_t begin = to.out().size();
    write_contact(*visitor, to, losses_);
    return written_unsafe(to.out(), begin);
  });
}

Result<void> Documents::operator()(const Page<Chat>& chats) const {
  return within(list_begin, [&](shape::Writer& to) {
    const std::size_t begin = to.out().size();
    to.begin_array();
    for (const Ref<Chat>& chat : chats.records) {
      if (to.out().overflowed()) break;
      ChatIdCodec::write(chat->id, to);
    }
    to.end_array();
    return written_unsafe(to.out(), begin);
  });
}

Result<void> Facade::encode(const Outcome& outcome, const http::Request& request, http::Reply& reply) const {
  const Callback callback = find_callback(request.query);
  if (callback.kind() == Callback::Kind::invalid) return refuse(Code::invalid_callback);
  return contract::encode_any(outcome, Documents(*this, callback, reply));
}

void wrap_contact(std::string_view contact, Buffer& out) {
  out.append(envelope_begin);
  out.append(contact);
  out.append(envelope_end);
}

}  // namespace parley::enghouse
