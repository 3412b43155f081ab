// The table of a backend with two operations, and the common base of its handlers.
#pragma once

#include "adapters/contract/support.hpp"

namespace parley::contract {

inline constexpr Support few(
    can<GetAgent, ListAgents>, cannot<GetChatContact>("no"), cannot<ListVisitors>("no"), cannot<GetVisitor>("no"),
    cannot<SetVisitorVariables>("no"), cannot<SetAgentStatus>("no"), cannot<RegisterVisitor>("no"),
    cannot<RecordPageVisit>("no"), cannot<ListContactChannels>("no"), cannot<OpenChat>("no"), cannot<ListChats>("no"),
    cannot<GetChat, PostMessage, EditMessage, DeleteMessage, GetMessage, ListMessages, ListTranscripts, CloseChat,
           CloseAllChats, AssignChat, RateChat, DeleteChats, PostMessages, ChangeChat, RequestTranscript>("no"),
    cannot<ListDepartments, GetDepartment, PutDepartment, DeleteDepartment, LeaveOfflineMessage, ListOfflineMessages,
           GetOfflineMessage, ChangeOfflineMessage, DeleteOfflineMessages, SetPresence, DeleteVisitor, GetSite,
           PostFile, GetFile, ListContacts, GetContact, PutContact, PutIdentity, DeleteIdentity, MergeContacts,
           DeleteContacts>("no"));
static_assert(few.why_not(operation_kind<OpenChat>) == "no");

struct Refusing {
  static int refuse(std::string_view) { return 0; }
};

}  // namespace parley::contract
