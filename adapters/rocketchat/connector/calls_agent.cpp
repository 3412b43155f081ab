// Operations on agents. What an agent is to this vendor: a user with a presence, who takes chats or does not.
#include <algorithm>

#include "adapters/rocketchat/bodies.hpp"
#include "adapters/rocketchat/connector/calls.hpp"
#include "adapters/rocketchat/connector/lists.hpp"
#include "adapters/rocketchat/facade/facade.hpp"
#include "adapters/rocketchat/fields.hpp"

namespace parley::rocketchat::calls {
namespace {

constexpr std::string_view agents_call = "GET livechat/users/agent";

/// The agent in the list, by id or by the guid that stands for it.
contract::Task<Result<Agent>> agent_in_list(VendorCalls& caller, const String& id) {
  const Wanted<Agent> same = [&id](const Agent& one) { return one.id.text == id || stands_for(id, one.id.text); };
  Result<List<Agent>> all = co_await read_agents(caller, same);
  if (!all) co_return std::move(all).error();
  const auto found = std::find_if(all->begin(), all->end(), same);
  if (found == all->end()) co_return not_found(Code::no_such_agent);
  co_return std::move(*found);
}

}  // namespace

contract::Task<Result<List<Agent>>> read_agents(VendorCalls& caller, const Wanted<Agent>& wanted) {
  const upstream::Target target(path::agents);
  co_return co_await read_list<Agent>(caller, agents_call, target, "users", shape::view<agent>, wanted);
}

contract::Task<Result<Agent>> find_agent(VendorCalls& caller, const AgentId& id) {
  if (is_mapped(id.text)) co_return co_await agent_in_list(caller, id.text);
  upstream::Target target(path::agents);
  target.segment(id.text);
  if (!target.good()) co_return not_found(Code::no_such_agent);
  shape::Document document;
  const Result<void> read = co_await caller.get("GET livechat/users/agent/:id", target, document);
  // Looking at one agent needs more rights than looking at all of them.
  const bool denied = !read && read.error().code == Code::upstream_denied;
  if (denied) co_return co_await agent_in_list(caller, id.text);
  if (!read) co_return read.error();
  const shape::Node* user = document.root().find("user");
  if (user == nullptr || !user->is_object()) co_return not_found(Code::no_such_agent);
  Agent made;
  shape::Reading reading(caller.text_losses());
  shape::read_object(shape::view<agent>, *user, &made, reading);
  if (made.id.empty()) co_return not_found(Code::no_such_agent);
  co_return made;
}

namespace {

contract::Task<Result<List<Agent>>> read_all_agents(VendorCalls& caller) {
  const Wanted<Agent> all;
  co_return co_await read_agents(caller, all);
}

}  // namespace

Answer list_agents(VendorCalls& caller, const ListAgents& operation) {
  return answer_list<Agent>(caller, agents_call, path::agents, "users", shape::view<agent>, operation.query,
                            &read_all_agents);
}

Answer get_agent(VendorCalls& caller, const GetAgent& operation) {
  Result<Agent> found = co_await find_agent(caller, operation.agent);
  if (!found) co_return std::move(found).error();
  co_return Outcome(Ref<Agent>(*std::move(found)));
}

Answer set_agent_status(VendorCalls& caller, const SetAgentStatus& operation) {
  WriteLosses ledger(caller.call());
  const bool known = operation.status == "Online" || operation.status == "Away";
  if (!known) ledger.note("agent.status", "Rocket.Chat can be told available and not-available");
  if (Result<void> good = ledger.before(); !good) co_return std::move(good).error();
  AgentId id = operation.agent;
  if (is_mapped(id.text)) {
    const Quiet quiet(caller);
    const Result<Agent> found = co_await agent_in_list(caller, id.text);
    if (!found) co_return found.error();
    id = found->id;
  }
  const Buffer body = write_body<agent_status_body>(body_of(SetAgentStatus{.agent = id, .status = operation.status}));
  shape::Document answer;
  const Result<void> set = co_await caller.post("POST livechat/agent.status", path::agent_status, body, answer);
  if (!set) co_return set.error();
  Result<Agent> kept = co_await find_agent(caller, id);
  if (!kept) co_return std::move(kept).error();
  if (known && kept->status != operation.status)
    ledger.note("agent.status", "the agent stands as " + kept->status + " upstream");
  if (Result<void> good = ledger.after(); !good) co_return std::move(good).error();
  co_return Outcome(Ref<Agent>(*std::move(kept)));
}

}  // namespace parley::rocketchat::calls
