// Vendor documents as records for a store: what `parley load` does with a file.
#pragma once

#include <functional>

#include "adapters/backend.hpp"
#include "gateway/translate/translate.hpp"

namespace parley::gateway {

/// Adds the record; of a chat also its visitor and agents, as far as the shape can tell them. Errors:
/// unsupported_operation for a list of channels, which does not say whose it is.
[[nodiscard]] Result<void> add_record(const NamedShape& shape, Record record, adapters::Records& records);

/// Reads one document or, where the first line is complete in itself, one a line (JSON Lines), and adds what they hold.
/// `full` is called whenever `records` has reached `batch` records, and once at the end unless nothing is left; it must
/// empty them. Errors: as for `read_source`, or what `full` returned.
[[nodiscard]] Result<void> read_documents(const NamedShape& shape, std::string_view text, std::size_t batch,
                                          adapters::Records& records, const std::function<Result<void>()>& full);

[[nodiscard]] std::size_t count(const adapters::Records& records) noexcept;

}  // namespace parley::gateway
