// Each worker looks up a name under the lock once and then keeps its number.
#include "gateway/observe/loss_counts.hpp"

#include <algorithm>

namespace parley::gateway::observe {
namespace {

constexpr std::size_t longest_field = 96;
constexpr std::string_view other = "other";

}  // namespace

std::string_view loss_field(std::string_view member) noexcept {
  const std::size_t dot = member.find('.');
  const std::size_t second = dot == std::string_view::npos ? dot : member.find('.', dot + 1);
  const std::string_view field = member.substr(0, second);
  const bool good =
      !field.empty() && field.size() <= longest_field && std::all_of(field.begin(), field.end(), [](char byte) {
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

void LossCounts::count(const shape::Losses& losses, LossTally* of_route) {
  const auto add = [this, of_route](std::size_t number) {
    counts_[number].add();
    if (of_route != nullptr) (*of_route)[number].add();
  };
  for (const shape::Loss& loss : losses) {
    const std::string_view field = loss_field(loss.member);
    auto at = known_.find(field);
    if (at == known_.end()) {
      const std::size_t number = names_->number(field);
      // Names without a number are not cached: invented names must not fill the memory.
      if (number == 0 && field != other) {
        add(0);
        continue;
      }
      at = known_.emplace(field, number).first;
    }
    add(at->second);
  }
}

}  // namespace parley::gateway::observe
