// Makes canonical records from their tables: with every member set, or with a random mix. It names no field of a record.
#pragma once

#include "adapters/contract/adapter.hpp"
#include "tests/support/json.hpp"
#include "tests/support/random.hpp"

namespace parley::test {

/// A canonical document. Every member has a value that is not its default and differs from all others. Lists have one element, attributes
/// are plain text. The participants of a chat are its visitor and its agent.
[[nodiscard]] Value filled(const shape::View& canonical);

/// A canonical document with about two thirds of the optional members, and all others. Some values are hostile texts. Lists have up to
/// three elements. Attributes may have urls, kinds and JSON values. The first participant of a chat is its visitor, the others are agents.
[[nodiscard]] Value random_record(const shape::View& canonical, Random& random);

/// An id of a random kind: guid, random17, object24 or free text.
[[nodiscard]] String random_id(Random& random);

}  // namespace parley::test
