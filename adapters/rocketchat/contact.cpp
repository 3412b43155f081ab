// See contact.hpp.
#include "adapters/rocketchat/contact.hpp"

#include <algorithm>

namespace parley::rocketchat {
namespace {

/// Whether a list of the contact shows the identity's value.
bool is_shown(const Identity& one, const Contact& contact) noexcept {
  if (one.deleted) return false;
  if (one.kind == IdentityKind::email || one.kind == IdentityKind::phone) return true;
  return one.kind == IdentityKind::visitor &&
         std::any_of(contact.channels.begin(), contact.channels.end(),
                     [&one](const Channel& channel) { return channel.visitor.text == one.value; });
}

}  // namespace

void finish_identities(Contact& contact) {
  for (Identity& one : contact.identities) one.contact = contact.id;
}

void find_identity_losses(const Contact& contact, shape::Losses& losses) {
  const auto tell = [&losses](bool lost, std::string_view member, const shape::Label& reason) {
    if (lost) losses.push_back({shape::Label::constant(member), reason});
  };
  const auto any = [&contact](const auto& fits) {
    return std::any_of(contact.identities.begin(), contact.identities.end(), fits);
  };
  const shape::Label bare = "Rocket.Chat has addresses and numbers, and says nothing of them";
  tell(any([&contact](const Identity& one) { return !is_shown(one, contact) || !one.extensions.empty(); }),
       shape::lossy<&Contact::identities>, "Rocket.Chat has addresses and numbers, and channels of visitors");
  tell(any([](const Identity& one) { return !one.id.empty(); }), shape::lossy<&Identity::id>, bare);
  tell(any([&contact](const Identity& one) { return !one.contact.empty() && one.contact != contact.id; }),
       shape::lossy<&Identity::contact>, bare);
  tell(any([](const Identity& one) { return !one.name.empty(); }), shape::lossy<&Identity::name>, bare);
  tell(any([](const Identity& one) { return !one.avatar.empty(); }), shape::lossy<&Identity::avatar>, bare);
  tell(any([](const Identity& one) { return !one.info_url.empty(); }), shape::lossy<&Identity::info_url>, bare);
  tell(any([](const Identity& one) { return !one.page_url.empty(); }), shape::lossy<&Identity::page_url>, bare);
}

}  // namespace parley::rocketchat
