// The Rocket.Chat livechat API as Parley serves it, in one of two profiles: "8" (current servers) and "0.70" (Pimenta).
#pragma once

#include "adapters/contract/facade.hpp"
#include "adapters/login/logins.hpp"
#include "adapters/rocketchat/settings.hpp"

namespace parley::rocketchat {

/// The version of the server that a route imitates. Documents, texts and statuses of the two are never mixed.
enum class Profile : std::uint8_t { v8, pimenta };

/// `8`, `0.70` or `pimenta`; empty is `8`. nullopt: no such profile.
[[nodiscard]] std::optional<Profile> find_profile(std::string_view name) noexcept;
/// The tables by which a profile shows visitors, rooms and messages.
[[nodiscard]] const shape::View& visitor_view(Profile profile) noexcept;
[[nodiscard]] const shape::View& room_view(Profile profile) noexcept;
[[nodiscard]] const shape::View& message_view(Profile profile) noexcept;

inline constexpr std::string_view json_type =
    "application/json";  // without a charset: the vendor's own tests compare it

/// The endpoints of a profile. `with_logins`: with login and logout (endpoints.cpp).
[[nodiscard]] std::span<const contract::Endpoint> endpoints(Profile profile, bool with_logins) noexcept;

/// A call's own answer for a record that does not exist.
struct NotFound {
  Code code{};
  int status = 0;
  std::string_view body{};    ///< empty = the call has no such answer
  bool only_pimenta = false;  ///< only in the profile 0.70
};
/// A call's own name for an error.
struct Named {
  Code code{};
  std::string_view vendor{};  ///< the vendor's code
  std::string_view reason{};  ///< its text; empty = only the code is shown
};
/// How the refusals of a call differ from those of other calls.
struct Refusals {
  NotFound not_found{};
  bool names_only =
      false;  ///< for an unknown visitor, profile 8 sends only the vendor's code, not an error with errorType
  bool old_names_only = false;  ///< the profile 0.70 sends only the vendor's code, for any unknown record
  /// A call about a file refuses in its own way: the upload says `unauthorized` to whoever may not write in the room, the download says
  /// nothing but a status.
  enum class About : std::uint8_t { other, sent_file, fetched_file } about = About::other;
  std::span<const Named> named{};
};
/// The refusals of an endpoint; nullptr: it belongs to another facade, as on a route with `emit`.
[[nodiscard]] const Refusals* refusals_of(const contract::Endpoint* endpoint) noexcept;

/// The paths that the facade serves and the connector calls.
namespace path {
inline constexpr std::string_view login = "/api/v1/login";
inline constexpr std::string_view logout = "/api/v1/logout";
inline constexpr std::string_view visitor = "/api/v1/livechat/visitor";
inline constexpr std::string_view visitor_by_token = "/api/v1/livechat/visitor/:token";
inline constexpr std::string_view visitor_info = "/api/v1/livechat/visitors.info";
inline constexpr std::string_view visitors_search = "/api/v1/livechat/visitors.search";
inline constexpr std::string_view custom_field = "/api/v1/livechat/custom.field";
inline constexpr std::string_view custom_fields = "/api/v1/livechat/custom.fields";
inline constexpr std::string_view page_visited = "/api/v1/livechat/page.visited";
inline constexpr std::string_view room = "/api/v1/livechat/room";
inline constexpr std::string_view rooms = "/api/v1/livechat/rooms";
inline constexpr std::string_view room_info = "/api/v1/rooms.info";
inline constexpr std::string_view pages_visited = "/api/v1/livechat/visitors.pagesVisited";
inline constexpr std::string_view pages_of_room = "/api/v1/livechat/visitors.pagesVisited/:roomId";
inline constexpr std::string_view agents = "/api/v1/livechat/users/agent";
inline constexpr std::string_view agent = "/api/v1/livechat/users/agent/:id";
inline constexpr std::string_view agent_status = "/api/v1/livechat/agent.status";
inline constexpr std::string_view channels = "/api/v1/omnichannel/contacts.channels";
inline constexpr std::string_view visitor_contact = "/api/v1/omnichannel/contact";
inline constexpr std::string_view visitor_contact_search = "/api/v1/omnichannel/contact.search";
inline constexpr std::string_view contacts = "/api/v1/omnichannel/contacts";
inline constexpr std::string_view contact_update = "/api/v1/omnichannel/contacts.update";
inline constexpr std::string_view contact_get = "/api/v1/omnichannel/contacts.get";
inline constexpr std::string_view contact_search = "/api/v1/omnichannel/contacts.search";
inline constexpr std::string_view contact_history = "/api/v1/omnichannel/contacts.history";
inline constexpr std::string_view contact_existence = "/api/v1/omnichannel/contacts.checkExistence";
inline constexpr std::string_view contact_conflicts = "/api/v1/omnichannel/contacts.conflicts";
inline constexpr std::string_view contact_delete = "/api/v1/omnichannel/contacts.delete";
inline constexpr std::string_view message = "/api/v1/livechat/message";
inline constexpr std::string_view message_by_id = "/api/v1/livechat/message/:_id";
inline constexpr std::string_view history = "/api/v1/livechat/messages.history/:rid";
inline constexpr std::string_view room_close = "/api/v1/livechat/room.close";
inline constexpr std::string_view room_survey = "/api/v1/livechat/room.survey";
inline constexpr std::string_view agent_info = "/api/v1/livechat/agent.info/:rid/:token";
inline constexpr std::string_view department_transfer = "/api/v1/livechat/visitor/department.transfer";
inline constexpr std::string_view room_transfer = "/api/v1/livechat/room.transfer";
inline constexpr std::string_view room_messages = "/api/v1/livechat/:rid/messages";
inline constexpr std::string_view visitor_rooms = "/api/v1/livechat/visitor/:token/room";
inline constexpr std::string_view chat_history =
    "/api/v1/livechat/visitors.chatHistory/room/:roomId/visitor/:visitorId";
inline constexpr std::string_view search_chats =
    "/api/v1/livechat/visitors.searchChats/room/:roomId/visitor/:visitorId";
inline constexpr std::string_view take = "/api/v1/livechat/inquiries.take";
inline constexpr std::string_view room_join = "/api/v1/livechat/room.join";
inline constexpr std::string_view room_forward = "/api/v1/livechat/room.forward";
inline constexpr std::string_view close_by_user = "/api/v1/livechat/room.closeByUser";
inline constexpr std::string_view send_message = "/api/v1/chat.sendMessage";
inline constexpr std::string_view post_message = "/api/v1/chat.postMessage";
inline constexpr std::string_view update_message = "/api/v1/chat.update";
inline constexpr std::string_view delete_message = "/api/v1/chat.delete";
inline constexpr std::string_view visitor_status = "/api/v1/livechat/visitor.status";
inline constexpr std::string_view visitors_status =
    "/api/v1/livechat/visitors.status";  // misspelt on the vendor's page
inline constexpr std::string_view offline_message = "/api/v1/livechat/offline.message";
inline constexpr std::string_view next_agent = "/api/v1/livechat/agent.next/:token";
inline constexpr std::string_view departments = "/api/v1/livechat/department";
inline constexpr std::string_view department = "/api/v1/livechat/department/:_id";
inline constexpr std::string_view department_agents = "/api/v1/livechat/department/:_id/agents";
inline constexpr std::string_view department_names = "/api/v1/livechat/department.autocomplete";
inline constexpr std::string_view departments_by_ids = "/api/v1/livechat/department.listByIds";
inline constexpr std::string_view archived_departments = "/api/v1/livechat/departments/archived";
inline constexpr std::string_view config = "/api/v1/livechat/config";
inline constexpr std::string_view routing = "/api/v1/livechat/config/routing";
inline constexpr std::string_view transcript = "/api/v1/livechat/transcript";
inline constexpr std::string_view transcript_of_room = "/api/v1/livechat/transcript/:rid";
inline constexpr std::string_view messages = "/api/v1/livechat/messages";
inline constexpr std::string_view save_info = "/api/v1/livechat/room.saveInfo";
inline constexpr std::string_view upload = "/api/v1/livechat/upload/:rid";
inline constexpr std::string_view file = "/file-upload/:id/:name";
}  // namespace path

class Facade final : public contract::Facade {
 public:
  /// The route must have passed check_route.
  explicit Facade(const config::Route& route);

