// Rocket.Chat's answers: a document for every outcome, and what it could not carry.
#include <algorithm>

#include "adapters/rocketchat/facade.hpp"
#include "adapters/rocketchat/fields.hpp"
#include "adapters/rocketchat/registration.hpp"

namespace parley::rocketchat {
namespace {

using adapters::Reply;

/// Writes the vendor's answer around a document: `{"visitor":{…},"success":true}`.
class Encoder {
 public:
  Encoder(Profile profile, bool report, Reply& reply)
      : profile_(profile), report_(report), reply_(reply), writer_(reply.body) {}

  void operator()(const Ref<Visitor>& visitor) {
    begin("visitor");
    visitor.write(visitor_view(), writer_, losses());
    end();
  }
  void operator()(const List<Visitor>& visitors) { list("visitors", visitor_view(), visitors, true); }
  void operator()(const Ref<Agent>& user) {
    begin("user");
    user.write(shape::view<agent>, writer_, losses());
    end();
  }
  void operator()(const List<Agent>& users) { list("users", shape::view<agent>, users, true); }
  void operator()(const List<Channel>& channels) { list("channels", shape::view<channel>, channels, false); }
  void operator()(const Ref<Chat>& chat) {
    begin("room");
    chat.write(room_view(), writer_, losses());
    end();
  }
  void operator()(const List<Chat>& rooms) { list("rooms", room_view(), rooms, true); }
  void operator()(const OpenedChat& opened) {
    begin("room");
    write(room_view(), &opened.chat);
    forget_what_is_shown_elsewhere();
    writer_.key("newRoom");
    writer_.boolean(opened.created);
    end();
  }
  void operator()(const RecordedPage& recorded) {
    writer_.begin_object();
    if (recorded.stored) write_page(recorded.page);
    end();
  }

 private:
  [[nodiscard]] const shape::View& visitor_view() const {
    return profile_ == Profile::v8 ? shape::view<visitor> : shape::view<visitor_0_70>;
  }
  [[nodiscard]] const shape::View& room_view() const {
    return profile_ == Profile::v8 ? shape::view<room> : shape::view<room_0_70>;
  }

  void begin(std::string_view key) {
    writer_.begin_object();
    writer_.key(key);
  }
  void end() {
    writer_.key("success");
    writer_.boolean(true);
    writer_.end_object();
    writer_.finish();
  }

  [[nodiscard]] shape::Losses* losses() const noexcept { return report_ ? &reply_.losses : nullptr; }

  void write(const shape::View& view, const void* object) {
    shape::write_object(view, object, writer_);
    if (!report_) return;
    shape::Losses found;
    shape::find_losses(view, object, found);
    for (shape::Loss& loss : found) {  // a list names each member once
      const auto same = [&loss](const shape::Loss& other) { return other.member == loss.member; };
      if (std::none_of(reply_.losses.begin(), reply_.losses.end(), same)) reply_.losses.push_back(std::move(loss));
    }
  }

  template <class T>
  void list(std::string_view key, const shape::View& view, const List<T>& records, bool counted) {
    begin(key);
    writer_.begin_array();
    for (const T& record : records) write(view, &record);
    writer_.end_array();
    if (counted) {
      const auto count = static_cast<std::int64_t>(records.size());
      writer_.key("count");
      writer_.integer(count);
      writer_.key("offset");
      writer_.integer(0);
      writer_.key("total");
      writer_.integer(count);
    }
    end();
  }

  /// A room never shows all of its visitor: the client that opened it has him or her by GET livechat/visitor. And a room
  /// is always named after the visitor.
  void forget_what_is_shown_elsewhere() {
    std::erase_if(reply_.losses, [](const shape::Loss& loss) {
      return loss.member.starts_with("participant.") || loss.member == "chat.title";
    });
  }

  void write_page(const PageVisit& page) {
    writer_.key("page");
    writer_.begin_object();
    writer_.key("msg");
    writer_.string(page.title + " - " + page.url);
    writer_.key("navigation");
    writer_.begin_object();
    writer_.key("page");
    writer_.begin_object();
    writer_.key("change");
    writer_.string(page.change);
    writer_.key("title");
    writer_.string(page.title);
    writer_.key("location");
    writer_.begin_object();
    writer_.key("href");
    writer_.string(page.url);
    writer_.end_object();
    writer_.end_object();
    writer_.key("token");
    writer_.string(page.token);
    writer_.end_object();
    writer_.end_object();
  }

  Profile profile_;
  bool report_;
  Reply& reply_;
  shape::Writer writer_;
};

}  // namespace

Result<void> Facade::encode(const Outcome& outcome, const adapters::Request& request, Reply& reply) const {
  reply.status = 200;
  reply.content_type = json_type;
  std::visit(Encoder(profile_, report_losses_, reply), outcome);
  if (report_losses_ && !custom_fields_.empty() && is_endpoint(request.endpoint, OperationKind::register_visitor)) {
    // The vendor drops unregistered fields without a word; we say which.
    for (const String& name : custom_field_names(request.body)) {
      if (!keeps(name)) reply.losses.push_back({"visitor.attributes." + name, "not in the route's custom_fields"});
    }
  }
  add_common_headers(profile_, reply);
  return {};
}

}  // namespace parley::rocketchat
