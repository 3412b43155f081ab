// An offline message (livechat/offlineMessages).
#pragma once

#include "adapters/comm100/codecs.hpp"
#include "schemas/canonical/offline_message.hpp"

namespace parley::comm100 {

/// `source`: what led the visitor to the form. Any other source is shown as chatButton, and reported as a loss.
struct OfflineSource {
  static constexpr std::array<std::string_view, 5> words = {"chatButton", "autoInvitation", "manualInvitation", "bot",
                                                            "queue"};
  static constexpr shape::Type type{.form = shape::Form::word, .words = words};
  static constexpr shape::Fidelity fidelity = shape::Fidelity::converted;
  static shape::Fit read(const shape::Node& node, Text& source, shape::Reading& reading);
  static void write(const Text& source, shape::Writer& writer);
  static bool empty(const Text& source) { return source.empty(); }
  static void losses(const Text& source, std::string_view member, shape::Losses& losses);
};

/// Parley knows no session, skill, attachment, invitation, campaign or contact identity of a message. These members are absent, unless the
/// message was loaded with them.
inline constexpr auto offline_message = shape::shape<OfflineMessage, "comm100.offlineMessage">(
    shape::row<&OfflineMessage::number>("id", shape::Need::always, "Number of the message in its site."),
    shape::row<&OfflineMessage::id, GuidId>("guid", shape::Need::required, "Id of the message in news of it."),
    shape::row<&OfflineMessage::at, VisitTime>("createdTime", shape::Need::always, "When it was left."),
    shape::row<&OfflineMessage::name>("name", shape::Need::always, "Who left it."),
    shape::row<&OfflineMessage::email>("email", shape::Need::always, "E-mail address to answer to."),
    shape::row<&OfflineMessage::phone>("phone", shape::Need::always, "Phone number to answer to."),
    shape::row<&OfflineMessage::company>("company", shape::Need::always, "Company of who left it."),
    shape::row<&OfflineMessage::department, GuidId>("departmentId", shape::Need::always,
                                                    "Department that it was left for; zero guid for none."),
    shape::row<&OfflineMessage::agent, GuidId>("agentId", shape::Need::always,
                                               "Agent who deals with it; zero guid for none."),
    shape::row<&OfflineMessage::ticket>("ticketId", shape::Need::always, "Number of its ticket; 0 for none."),
    shape::row<&OfflineMessage::subject>("subject", shape::Need::always, "What it is about."),
    shape::row<&OfflineMessage::text>("message", shape::Need::always, "What was written."),
    shape::row<&OfflineMessage::page_title>("requestingPageTitle", shape::Need::always,
                                            "Title of the page with the form."),
    shape::row<&OfflineMessage::page_url>("requestingPageURL", shape::Need::always, "Address of that page."),
    shape::row<&OfflineMessage::source, OfflineSource>("source", shape::Need::optional,
                                                       "chatButton, autoInvitation, manualInvitation, bot or queue."),
    shape::row<&OfflineMessage::visitor, GuidId>("visitorId", shape::Need::always,
                                                 "The visitor who left it; zero guid where that is not known."),
    shape::dropped<&OfflineMessage::host>("Comm100 shows whole addresses of pages, not the host."),
    shape::dropped<&OfflineMessage::updated_at>("Comm100 shows when a message was left, not when it was changed."));

}  // namespace parley::comm100
