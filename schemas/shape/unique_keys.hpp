// Finds a member name that an object has twice.
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstring>
#include <optional>
#include <string_view>

#include "schemas/shape/node.hpp"

namespace parley::shape {

/// Looks through one object after another, and reuses its memory. For small objects, as most are, it uses a cheap hash and compares only
/// keys of the same slot.
class UniqueKeys {
 public:
  /// A key of this object that occurs more than once, or nullopt.
  [[nodiscard]] std::optional<std::string_view> twice(const Node& object) {
    if (object.size <= few) return twice_among_few(object);
    if (object.size > most) return twice_among_many(object);
    slots_.fill(0);
    std::uint8_t count = 0;
    for (const Node& child : object) {
      std::size_t at = hash(child.key) % slots_.size();
      for (; slots_[at] != 0; at = (at + 1) % slots_.size()) {
        if (keys_[slots_[at] - 1U] == child.key) return child.key;
      }
      keys_[count] = child.key;
      slots_[at] = ++count;
    }
    return {};
  }

 private:
  static constexpr std::size_t few = 6;
  static constexpr std::size_t most = 64;

  static std::optional<std::string_view> twice_among_few(const Node& object) noexcept {
    for (auto one = object.begin(); one != object.end(); ++one) {
      for (auto before = object.begin(); before != one; ++before) {
        if (before->key == one->key) return one->key;
      }
    }
    return {};
  }

  static std::optional<std::string_view> twice_among_many(const Node& object) {
    List<std::string_view> keys;
    for (const Node& child : object) keys.push_back(child.key);
    std::sort(keys.begin(), keys.end());
    const auto found = std::adjacent_find(keys.begin(), keys.end());
    return found == keys.end() ? std::nullopt : std::optional(*found);
  }

  static std::size_t hash(std::string_view key) noexcept {
    std::uint64_t first = 0;
    std::uint64_t last = 0;
    if (key.size() >= 8) [[likely]] {
      std::memcpy(&first, key.data(), 8);
      std::memcpy(&last, key.data() + key.size() - 8, 8);
    } else {
      for (const char byte : key) first = first << 8U | static_cast<unsigned char>(byte);
    }
    const std::uint64_t mixed = (first ^ (last << 1U) ^ key.size()) * 0x9E3779B97F4A7C15ULL;
    return static_cast<std::size_t>(mixed >> 56U);
  }

  std::array<std::string_view, most> keys_;
  std::array<std::uint8_t, 256> slots_{};
};

}  // namespace parley::shape
