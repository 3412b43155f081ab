// LeaveOfflineMessage, GetOfflineMessage, ChangeOfflineMessage, DeleteOfflineMessages.
#pragma once

#include "adapters/store/decision.hpp"
#include "adapters/store/gathered.hpp"
#include "schemas/operation.hpp"

namespace parley::store {

/// The counter's name. Its value is the highest number of any offline message so far.
inline constexpr std::string_view offline_message_counter = "offline_messages";

struct LeaveOfflineMessageRecords {
  const Stored<OfflineMessage>* same_id = nullptr;
  const Stored<Department>* department = nullptr;  ///< that the message names
  const std::int64_t* messages = nullptr;          ///< the counter
};
/// Each needs one round.
LeaveOfflineMessageRecords gather(const LeaveOfflineMessage& operation, Gathered& gathered);
const Stored<OfflineMessage>* gather(const GetOfflineMessage& operation, Gathered& gathered);
const Stored<OfflineMessage>* gather(const ChangeOfflineMessage& operation, Gathered& gathered);
List<const Stored<OfflineMessage>*> gather(const DeleteOfflineMessages& operation, Gathered& gathered);

/// The message as it is stored. Errors: invalid_field (`id`: another message has it).
Result<Decision> decide(const LeaveOfflineMessage& operation, const LeaveOfflineMessageRecords& found,
                        const DecisionContext& context);

/// Errors: no_such_offline_message.
Result<Outcome> decide(const GetOfflineMessage& operation, const Stored<OfflineMessage>* message);

/// The message as it is now. Errors: no_such_offline_message.
Result<Decision> decide(const ChangeOfflineMessage& operation, const Stored<OfflineMessage>* message,
                        const DecisionContext& context);

/// The number of messages removed; each is counted once. Errors, where the operation names one message: no_such_offline_message.
Result<Decision> decide(const DeleteOfflineMessages& operation, const List<const Stored<OfflineMessage>*>& found,
                        const DecisionContext& context);

}  // namespace parley::store
