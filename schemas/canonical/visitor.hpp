// A visitor: the person who chats with agents, and the current visit to the site. Has every member that any vendor shows.
#pragma once

#include "schemas/shape/codecs.hpp"

namespace parley {

/// What a visitor is doing. One vendor writes all but `unknown` as the numbers 0 to 14, in this order.
enum class VisitorStatus : std::uint8_t {
  unknown,
  waiting_for_chat,
  voice_chatting,
  chatting,
  pre_chat,
  manually_invited,
  auto_invited,
  offline_message,
  refused_by_operator,
  refused_by_visitor,
  chat_ended,
  in_site,
  out_of_site,
  transferring,
  manually_invited_by_window,
  system_processing,
};
template <>
inline constexpr auto shape::words_of<VisitorStatus> = shape::words("", "waitingForChat", "voiceChatting", "chatting",
                                                                    "preChat", "manuallyInvited", "autoInvited",
                                                                    "offlineMessage", "refusedByOperator",
                                                                    "refusedByVisitor", "chatEnded", "inSite",
                                                                    "outOfSite", "transferring",
                                                                    "manuallyInvitedByWindow", "systemProcessing");

/// Whether the visitor is at the keyboard.
enum class Presence : std::uint8_t { unknown, online, away, busy, offline };
template <>
inline constexpr auto shape::words_of<Presence> = shape::words("", "online", "away", "busy", "offline");

struct Visitor {
  VisitorId id;
  Text token;
  Text username;
  Text name;
  List<Text> emails;
  List<Text> phones;
  Text language;
  Text company;
  Text time_zone;
  Text country;
  Text state;
  Text city;
  Text product_service;
  DepartmentId department;
  Attributes attributes;
  VisitorStatus status = VisitorStatus::unknown;
  Presence presence = Presence::unknown;
  Text ip;
  Text user_agent;
  Text host;
  Text browser;
  Text operating_system;
  Text screen_resolution;
  Text flash_version;
  Text channel;
  Text landing_page;
  Text landing_title;
  Text current_page;
  List<Text> page_history;
  Text referrer;
  Text search_engine;
  Text search_keywords;
  Time first_visit_at;
  Time visit_at;
  std::int64_t visits = 0;
  std::int64_t chats = 0;
  std::int64_t page_views = 0;
  ChatId last_chat;
  Time last_chat_at;
  Time created_at;
  Time updated_at;
  shape::Extensions extensions;
  shape::Wire wire;
  friend bool operator==(const Visitor&, const Visitor&) = default;
};

template <>
inline constexpr auto shape::fields_of<Visitor> = shape::fields<Visitor, "visitor">(
    shape::row<&Visitor::id>("id", shape::Need::required, "Stable id of the visitor."),
    shape::row<&Visitor::token>("token", shape::Need::optional, "The client's secret handle on its own visitor."),
    shape::row<&Visitor::username>("username", shape::Need::optional, "A short handle such as guest-7."),
    shape::row<&Visitor::name>("name", shape::Need::optional, "Display name."),
    shape::row<&Visitor::emails>("emails", shape::Need::optional, "E-mail addresses, the preferred one first."),
    shape::row<&Visitor::phones>("phones", shape::Need::optional, "Phone numbers as the visitor wrote them."),
    shape::row<&Visitor::language>("language", shape::Need::optional, "Language tag of the browser."),
    shape::row<&Visitor::company>("company", shape::Need::optional, "Company of the visitor."),
    shape::row<&Visitor::time_zone>("time_zone", shape::Need::optional, "Time zone, as text."),
    shape::row<&Visitor::country>("country", shape::Need::optional, "Country by name."),
    shape::row<&Visitor::state>("state", shape::Need::optional, "State or province by name."),
    shape::row<&Visitor::city>("city", shape::Need::optional, "City by name."),
    shape::row<&Visitor::product_service>("product_service", shape::Need::optional,
                                          "Product or service chosen before the chat."),
    shape::row<&Visitor::department>("department", shape::Need::optional, "Department chosen for the visit."),
    shape::row<&Visitor::attributes>("attributes", shape::Need::optional,
                                     "Named values in the order in which they were set."),
    shape::row<&Visitor::status>("status", shape::Need::optional, "What the visitor is doing on the site."),
    shape::row<&Visitor::presence>("presence", shape::Need::optional, "Whether somebody is at the keyboard."),
    shape::row<&Visitor::ip>("ip", shape::Need::optional, "Address the visit came from."),
    shape::row<&Visitor::user_agent>("user_agent", shape::Need::optional, "User-Agent header of the browser."),
    shape::row<&Visitor::host>("host", shape::Need::optional, "Host the visitor called."),
    shape::row<&Visitor::browser>("browser", shape::Need::optional, "Browser and version by name."),
    shape::row<&Visitor::operating_system>("operating_system", shape::Need::optional, "Operating system by name."),
    shape::row<&Visitor::screen_resolution>("screen_resolution", shape::Need::optional,
                                            "Width x height of the screen."),
    shape::row<&Visitor::flash_version>("flash_version", shape::Need::optional, "Flash version, of old browsers."),
    shape::row<&Visitor::channel>("channel", shape::Need::optional, "How the visitor came: web, whatsapp, …"),
    shape::row<&Visitor::landing_page>("landing_page", shape::Need::optional, "First page of the visit."),
    shape::row<&Visitor::landing_title>("landing_title", shape::Need::optional, "Title of the first page."),
    shape::row<&Visitor::current_page>("current_page", shape::Need::optional, "Page being viewed."),
    shape::row<&Visitor::page_history>("page_history", shape::Need::optional, "Pages viewed, oldest first."),
    shape::row<&Visitor::referrer>("referrer", shape::Need::optional, "Page that led here."),
    shape::row<&Visitor::search_engine>("search_engine", shape::Need::optional, "Search engine that led here."),
    shape::row<&Visitor::search_keywords>("search_keywords", shape::Need::optional, "Words searched for."),
    shape::row<&Visitor::first_visit_at>("first_visit_at", shape::Need::optional, "First visit ever."),
    shape::row<&Visitor::visit_at>("visit_at", shape::Need::optional, "Start of this visit."),
    shape::row<&Visitor::visits>("visits", shape::Need::optional, "Visits so far."),
    shape::row<&Visitor::chats>("chats", shape::Need::optional, "Chats so far."),
    shape::row<&Visitor::page_views>("page_views", shape::Need::optional, "Pages viewed so far."),
    shape::row<&Visitor::last_chat>("last_chat", shape::Need::optional, "The latest chat."),
    shape::row<&Visitor::last_chat_at>("last_chat_at", shape::Need::optional, "When the latest chat began."),
    shape::row<&Visitor::created_at>("created_at", shape::Need::optional, "When the record was made."),
    shape::row<&Visitor::updated_at>("updated_at", shape::Need::optional, "When the record was last changed."));

}  // namespace parley
