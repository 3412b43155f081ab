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

/// The number under a key of an answer; nothing where there is none, or one that no list can have.
[[nodiscard]] inline std::optional<std::size_t> number_in(const shape::Node& root, std::string_view key) noexcept {
  const shape::Node* node = root.find(key);
  if (node == nullptr || node->kind != shape::NodeKind::number) return {};
  std::int64_t number = 0;  // what an answer of ours can say
  const char* const text_end = node->text.data() + node->text.size();
  const auto [end, error] = std::from_chars(node->text.data(), text_end, number);
  if (error != std::errc{} || end != text_end || number < 0) return {};
  return static_cast<std::size_t>(number);
}

/// Why an element of a list is not in the answer.
inline constexpr std::string_view left_out_reason = "what has no id, or is no object, is left out";

/// Adds the records of the list under `key` that can be read and are not in `known` yet. Of those that are wanted, it is told
/// what text was no Unicode; and it is told that records were left out, since they have no id or are no objects.
template <class T>
void read_records(const VendorCalls& caller, const shape::Node& list, std::string_view key, const shape::View& view,
                  const Wanted<T>& wanted, std::unordered_set<String>& known, List<T>& records) {
  bool left_out = false;
  for (const shape::Node& node : list) {
    T record;
    shape::Losses losses;
    shape::Reading reading(&losses);
    const bool readable = shape::read_object(view, node, &record, reading) != shape::Fit::refused && !record.id.empty();
    if (readable && !known.insert(record.id.text).second) continue;
    const bool told = caller.text_losses() != nullptr && (!wanted || wanted(record));
    if (!readable) {
      left_out = left_out || told;
      continue;
    }
    if (told) caller.text_losses()->insert(caller.text_losses()->end(), losses.begin(), losses.end());
    records.push_back(std::move(record));
  }
  if (left_out) caller.text_losses()->push_back({String(key), String(left_out_reason)});
}

/// Reads the list under `key` of all pages that `target` gives, each record by `view`. A record that came twice, because
/// another was added meanwhile, is read once. More than max_records: noted as a loss of the call. `wanted` must outlive the task.
template <class T>
contract::Task<Result<List<T>>> read_list(VendorCalls& caller, std::string_view name, upstream::Target target,
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
    read_records(caller, *list, key, view, wanted, known, records);
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

/// The page that a query in this API's words asks for. nullopt: this server is too old for one of the parameters, or passed over
/// one. A server that does not say how many match is one of 0.70, which gives everything: that is selected from.
template <class T>
contract::Task<Result<std::optional<Page<T>>>> read_page(VendorCalls& caller, std::string_view name,
                                                         std::string_view path, std::string_view key,
                                                         const shape::View& view, const ListQuery& query) {
  upstream::Target target(path);
  for (const auto& [parameter, value] : query.asked.parameters) target.query(parameter, value);
  shape::Document document;
  const Result<void> read = co_await caller.get(name, target, document);
  const bool refused = !read && is_unknown_parameter(read.error());
  if (refused) co_return std::nullopt;
  if (!read) co_return read.error();
  const shape::Node* list = document.root().find(key);
  const std::optional<std::size_t> total = number_in(document.root(), "total");
  const bool obeyed = !total || list == nullptr || obeys(query.asked, *list);
  if (!obeyed) co_return std::nullopt;
  List<T> records;
  std::unordered_set<String> known;
  const Wanted<T> all;
  if (list != nullptr && list->is_array()) read_records(caller, *list, key, view, all, known, records);
  if (!total) co_return select(std::move(records), query);
  Page<T> page;
  page.records = std::move(records);
  page.total = *total;
  co_return page;
}

/// The page that a query asks for: the server's, where it speaks the words of the query; else selected from the `whole` list.
template <class T>
contract::Task<Result<Outcome>> answer_list(VendorCalls& caller, std::string_view name, std::string_view path,
                                            std::string_view key, const shape::View& view, const ListQuery& query,
                                            contract::Task<Result<List<T>>> (*whole)(VendorCalls& caller)) {
  if (query.asked.api == api_name) {
    Result<std::optional<Page<T>>> page = co_await read_page<T>(caller, name, path, key, view, query);
    if (!page) co_return std::move(page).error();
    if (*page) co_return Outcome(**std::move(page));
  }
  Result<List<T>> records = co_await whole(caller);
  if (!records) co_return std::move(records).error();
  co_return Outcome(select(*std::move(records), query));
}

}  // namespace parley::rocketchat::calls
