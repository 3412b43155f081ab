// Reading the vendor's lists page by page.
#pragma once

#include <charconv>
#include <unordered_set>

#include "adapters/rocketchat/connector/calls.hpp"
#include "adapters/rocketchat/connector/errors.hpp"
#include "adapters/rocketchat/facade/filters.hpp"
#include "adapters/rocketchat/facade/list_request.hpp"
#include "schemas/shape/view.hpp"

namespace parley::rocketchat::calls {

/// The number under a key of an answer; nullopt where there is none, or where it is not a whole number in the range of int64 from 0 up.
[[nodiscard]] inline std::optional<std::size_t> number_in(const shape::Node& root, std::string_view key) noexcept {
  const shape::Node* node = root.find(key);
  if (node == nullptr || node->kind != shape::NodeKind::number) return {};
  std::int64_t number = 0;  // the type in which our own answers give it
  const char* const text_end = node->text.data() + node->text.size();
  const auto [end, error] = std::from_chars(node->text.data(), text_end, number);
  if (error != std::errc{} || end != text_end || number < 0) return {};
  return static_cast<std::size_t>(number);
}

/// The reason of the loss, where an element of a list is not in the answer.
inline constexpr std::string_view left_out_reason = "what has no id, or is no object, is left out";

/// Adds the records of a list that can be read and whose ids are not in `known` yet; adds their ids to `known`. Notes as losses: text
/// of wanted records that was not valid Unicode; and under `key`, that elements without an id, or that are not objects, were left out.
template <class T>
void read_records(const VendorCalls& vendor, const shape::Node& list, const std::shared_ptr<const shape::Arena>& texts,
                  std::string_view key, const shape::View& view, const Wanted<T>& wanted,
                  std::unordered_set<Text>& known, List<T>& records) {
  bool left_out = false;
  for (const shape::Node& node : list) {
    T record;
    shape::Losses losses;
    shape::Reading reading(&losses, texts);
    const bool readable = shape::read_object(view, node, &record, reading) != shape::Fit::refused && !record.id.empty();
    if (readable && !known.insert(record.id.text).second) continue;
    const bool told = vendor.text_losses() != nullptr && (!wanted || wanted(record));
    if (!readable) {
      left_out = left_out || told;
      continue;
    }
    if (told) vendor.text_losses()->insert(vendor.text_losses()->end(), losses.begin(), losses.end());
    records.push_back(std::move(record));
  }
  if (left_out) vendor.text_losses()->push_back({String(key), String(left_out_reason)});
}

/// Reads the list under `key` on all pages of `target`, each record by `view`. A record that comes twice, because another was added
/// meanwhile, is returned once. Stops after max_records and notes the rest as a loss of the call. `wanted` must outlive the task.
template <class T>
contract::Task<Result<List<T>>> read_list(VendorCalls& vendor, std::string_view name, upstream::Target target,
                                          std::string_view key, const shape::View& view, const Wanted<T>& wanted) {
  List<T> records;
  std::unordered_set<Text> known;
  std::size_t offset = 0;
  for (;;) {
    upstream::Target page = target;
    page.query("offset", std::to_string(offset)).query("count", std::to_string(page_size));
    shape::Document document;
    const Result<void> read = co_await vendor.get(name, page, document);
    if (!read) co_return read.error();
    const shape::Node* list = document.root().find(key);
    const std::size_t got = list != nullptr && list->is_array() ? list->size : 0;
    if (got == 0) co_return records;
    read_records(vendor, *list, document.lend(), key, view, wanted, known, records);
    offset += got;
    // An answer without a total is complete: servers of 0.70 have no pages.
    const std::optional<std::size_t> total = number_in(document.root(), "total");
    if (!total || offset >= *total) co_return records;
    if (offset >= max_records) break;
  }
  if (vendor.call().losses != nullptr)
    vendor.call().losses->push_back({String(key), "only the first " + std::to_string(offset) + " are read"});
  co_return records;
}

/// Asks the server for a page, with the parameters of a Rocket.Chat client. nullopt: the server is too old for one of the
/// parameters and refused or ignored it. An answer without a total comes from a server of 0.70, which gives the whole list: the
/// page is then selected from it.
template <class T>
contract::Task<Result<std::optional<Page<T>>>> read_page(VendorCalls& vendor, std::string_view name,
                                                         std::string_view path, std::string_view key,
                                                         const shape::View& view, const ListQuery& query) {
  upstream::Target target(path);
  for (const auto& [parameter, value] : query.asked.parameters) target.query(parameter, value);
  shape::Document document;
  const Result<void> read = co_await vendor.get(name, target, document);
  const bool refused = !read && is_unknown_parameter(read.error());
  if (refused) co_return std::nullopt;
  if (!read) co_return read.error();
  const shape::Node* list = document.root().find(key);
  const std::optional<std::size_t> total = number_in(document.root(), "total");
  const bool obeyed = !total || list == nullptr || obeys(query.asked, *list);
  if (!obeyed) co_return std::nullopt;
  List<T> records;
  std::unordered_set<Text> known;
  const Wanted<T> all;
  if (list != nullptr && list->is_array()) read_records(vendor, *list, document.lend(), key, view, all, known, records);
  if (!total) co_return select(std::move(records), query);
  co_return Page<T>(std::move(records), *total);
}

/// Answers a list operation. A query with a Rocket.Chat client's parameters is answered with the server's page, if the server
/// supports them. Otherwise the page is selected from the list that `whole` reads.
template <class T>
contract::Task<Result<Outcome>> answer_list(VendorCalls& vendor, std::string_view name, std::string_view path,
                                            std::string_view key, const shape::View& view, const ListQuery& query,
                                            contract::Task<Result<List<T>>> (*whole)(VendorCalls& vendor)) {
  if (query.asked.api == api_name) {
    Result<std::optional<Page<T>>> page = co_await read_page<T>(vendor, name, path, key, view, query);
    if (!page) co_return std::move(page).error();
    if (*page) co_return Outcome(**std::move(page));
  }
  Result<List<T>> records = co_await whole(vendor);
  if (!records) co_return std::move(records).error();
  co_return Outcome(select(*std::move(records), query));
}

}  // namespace parley::rocketchat::calls