  [[nodiscard]] std::span<const contract::Endpoint> endpoints() const noexcept override {
    return rocketchat::endpoints(profile_, !logins_.empty());
  }
  [[nodiscard]] bool ignores_path_case() const noexcept override { return false; }
  /// The router of 0.70 accepts additional slashes; that of current servers does not.
  [[nodiscard]] contract::Slashes slashes() const noexcept override {
    return profile_ == Profile::pimenta ? contract::Slashes::closing_and_leading : contract::Slashes::none;
  }
  Result<std::string_view> admit(const http::Request& request) const override;
  Result<void> encode(const Outcome& outcome, const http::Request& request, http::Reply& reply) const override;
  void render(const Error& error, const http::Request& request, http::Reply& reply) const override;
  void show_limit(const contract::Limit& limit, http::Reply& reply) const override;

  /// Writes the plain document of an answer (encode*.cpp, departments.cpp, site*.cpp). A list is shown with the offset 0.
  Result<void> show(const Ref<Visitor>& visitor, http::Reply& reply) const;
  Result<void> show(const Page<Visitor>& visitors, http::Reply& reply) const;
  Result<void> show(const Ref<Agent>& user, http::Reply& reply) const;
  Result<void> show(const Page<Agent>& users, http::Reply& reply) const;
  Result<void> show(const List<Channel>& channels, http::Reply& reply) const;
  Result<void> show(const Ref<Chat>& room, http::Reply& reply) const;
  Result<void> show(const Page<Chat>& rooms, http::Reply& reply) const;
  Result<void> show(const OpenedChat& room, http::Reply& reply) const;
  Result<void> show(const RecordedPage& page, http::Reply& reply) const;
  Result<void> show(const Ref<Message>& message, http::Reply& reply) const;
  Result<void> show(const PostedMessage& posted, http::Reply& reply) const { return show(posted.message, reply); }
  Result<void> show(const Transcript& transcript, http::Reply& reply) const;
  Result<void> show(const Ref<Department>& department, http::Reply& reply) const;
  Result<void> show(const Page<Department>& departments, http::Reply& reply) const;
  Result<void> show(const ErasedVisitor& erased, http::Reply& reply) const;
  Result<void> show(const Site& site, http::Reply& reply) const;
  Result<void> show(const OpenedFile& file, http::Reply& reply) const;
  Result<void> show(const Ref<Contact>& contact, http::Reply& reply) const;
  Result<void> show(const Page<Contact>& contacts, http::Reply& reply) const;
  template <contract::OneOf<List<Transcript>, ClosedChats, DeletedChats, Ref<OfflineMessage>, Page<OfflineMessage>,
                            DeletedOfflineMessages, DeletedContacts>
                Other>
  Result<void> show(const Other&, http::Reply&) const {
    return Error{.code = Code::unsupported_operation, .message = "Rocket.Chat has no document for this."};
  }

