// The ids of a list that is read page by page: records may move to another page between two calls, and come twice.
#pragma once

#include <unordered_map>

#include "schemas/shape/node.hpp"
#include "schemas/text.hpp"

namespace parley::rocketchat {

/// Why a record is a loss that has the id of another one.
inline constexpr std::string_view same_id_reason = "an id that is not Unicode became that of another record";

class KnownIds {
 public:
  enum class Seen : std::uint8_t {
    first,  ///< not seen before
    again,  ///< the same record
    /// Seen before, but one of the two ids had text that was not valid Unicode, so they may have been different ids.
    perhaps_another,
  };
  /// Notes the id of a record. `node`: the id in the document, or nullptr.
  Seen note(const Text& id, const shape::Node* node) {
    const bool repaired = node != nullptr && node->text_repaired;
    const auto [at, is_new] = known_.try_emplace(id, repaired);
    if (is_new) return Seen::first;
    return repaired || at->second ? Seen::perhaps_another : Seen::again;
  }

 private:
  std::unordered_map<Text, bool> known_;  // whether the id was repaired
};

}  // namespace parley::rocketchat
