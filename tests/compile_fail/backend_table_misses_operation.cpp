// A backend's table that leaves out one operation.
// EXPECT: a backend's table names every operation once: can<Op> or cannot<Op>(why)
#include "adapters/contract/support.hpp"

namespace parley::contract {

constexpr Support forgetful(
    can<GetChatContact, ListVisitors, GetVisitor, SetVisitorVariables, ListAgents, GetAgent, SetAgentStatus,
        RegisterVisitor, RecordPageVisit, ListContactChannels>,
    cannot<OpenChat, GetChat, PostMessage, EditMessage, DeleteMessage, GetMessage, ListMessages, ListTranscripts,
           CloseChat, CloseAllChats, AssignChat, RateChat, DeleteChats, PostMessages, ChangeChat, RequestTranscript,
           ListDepartments, GetDepartment, PutDepartment, DeleteDepartment, LeaveOfflineMessage, ListOfflineMessages,
           GetOfflineMessage, ChangeOfflineMessage, DeleteOfflineMessages, SetPresence, DeleteVisitor, GetSite,
           PostFile, GetFile, ListContacts, GetContact, PutContact, PutIdentity, DeleteIdentity, MergeContacts,
           DeleteContacts>("it has none"));

}  // namespace parley::contract
