// Operations on agents. At this vendor, an agent is a user with a presence who takes chats or does not.
#include <algorithm>

#include "adapters/rocketchat/bodies.hpp"
#include "adapters/rocketchat/connector/calls.hpp"
#include "adapters/rocketchat/connector/lists.hpp"
#include "adapters/rocketchat/facade/facade.hpp"
#include "adapters/rocketchat/fields.hpp"

namespace parley::rocketchat::calls {
namespace {

constexpr std::string_view agents_call = "GET livechat/users/agent";

/// Reads the agent in an answer. Errors: no_such_agent; upstream_failed, where it is no object or has no id.
Result<Agent> read_agent(const VendorCalls& vendor, shape::Document& document) {
  const Result<const shape::Node*> user = vendor.object_in(document.root(), "user");
  if (!user) return user.error();
  if (*user == nullptr) return not_found(Code::no_such_agent);
  Agent made;
  shape::Reading reading(vendor.text_losses(), document.lend());
  shape::read_object(shape::view<agent>, **user, &made, reading);
  if (made.id.empty()) return vendor.unreadable("user has no _id");
  return made;
}

/// Finds an agent in the list by the id, or by the guid that represents it.
contract::Task<Result<Agent>> agent_in_list(VendorCalls& vendor, const Text& id) {
  const Wanted<Agent> same = [&id](const Agent& one) { return one.id.text == id || stands_for(id, one.id.text); };
  Result<upstream::Listed<Agent>> all = co_await read_agents(vendor, same);
  if (!all) co_return std::move(all).error();
  const auto found = std::find_if(all->records.begin(), all->records.end(), same);
  if (found == all->records.end()) co_return not_found(Code::no_such_agent);
  all->tell_all(vendor.text_losses());
  co_return std::move(*found);
}

}  // namespace

contract::Task<Result<upstream::Listed<Agent>>> read_agents(VendorCalls& vendor, const Wanted<Agent>& wanted) {
  const upstream::Target target(path::agents);
  co_return co_await read_list<Agent>(vendor, agents_call, target, "users", shape::view<agent>, wanted);
}

contract::Task<Result<Agent>> find_agent(VendorCalls& vendor, const AgentId& id) {
  if (is_mapped(id.text)) co_return co_await agent_in_list(vendor, id.text);
  upstream::Target target(path::agents);
  target.segment(id.text);
  if (!target.good()) co_return not_found(Code::no_such_agent);
  shape::Document document;
  const Result<void> read = co_await vendor.get("GET livechat/users/agent/:id", target, document);
  // The vendor asks for more rights to read one agent than to list all agents.
  const bool denied = !read && read.error().code == Code::upstream_denied;
  if (denied) co_return co_await agent_in_list(vendor, id.text);
  if (!read) co_return read.error();
  co_return read_agent(vendor, document);
}

namespace {

contract::Task<Result<upstream::Listed<Agent>>> read_all_agents(VendorCalls& vendor) {
  const Wanted<Agent> all;
  co_return co_await read_agents(vendor, all);
}

}  // namespace

Answer list_agents(VendorCalls& vendor, const ListAgents& operation) {
  return answer_list<Agent>(vendor, agents_call, path::agents, "users", shape::view<agent>, operation.query,
                            &read_all_agents);
}

Answer get_agent(VendorCalls& vendor, const GetAgent& operation) {
  Result<Agent> found = co_await find_agent(vendor, operation.agent);
  if (!found) co_return std::move(found).error();
  co_return Outcome(Ref<Agent>(*std::move(found)));
}

Answer set_agent_status(VendorCalls& vendor, const SetAgentStatus& operation) {
  WriteLosses losses(vendor.call());
  const bool known = operation.status == "Online" || operation.status == "Away";
  if (!known) losses.note("agent.status", "Rocket.Chat can be told available and not-available");
  if (Result<void> good = losses.before(); !good) co_return std::move(good).error();
  AgentId id = operation.agent;
  if (is_mapped(id.text)) {
    const Quiet quiet(vendor);
    const Result<Agent> found = co_await agent_in_list(vendor, id.text);
    if (!found) co_return found.error();
    id = found->id;
  }
  const Buffer body = write_body<agent_status_body>(body_of(SetAgentStatus{.agent = id, .status = operation.status}));
  shape::Document answer;
  const Result<void> set = co_await vendor.post("POST livechat/agent.status", path::agent_status, body, answer);
  if (!set) co_return set.error();
  Result<Agent> kept = co_await find_agent(vendor, id);
  if (!kept) co_return std::move(kept).error();
  if (known && kept->status != operation.status)
    losses.note("agent.status", "the agent stands as " + kept->status + " upstream");
  if (Result<void> good = losses.after(); !good) co_return std::move(good).error();
  co_return Outcome(Ref<Agent>(*std::move(kept)));
}

}  // namespace parley::rocketchat::calls
