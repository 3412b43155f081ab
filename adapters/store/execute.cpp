// Finds the rule of each operation. An operation without a rule does not compile.
#include "adapters/store/execute.hpp"

#include <concepts>

#include "adapters/store/rules/assign_chat.hpp"
#include "adapters/store/rules/change_chat.hpp"
#include "adapters/store/rules/change_message.hpp"
#include "adapters/store/rules/close_chat.hpp"
#include "adapters/store/rules/contacts.hpp"
#include "adapters/store/rules/delete_chats.hpp"
#include "adapters/store/rules/delete_contacts.hpp"
#include "adapters/store/rules/delete_visitor.hpp"
#include "adapters/store/rules/departments.hpp"
#include "adapters/store/rules/files.hpp"
#include "adapters/store/rules/get_site.hpp"
#include "adapters/store/rules/merge_contacts.hpp"
#include "adapters/store/rules/offline_messages.hpp"
#include "adapters/store/rules/open_chat.hpp"
#include "adapters/store/rules/post_message.hpp"
#include "adapters/store/rules/post_messages.hpp"
#include "adapters/store/rules/rate_chat.hpp"
#include "adapters/store/rules/read_chats.hpp"
#include "adapters/store/rules/reads.hpp"
#include "adapters/store/rules/record_page_visit.hpp"
#include "adapters/store/rules/register_visitor.hpp"
#include "adapters/store/rules/set_agent_status.hpp"
#include "adapters/store/rules/set_presence.hpp"
#include "adapters/store/rules/set_visitor_variables.hpp"

namespace parley::store {
namespace {

template <class Op>
concept Lists = is_list_answer<typename Op::Answer>;

template <class Op>
concept Reads = requires(const Op& operation, Gathered& gathered) {
  { decide(operation, gather(operation, gathered)) } -> std::same_as<Result<Outcome>>;
};

template <class Op>
concept Writes = requires(const Op& operation, Gathered& gathered, const DecisionContext& context) {
  { decide(operation, gather(operation, gathered), context) } -> std::same_as<Result<Decision>>;
};

template <class... Ops>
constexpr bool all_have_rules(const std::variant<Ops...>*) {
  return ((Lists<Ops> + Reads<Ops> + Writes<Ops> == 1) && ...);
}
static_assert(all_have_rules(static_cast<const Operation*>(nullptr)), "an operation without a rule, or with two");

}  // namespace

bool gather_for(const Operation& operation, Gathered& gathered) {
  std::visit(
      [&gathered]<class Op>(const Op& one) {
        if constexpr (!Lists<Op>) static_cast<void>(gather(one, gathered));
      },
      operation);
  return gathered.wants();
}

Result<Decision> decision_for(const Operation& operation, Gathered& gathered, const DecisionContext& context) {
  return std::visit(
      [&gathered, &context]<class Op>(const Op& one) -> Result<Decision> {
        if constexpr (Writes<Op>) {
          return decide(one, gather(one, gathered), context);
        } else {
          return refusal(Code::internal, "not a writing operation");
        }
      },
      operation);
}

Result<Outcome> answer_for(const Operation& operation, Gathered& gathered) {
  return std::visit(
      [&gathered]<class Op>(const Op& one) -> Result<Outcome> {
        if constexpr (Reads<Op>) {
          return decide(one, gather(one, gathered));
        } else {
          return refusal(Code::internal, "not a reading operation");
        }
      },
      operation);
}

Result<Outcome> execute(const Operation& operation, Transaction& transaction, const DecisionContext& context,
                        const Vet& vet) {
  Gathered gathered;
  while (gather_for(operation, gathered)) {
    if (auto answered = transaction.gather(gathered); !answered) return std::move(answered).error();
  }
  Result<Decision> decision = decision_for(operation, gathered, context);
  if (!decision) return std::move(decision).error();
  if (vet) {
    if (auto vetted = vet(decision->outcome); !vetted) return std::move(vetted).error();
  }
  if (auto applied = transaction.apply(decision->changes); !applied) return std::move(applied).error();
  return std::move(decision->outcome);
}

Result<Outcome> read(const Operation& operation, Snapshot& snapshot, Gathered& gathered) {
  while (gather_for(operation, gathered)) {
    if (auto answered = snapshot.gather(gathered); !answered) return std::move(answered).error();
  }
  return answer_for(operation, gathered);
}

}  // namespace parley::store
