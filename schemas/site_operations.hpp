// The canonical requests about departments, offline messages, and the presence and deletion of visitors. operation.hpp lists them.
#pragma once

#include <optional>

#include "schemas/answer.hpp"
#include "schemas/chat_query.hpp"
#include "schemas/operation_list.hpp"

namespace parley {

struct ListDepartments {
  static constexpr OperationFacts facts = reading("ListDepartments");
  using Answer = Page<Department>;

  ListQuery query{};
};

/// Error: no_such_department.
struct GetDepartment {
  static constexpr OperationFacts facts = reading("GetDepartment");
  using Answer = Ref<Department>;

  DepartmentId department{};
};

/// Adds a department (`create`; an empty id = a new id), or changes one. Absent members stay unchanged: vendors know different ones. The
/// records of agents who come or go are changed with it. Errors: no_such_department (nothing to change); invalid_field (`create`, and the
/// id is another department's).
struct PutDepartment {
  static constexpr OperationFacts facts = writing("PutDepartment");
  using Answer = Ref<Department>;

  DepartmentId department{};
  bool create = false;
  std::optional<Text> name{};
  std::optional<Text> description{};
  std::optional<Text> email{};
  std::optional<bool> disabled{};
  std::optional<bool> hidden_on_registration{};
  std::optional<bool> hidden_on_offline_form{};
  std::optional<List<Text>> agents{};  ///< the whole list
  List<Text> joining{};                ///< agents that the list gains
  List<Text> leaving{};                ///< agents that the list loses
  shape::Extensions extensions{};      ///< replace those of the same shape and key
};

/// Removes a department. Its agents leave it; chats and visitors keep its id. Error: no_such_department.
struct DeleteDepartment {
  static constexpr OperationFacts facts = writing("DeleteDepartment");
  using Answer = Ref<Department>;

  DepartmentId department{};
};

/// Stores a message that was left while no agent was there. The store gives it its number, its time, and an id if it has none.
struct LeaveOfflineMessage {
  static constexpr OperationFacts facts = writing("LeaveOfflineMessage");
  using Answer = Ref<OfflineMessage>;

  OfflineMessage message{};
};

/// The offline messages of a filter, in its order unless the query has an order.
struct ListOfflineMessages {
  static constexpr OperationFacts facts = reading("ListOfflineMessages");
  using Answer = Page<OfflineMessage>;

  ListQuery query{};
  OfflineMessageFilter filter{};
};

/// Error: no_such_offline_message.
struct GetOfflineMessage {
  static constexpr OperationFacts facts = reading("GetOfflineMessage");
  using Answer = Ref<OfflineMessage>;

  OfflineMessageRef message{};
};

/// Changes an offline message. Absent members stay unchanged. Error: no_such_offline_message.
struct ChangeOfflineMessage {
  static constexpr OperationFacts facts = writing("ChangeOfflineMessage");
  using Answer = Ref<OfflineMessage>;

  OfflineMessageRef message{};
  std::optional<Text> name{};
  std::optional<Text> email{};
  std::optional<Text> phone{};
  std::optional<Text> company{};
  std::optional<Text> subject{};
  std::optional<Text> text{};
  std::optional<DepartmentId> department{};
  std::optional<AgentId> agent{};
  std::optional<std::int64_t> ticket{};
};

/// Removes offline messages; unknown ones are passed over. Error, if `messages` has one: no_such_offline_message.
struct DeleteOfflineMessages {
  static constexpr OperationFacts facts = writing("DeleteOfflineMessages");
  using Answer = DeletedOfflineMessages;

  List<OfflineMessageRef> messages{};
};

/// Notes whether a visitor is at the keyboard. Error: no_such_visitor.
struct SetPresence {
  static constexpr OperationFacts facts = writing("SetPresence");
  using Answer = Ref<Visitor>;

  Text token{};
  Presence presence = Presence::unknown;
};

/// Removes a visitor (exactly one of id and token is set; here an id never stands for a token) with all personal data: the record, the page
/// visits, the offline messages of the visitor and of the same e-mail addresses, the channels of the contact, and the messages of the
/// visitor's chats. Those chats stay without their visitor, with their times, counts and agents. Errors: no_such_visitor;
/// visitor_has_open_chat.
struct DeleteVisitor {
  static constexpr OperationFacts facts = writing("DeleteVisitor");
  using Answer = ErasedVisitor;

  VisitorId visitor{};
  Text token{};
};

/// What a site shows before a chat: whether agents are there, the departments, and of a known visitor the record and the open chat.
/// An unknown visitor, or department, is no error: nobody is recognised, and no agent is there.
struct GetSite {
  static constexpr OperationFacts facts = reading("GetSite");
  using Answer = Site;

  Text token{};               ///< empty = none; here an id never stands for it
  DepartmentId department{};  ///< empty = any
};

}  // namespace parley