  /// Adds the headers of every answer: it must not be stored and, unless the route has `cors`, any origin may read it.
  void add_common_headers(http::Reply& reply) const;

  [[nodiscard]] const login::Logins& logins() const noexcept { return logins_; }
  [[nodiscard]] Profile profile() const noexcept { return profile_; }
  [[nodiscard]] const Widget& widget() const noexcept { return widget_; }
  [[nodiscard]] const Files& files() const noexcept { return files_; }
  /// The id of the user who has this token; empty: nobody has both.
  [[nodiscard]] std::string_view holder_of(std::string_view id, std::string_view token) const;
  /// Whether the route keeps custom fields of this name: `custom_fields` has the name, or is empty.
  [[nodiscard]] bool keeps(std::string_view custom_field) const noexcept;
  /// Whether the route reports what an answer cannot carry.
  [[nodiscard]] bool reports_losses() const noexcept { return report_losses_; }
  /// Unless the route has `cors`, any origin may read the answer.
  void add_cors(http::Reply& reply) const;

 private:
  Profile profile_;
  bool open_;  // asks for no credentials
  List<RouteAuth::User> users_;
  login::Logins logins_;
  List<String> custom_fields_;
  Widget widget_;
  Files files_;
  bool report_losses_;
  bool any_origin_;
};

/// POST login and logout; they need no backend (login.cpp). Errors of the login: unauthorized, with the source by_login; those of
/// parse_body and parse_query.
Result<void> answer_login(const Facade& facade, const http::Request& request, http::Reply& reply);
Result<void> answer_logout(const Facade& facade, const http::Request& request, http::Reply& reply);

}  // namespace parley::rocketchat
