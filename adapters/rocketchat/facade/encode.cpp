// Rocket.Chat's answers: a document for every outcome, and what it could not carry.
#include <algorithm>

#include "adapters/rocketchat/facade/custom_fields.hpp"
#include "adapters/rocketchat/facade/facade.hpp"
#include "adapters/rocketchat/facade/list_request.hpp"
#include "adapters/rocketchat/facade/registration.hpp"
#include "adapters/rocketchat/fields.hpp"
#include "schemas/shape/distinct_losses.hpp"

namespace parley::rocketchat {

const shape::View& visitor_view(Profile profile) noexcept {
  return profile == Profile::v8 ? shape::view<visitor> : shape::view<visitor_0_70>;
}
const shape::View& room_view(Profile profile) noexcept {
  return profile == Profile::v8 ? shape::view<room> : shape::view<room_0_70>;
}

namespace {

using http::Reply;

/// Writes the vendor's answer around a document: `{"visitor":{…},"success":true}`.
class Encoder {
 public:
  Encoder(const Facade& facade, bool report, const http::Request& request, Reply& reply)
      : facade_(facade),
        profile_(facade.profile()),
        report_(report),
        request_(request),
        reply_(reply),
        told_(reply.losses),
        writer_(reply.body) {}

  void operator()(const Ref<Visitor>& visitor) {
    if (is_endpoint(request_.endpoint, path::custom_field) || is_endpoint(request_.endpoint, path::custom_fields)) {
      writer_.begin_object();
      write_custom_fields(facade_, request_, writer_);
      return end();
    }
    begin("visitor");
    visitor.write(visitor_view(profile_), writer_, losses());
    end();
  }
  void operator()(const Page<Visitor>& visitors) { list("visitors", visitor_view(profile_), visitors); }
  void operator()(const Ref<Agent>& user) {
    if (is_endpoint(request_.endpoint, path::agent_status)) {
      begin("status");
      writer_.string(availability_of(user->status));
      return end();
    }
    begin("user");
    user.write(shape::view<agent>, writer_, losses());
    end();
  }
  void operator()(const Page<Agent>& users) { list("users", shape::view<agent>, users); }
  void operator()(const List<Channel>& channels) {
    begin("channels");
    writer_.begin_array();
    for (const Channel& one : channels) write(shape::view<channel>, &one);
    writer_.end_array();
    end();
  }
  void operator()(const Ref<Chat>& chat) {
    if (is_endpoint(request_.endpoint, path::pages_of_room)) return pages(*chat);
    begin("room");
    chat.write(room_view(profile_), writer_, losses());
    end();
  }
  void operator()(const Page<Chat>& rooms) { list("rooms", room_view(profile_), rooms); }
  void operator()(const OpenedChat& opened) {
    begin("room");
    write(room_view(profile_), &opened.chat);
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
    if (report_) told_.find(view, object);
  }

  /// A page of a list, with its numbers.
  template <class T>
  void list(std::string_view key, const shape::View& view, const Page<T>& page) {
    begin(key);
    writer_.begin_array();
    for (const T& record : page.records) {
      if (writer_.out().overflowed()) break;
      write(view, &record);
    }
    writer_.end_array();
    end_page(page.records.size(), list_query_of(request_).offset, page.matching());
  }

  void end_page(std::size_t shown, std::size_t offset, std::size_t total) {
    number("count", shown);
    number("offset", offset);
    number("total", total);
    end();
  }

  /// The pages of the room's visitor as navigation messages, the newest first. The model keeps their addresses, and the
  /// title of the first one.
  void pages(const Chat& chat) {
    const auto visitor = std::find_if(chat.participants.begin(), chat.participants.end(),
                                      [](const Participant& one) { return !one.is_agent; });
    static const Participant nobody;
    const Participant& who = visitor == chat.participants.end() ? nobody : *visitor;
    const std::size_t total = who.page_history.size();
    const ListQuery asked = list_query_of(request_);
    const Selection page = select(asked, total, [&](std::size_t place, shape::Writer& writer) {
      write_visited(chat, who, total - 1 - place, true, writer);
    });
    begin("pages");
    writer_.begin_array();
    for (const std::size_t place : page.places) write_visited(chat, who, total - 1 - place, false, writer_);
    writer_.end_array();
    end_page(page.places.size(), asked.offset, page.total);
  }

  /// `with_order`: with the place as its time, which is not known but is sorted by.
  static void write_visited(const Chat& chat, const Participant& who, std::size_t at, bool with_order,
                            shape::Writer& writer) {
    PageVisit page;
    page.token = who.token;
    page.change = "url";
    page.url = who.page_history[at];
    if (at == 0 && page.url == who.landing_page) page.title = who.landing_title;
    writer.begin_object();
    writer.key("rid");
    writer.string(chat.id.text);
    writer.key("t");
    writer.string("livechat_navigation_history");
    if (with_order) {
      writer.key("ts");
      writer.integer(static_cast<std::int64_t>(at));
    }
    write_navigation(page, writer);
    writer.end_object();
  }

  void number(std::string_view key, std::size_t value) {
    writer_.key(key);
    writer_.integer(static_cast<std::int64_t>(value));
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
    write_navigation(page, writer_);
    writer_.end_object();
  }

  static void write_navigation(const PageVisit& page, shape::Writer& writer) {
    writer.key("msg");
    writer.string(page.title + " - " + page.url);
    writer.key("navigation");
    writer.begin_object();
    writer.key("page");
    writer.begin_object();
    writer.key("change");
    writer.string(page.change);
    writer.key("title");
    writer.string(page.title);
    writer.key("location");
    writer.begin_object();
    writer.key("href");
    writer.string(page.url);
    writer.end_object();
    writer.end_object();
    writer.key("token");
    writer.string(page.token);
    writer.end_object();
  }

  const Facade& facade_;
  Profile profile_;
  bool report_;
  const http::Request& request_;
  Reply& reply_;
  shape::DistinctLosses told_;
  shape::Writer writer_;
};

}  // namespace

Result<void> Facade::encode(const Outcome& outcome, const http::Request& request, Reply& reply) const {
  reply.status = 200;
  reply.content_type = json_type;
  std::visit(Encoder(*this, report_losses_, request, reply), outcome);
  if (report_losses_ && !custom_fields_.empty() && is_endpoint(request.endpoint, path::visitor)) {
    // The vendor drops unregistered fields without a word; we say which.
    for (const String& name : custom_field_names(request.body)) {
      if (!keeps(name)) reply.losses.push_back({"visitor.attributes." + name, "not in the route's custom_fields"});
    }
  }
  add_common_headers(reply);
  return {};
}

}  // namespace parley::rocketchat
