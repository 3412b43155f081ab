// The bodies of the vendors' calls. A call needs a row here if its sample or the default is not accepted, or if members may be null.
#include "tests/support/bodies.hpp"

#include <algorithm>

#include "adapters/contract/adapter.hpp"

namespace parley::test {
namespace {

const List<Body>& bodies() {
  static const List<Body> all = {
      {"comm100", "/v4/livechat/agents/:id", R"({"status":"Away"})", {"id"}},
      {"comm100", "/v4/livechat/visitors/:id", R"({"name":"plan"})", {"value", "url"}},
      {"comm100",
       "/v4/livechat/chats:Search",
       R"({"filters":[{"name":"departmentId","operator":"ignored","value":[""]}]})",
       {"startTime", "endTime"}},
      {"comm100", "/v4/livechat/missedAndRefusedChats:Search", "{}", {"filters", "startTime", "endTime"}},
      {"comm100", "/v4/livechat/chats", R"([10023,"5b0c7c1e-8a52-4d0f-9a63-1f6a7c2b9e44"])", {}},
      {"comm100", "/v4/livechat/offlineMessages:search", "{}", {"filters", "startTime", "endTime"}},
      {"comm100",
       "/v4/livechat/offlineMessages/:id",
       R"({"subject":"Parcel"})",
       {"name", "email", "phone", "company", "departmentId", "agentId", "ticketId", "message"}},
      {"comm100", "/v4/livechat/offlineMessages", R"([311,"7e2d9c40-51af-4b6e-8f03-6a9b1c2d4e5f"])", {}},
      {"comm100",
       "/v4/global/departments",
       R"({"name":"Delivery"})",
       {"id", "description", "isAvailableInLiveChat", "isAvailableInTicketingAndMessaging", "offlineMessageMailTo",
        "offlineMessageEmailAddresses", "agentIds", "chatbotStartTriggerActionIds", "shiftIds", "segmentIds"}},
      {"comm100",
       "/v4/global/departments/:id",
       R"({"name":"Delivery"})",
       {"id", "description", "isAvailableInLiveChat", "isAvailableInTicketingAndMessaging", "offlineMessageMailTo",
        "offlineMessageEmailAddresses", "agentIds", "chatbotStartTriggerActionIds", "shiftIds", "segmentIds"}},
      {"comm100",
       "/v4/contact/contacts",
       R"({"name":"Ann","contactIdentities":[{"contactIdentityType":"Email","value":"ann@shop.example"}]})",
       {"id", "firstName", "lastName", "customFields"},
       {},
       http::Method::post},
      {"comm100", "/v4/contact/contacts", R"(["5b0c7c1e-8a52-4d0f-9a63-1f6a7c2b9e44"])", {}, {}, http::Method::del},
      {"comm100",
       "/v4/contact/contacts/:id",
       R"({"name":"Ann","contactIdentities":[]})",
       {"id", "firstName", "lastName", "customFields"}},
      {"comm100", "/v4/contact/contacts:query", "{}", {"pageIndex", "pageSize", "filterConditions"}},
      {"comm100",
       "/v4/contact/contactIdentities",
       R"({"contactId":"5b0c7c1e-8a52-4d0f-9a63-1f6a7c2b9e44","contactIdentityType":"Email","value":"ann@shop.example"})",
       {"id", "displayName", "avatarUrl", "infoUrl", "originalContactPageUrl"}},
      {"comm100",
       "/v4/contact/contactIdentities/:id",
       R"({"displayName":"Ann"})",
       {"id", "contactId", "contactIdentityType", "value", "avatarUrl", "infoUrl", "originalContactPageUrl"}},
      {"comm100", "/v4/contact/contactIdentities:query", R"({"value":"ann@shop.example"})", {"ids", "identityType"}},
      {"comm100",
       "/oauth/token",
       R"({"grant_type":"password","email":"agent@example.com","password":"conformance-password"})",
       {"client_id", "refresh_token", "scope"}},
      {"enghouse", "/livechat/sendTextMessageToActiveChat/:chatId", R"({"text":"Hello"})", {"nickname"}},
      {"enghouse", "/livechat/:domain/sendTextMessageToActiveChat/:chatId", R"({"text":"Hello"})", {"nickname"}},
      {"enghouse",
       "/livechat/:domain/getChatTranscriptByTimeRangeAndServiceID",
       R"({"beginTime":1,"endTime":2})",
       {"serviceID"}},
      {"rocketchat",
       "/api/v1/login",
       R"({"user":"conformance","password":"conformance-password"})",
       {"username", "email", "code", "resume"}},
      {"rocketchat",
       "/api/v1/login",
       R"({"email":"agent@example.com","password":"conformance-password"})",
       {"user", "username", "code", "resume"}},
      {"rocketchat", "/api/v1/logout", "{}", {}},
      {"rocketchat",
       "/api/v1/livechat/visitor",
       R"({"visitor":{"token":"t"}})",
       {"visitor.name", "visitor.email", "visitor.phone", "visitor.department", "visitor.username",
        "visitor.customFields", "visitor.id"}},
      {"rocketchat",
       "/api/v1/livechat/page.visited",
       R"({"token":"t","pageInfo":{"change":"url","title":"","location":{"href":"https://a.example/"}}})",
       {"rid"},
       "8"},
      // In version 0.70, the vendor requires `rid` to be a string.
      {"rocketchat",
       "/api/v1/livechat/page.visited",
       R"({"token":"t","rid":"r","pageInfo":{"change":"url","title":"","location":{"href":"https://a.example/"}}})",
       {},
       "0.70"},
      {"rocketchat", "/api/v1/livechat/custom.field", R"({"token":"t","key":"a","value":"b","overwrite":true})", {}},
      {"rocketchat", "/api/v1/livechat/custom.fields", R"({"token":"t","customFields":[]})", {}},
      {"rocketchat", "/api/v1/livechat/agent.status", R"({"status":"available"})", {"agentId"}},
      {"rocketchat", "/api/v1/livechat/message", R"({"token":"t","rid":"r","msg":"m"})", {"_id"}, "8"},
      {"rocketchat", "/api/v1/livechat/message", R"({"token":"t","rid":"r","msg":"m"})", {"_id", "agent"}, "0.70"},
      {"rocketchat",
       "/api/v1/livechat/offline.message",
       R"({"name":"Ann","email":"ann@shop.example","message":"m"})",
       {"department", "host"}},
      {"rocketchat",
       "/api/v1/livechat/department",
       R"({"department":{"name":"a","email":"","enabled":true,"showOnRegistration":true,"showOnOfflineForm":true}})",
       {"department.description", "department._id", "department.archived"}},
      {"rocketchat",
       "/api/v1/livechat/room.saveInfo",
       R"({"guestData":{"_id":"v"},"roomData":{"_id":"r"}})",
       {"guestData.name", "guestData.email", "guestData.phone", "guestData.livechatData", "roomData.topic",
        "roomData.tags", "roomData.livechatData", "roomData.priorityId", "roomData.slaId"}},
      {"rocketchat",
       "/api/v1/livechat/transcript",
       R"({"rid":"r","token":"t","email":"ann@shop.example"})",
       {"subject"}},
      {"rocketchat",
       "/api/v1/omnichannel/contact",
       R"({"token":"t","name":"Ann"})",
       {"_id", "email", "phone", "username", "customFields", "contactManager"}},
      {"rocketchat",
       "/api/v1/omnichannel/contacts",
       R"({"name":"Ann","emails":[],"phones":[]})",
       {"customFields", "contactManager"}},
      {"rocketchat",
       "/api/v1/omnichannel/contacts.update",
       R"({"contactId":"c"})",
       {"name", "emails", "phones", "customFields", "contactManager", "wipeConflicts"}},
      {"rocketchat",
       "/api/v1/omnichannel/contacts.conflicts",
       R"({"contactId":"c"})",
       {"name", "customFields", "contactManager", "wipeConflicts"}},
      {"rocketchat", "/api/v1/livechat/inquiries.take", R"({"inquiryId":"r"})", {"userId"}},
  };
  return all;
}

/// The sample of a call's body from the adapter's folder, or empty.
std::string_view sample_of(std::string_view facade, std::string_view pattern) {
  const contract::Adapter* adapter = contract::find_adapter(facade);
  if (adapter == nullptr || adapter->samples == nullptr) return {};
  const auto shape = std::ranges::find(adapter->bodies, pattern, &contract::BodyShape::pattern);
  if (shape == adapter->bodies.end()) return {};
  const std::span<const contract::Sample> samples = adapter->samples();
  const auto sample = std::ranges::find(samples, String(shape->name) + ".json", &contract::Sample::name);
  return sample == samples.end() ? std::string_view() : sample->text;
}

}  // namespace

List<Body> bodies_of(std::string_view facade, std::string_view profile, std::string_view pattern, http::Method method) {
  List<Body> found;
  for (const Body& one : bodies()) {
    const bool of_profile = one.profile.empty() || one.profile == (profile.empty() ? "8" : profile);
    const bool of_method = !one.method || *one.method == method;
    if (one.facade == facade && one.pattern == pattern && of_profile && of_method) found.push_back(one);
  }
  if (const std::string_view sample = sample_of(facade, pattern); found.empty() && !sample.empty()) {
    found.push_back({facade, pattern, String(sample), {}});
  }
  if (found.empty()) found.push_back({facade, pattern, R"({"name":"a","status":"Away"})", {}});
  return found;
}

}  // namespace parley::test
