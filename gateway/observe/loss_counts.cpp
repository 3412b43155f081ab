// Each worker looks up a name under the lock once and then keeps its number. A set of losses that it knows costs a comparison.
#include "gateway/observe/loss_counts.hpp"

#include <algorithm>

namespace parley::gateway::observe {
namespace {

constexpr std::size_t longest_label = 96;
constexpr std::string_view other = "other";

std::size_t hash_of(const shape::Losses& losses) noexcept {
  std::size_t hash = 0;
  for (const shape::Loss& loss : losses) {
    const std::string_view member = loss.member;
    hash = 31 * hash + member.size() + (member.empty() ? 0U : static_cast<unsigned char>(member.back()));
  }
  return hash;
}

/// Compares texts. Where the address is the same, so is the text: a label in `members` keeps its text alive, and no text changes.
bool is_same(const shape::Label& member, const shape::Loss& loss) noexcept {
  const std::string_view one = member;
  const std::string_view two = loss.member;
  return one.size() == two.size() && (one.data() == two.data() || one == two);
}

bool are_same(const List<shape::Label>& members, const shape::Losses& losses) noexcept {
  return std::equal(members.begin(), members.end(), losses.begin(), losses.end(), is_same);
}

}  // namespace

std::string_view loss_field(std::string_view member) noexcept {
  const std::size_t dot = member.find('.');
  const std::size_t second = dot == std::string_view::npos ? dot : member.find('.', dot + 1);
  const std::string_view field = member.substr(0, second);
  const bool good =
      !field.empty() && field.size() <= longest_label && std::all_of(field.begin(), field.end(), [](char byte) {
        return (byte >= 'a' && byte <= 'z') || (byte >= '0' && byte <= '9') || byte == '_' || byte == '.' ||
               byte == ',';
      });
  return good ? field : other;
}

std::size_t LossNames::number(std::string_view field) {
  const std::scoped_lock lock(mutex_);
  const std::size_t size = size_.load(std::memory_order_relaxed);
  for (std::size_t i = 0; i < size; ++i) {
    if (names_[i] == field) return i;
  }
  if (size == most) return 0;
  names_[size] = field;
  size_.store(size + 1, std::memory_order_release);
  return size;
}

std::size_t LossCounts::number_of(std::string_view member) {
  const std::string_view field = loss_field(member);
  const auto at = known_.find(field);
  if (at != known_.end()) return at->second;
  const std::size_t number = names_->number(field);
  // Names without a number are not cached: invented names must not fill the memory.
  if (number != 0 || field == other) known_.emplace(field, number);
  return number;
}

LossSet& LossCounts::set_of(const shape::Losses& losses) {
  LossSet& place = sets_[hash_of(losses) % sets_.size()];
  if (are_same(place.members, losses)) return place;
  const bool kept = losses.size() <= most_members &&
                    std::all_of(losses.begin(), losses.end(),
                                [](const shape::Loss& loss) { return loss.member.view().size() <= longest_member; });
  LossSet& set = kept ? place : unkept_;
  set.members.clear();
  set.numbers.clear();
  set.listed.clear();
  for (const shape::Loss& loss : losses) set.numbers.push_back(static_cast<std::uint16_t>(number_of(loss.member)));
  if (!kept) return set;
  set.members.reserve(
      losses.size());  // the only step that can fail here: a set with some of its members would be another set
  for (const shape::Loss& loss : losses) set.members.push_back(loss.member);
  return set;
}

void LossCounts::count(const shape::Losses& losses, LossTally* of_route) {
  for (const std::size_t number : set_of(losses).numbers) {
    counts_[number].add();
    if (of_route != nullptr) (*of_route)[number].add();
  }
}

}  // namespace parley::gateway::observe
