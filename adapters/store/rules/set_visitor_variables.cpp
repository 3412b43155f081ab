// A variable and a field of the same name are two attributes.
#include "adapters/store/rules/set_visitor_variables.hpp"

#include "adapters/store/attributes.hpp"

namespace parley::store {

const FoundVisitor* gather(const SetVisitorVariables& operation, Gathered& gathered) {
  const bool by_token = operation.visitor.empty() && !operation.token.empty();
  return gathered.find(by_token ? visitor_by_token(operation.token) : visitor_by_id(operation.visitor.text));
}

Result<Decision> decide(const SetVisitorVariables& operation, const FoundVisitor* visitor,
                        const DecisionContext& context) {
  if (visitor == nullptr) return refusal(Code::no_such_visitor, "no such visitor");
  Visitor changed = visitor->value;
  if (operation.variables.empty() && operation.fields.empty()) return Decision{Ref<Visitor>(std::move(changed)), {}};
  set_variables(changed.attributes, operation.variables);
  set_fields(changed.attributes, operation.fields);
  if (auto checked = check_attributes(changed.attributes); !checked) return std::move(checked).error();
  changed.updated_at = context.now;
  const Ref<Visitor> after(std::move(changed));
  return Decision{after, {Put<Visitor>{visitor, after}}};
}

}  // namespace parley::store
