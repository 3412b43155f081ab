// Reading the vendor's lists page by page.
#pragma once

#include <charconv>
#include <unordered_set>

#include "adapters/rocketchat/calls.hpp"
#include "schemas/shape/view.hpp"

namespace parley::rocketchat::calls {

/// The number under a key of an answer, or nothing.
[[nodiscard]] inline std::optional<std::size_t> number_in(const shape::Node& root, std::string_view key) noexcept {
  const shape::Node* node = root.find(key);
  if (node == nullptr || node->kind != shape::NodeKind::number) return {};
  std::size_t number = 0;
  const auto [end, error] = std::from_chars(node->text.data(), node->text.data() + node->text.size(), number);
  return error == std::errc{} && end == node->text.data() + node->text.size() ? std::optional(number) : std::nullopt;
}

/// Reads the list under `key` of all pages that `target` gives, each record by `view`. A record that came twice, because
/// another was added meanwhile, is read once. More than max_records: noted as a loss of the call. `wanted` must outlive the task.
template <class T>
adapters::Task<Result<List<T>>> read_list(Caller& caller, std::string_view name, upstream::Target target,
                                          std::string_view key, const shape::View& view, const Wanted<T>& wanted) {
  List<T> records;
  std::unordered_set<String> known;
  std::size_t offset = 0;
  for (;;) {
    upstream::Target page = target;
    page.query("offset", std::to_string(offset)).query("count", std::to_string(page_size));
    shape::Document document;
    const Result<void> read = co_await caller.get(name, page, document);
    if (!read) co_return read.error();
    const shape::Node* list = document.root().find(key);
    const std::size_t got = list != nullptr && list->is_array() ? list->size : 0;
    if (got == 0) co_return records;
    for (const shape::Node& node : *list) {
      T record;
      shape::Losses losses;
      shape::Reading reading(&losses);
      if (shape::read_object(view, node, &record, reading) == shape::Fit::refused || record.id.empty()) continue;
      if (!known.insert(record.id.text).second) continue;
      if (caller.text_losses() != nullptr && (!wanted || wanted(record))) {
        caller.text_losses()->insert(caller.text_losses()->end(), losses.begin(), losses.end());
      }
      records.push_back(std::move(record));
    }
    offset += got;
    // Without a total there are no pages: servers of 0.70 give everything at once.
    const std::optional<std::size_t> total = number_in(document.root(), "total");
    if (!total || offset >= *total) co_return records;
    if (offset >= max_records) break;
  }
  if (caller.call().losses != nullptr)
    caller.call().losses->push_back({String(key), "only the first " + std::to_string(offset) + " are read"});
  co_return records;
}

}  // namespace parley::rocketchat::calls
