// GetSite: what a site is to somebody who comes.
#pragma once

#include "adapters/store/participants.hpp"
#include "schemas/operation.hpp"

namespace parley::store {

struct SiteRecords {
  const List<Stored<Department>>* departments = nullptr;
  const List<Stored<Agent>>* agents = nullptr;
  const FoundVisitor* visitor = nullptr;
  const Stored<Chat>* chat = nullptr;  ///< the visitor's open chat
  List<Person> people{};               ///< of `chat`
};
/// Needs up to three rounds. Reads the tables of departments and agents, and no other one as a whole.
SiteRecords gather(const GetSite& operation, Gathered& gathered);

/// A department has the agents that it names, and those that name it. One that is disabled, or has no agents, is left out and has nobody who
/// is there. The chat has the present data of its people. No errors.
Result<Outcome> decide(const GetSite& operation, const SiteRecords& found);

}  // namespace parley::store
