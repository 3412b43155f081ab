// Helpers for the tests of rules: a fixed time, fixed ids, stored records, and access to the changes of a decision.
#pragma once

#include "adapters/store/decision.hpp"
#include "tests/adapters/store/client.hpp"

namespace parley::store::test {

inline constexpr Time now = Time::at(1'700'000'000'000);

inline DecisionContext fixed(std::string_view page_changes = "url") {
  return {.now = now,
          .ids = {[] { return String("rocket"); }, [] { return String("object"); }},
          .page_changes = page_changes};
}

inline Visitor visitor_named(std::string_view id, std::string_view token = {}) {
  Visitor visitor;
  visitor.id.text = id;
  visitor.token = token;
  return visitor;
}

inline FoundVisitor found(Visitor visitor, VisitorHandle::Kind handle = VisitorHandle::Kind::token) {
  FoundVisitor found;
  found.number = 1;
  found.value = std::move(visitor);
  found.handle = handle;
  return found;
}
template <class T>
Stored<T> stored(T record) {
  return {1, 0, std::move(record)};
}

/// The decision of a case that must succeed.
inline Decision made(Result<Decision> decision) {
  REQUIRE_MESSAGE(decision.has_value(), (decision ? String() : decision.error().message));
  return *std::move(decision);
}

/// The only change of type T; nullptr if there is none.
template <class T>
const T* change_of(const Decision& decision) {
  const T* only = nullptr;
  for (const Change& change : decision.changes) {
    const T* one = std::get_if<T>(&change);
    if (one == nullptr) continue;
    CHECK(only == nullptr);
    only = one;
  }
  return only;
}

}  // namespace parley::store::test
