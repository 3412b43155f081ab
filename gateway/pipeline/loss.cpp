// The loss policy; see loss.hpp.
#include "gateway/pipeline/loss.hpp"

namespace parley::gateway::pipeline {
namespace {

constexpr std::size_t longest_list = 512;
constexpr std::size_t longest_name = 128;  // an unknown member keeps the name that the upstream gave it

}  // namespace

String list_losses(const shape::Losses& losses) {
  const auto plain = [](char byte) { return byte > ' ' && byte <= '~' && byte != ','; };
  String list;
  list.reserve(128);
  List<std::string_view> named;
  named.reserve(losses.size());
  for (const shape::Loss& loss : losses) {
    if (std::find(named.begin(), named.end(), loss.member) != named.end()) continue;
    named.push_back(loss.member);
    const std::string_view name = loss.member.view().substr(0, longest_name);
    if (list.size() + name.size() > longest_list) {
      list += ", and more";
      break;
    }
    if (!list.empty()) list += ", ";
    if (std::all_of(name.begin(), name.end(), plain)) {
      list += name;
    } else {
      for (const char byte : name) list += plain(byte) ? byte : '?';
    }
    if (name.size() < loss.member.view().size()) list += "...";
  }
  return list;
}

Error lossy(const shape::Losses& losses, bool written) {
  return {.code = Code::lossy,
          .message = String(written ? "it was written, but " : "") + "the answer cannot carry " + list_losses(losses) +
                     ", and this route is lossless",
          .field = String(losses.front().member)};
}

Result<void> vet(Exchange& x, const Outcome& outcome) {
  http::Reply reply;
  if (Result<void> shown = x.found.mount->show(x.request, x.decoded, outcome, reply); !shown) return shown;
  if (!x.call->lossless || reply.losses.empty()) return {};
  x.not_kept = std::move(reply.losses);
  return lossy(x.not_kept);
}

}  // namespace parley::gateway::pipeline
