// Reading the vendor's lists page by page.
#pragma once

#include <charconv>

#include "adapters/rocketchat/connector/calls.hpp"
#include "adapters/rocketchat/connector/errors.hpp"
#include "adapters/rocketchat/connector/known_ids.hpp"
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

/// Adds the records of a list that can be read and whose ids are not in `known` yet, the wanted ones with their losses; adds their ids
/// to `known`. Notes as losses of the call under `key`: that elements without an id, or that are not objects, were left out; and that
/// a record was left out whose id became that of another one.
template <class T>
void read_records(const VendorCalls& vendor, const shape::Node& list, const std::shared_ptr<const shape::Arena>& texts,
                  std::string_view key, const shape::View& view, const Wanted<T>& wanted, KnownIds& known,
                  upstream::Listed<T>& listed) {
  using Seen = KnownIds::Seen;
  bool left_out = false;
  bool same_id = false;
  for (const shape::Node& node : list) {
    T record;
    shape::Losses losses;
    shape::Reading reading(&losses, texts);
    const bool readable = shape::read_object(view, node, &record, reading) != shape::Fit::refused && !record.id.empty();
    const Seen seen = readable ? known.note(record.id.text, node.find("_id")) : Seen::first;
    if (seen == Seen::again) continue;
    const bool told = vendor.text_losses() != nullptr && (!wanted || wanted(record));
    if (!readable) {
      left_out = left_out || told;
    } else if (seen == Seen::perhaps_another) {
      same_id = same_id || told;
    } else {
      listed.add(std::move(record), told ? std::move(losses) : shape::Losses());
    }
  }
  if (left_out) vendor.text_losses()->push_back({String(key), String(left_out_reason)});
  if (same_id) vendor.text_losses()->push_back({String(key), String(same_id_reason)});
}

/// Reads the list under `key` on all pages of `target`, each record by `view`. A record that comes twice, because another was added
/// meanwhile, is returned once. Stops after max_records and notes the rest as a loss of the call. `wanted` must outlive the task.
template <class T>
contract::Task<Result<upstream::Listed<T>>> read_list(VendorCalls& vendor, std::string_view name,
                                                      upstream::Target target, std::string_view key,
                                                      const shape::View& view, const Wanted<T>& wanted) {
  upstream::Listed<T> listed;
  KnownIds known;
  std::size_t offset = 0;
  for (;;) {
    upstream::Target page = target;
    page.query("offset", std::to_string(offset)).query("count", std::to_string(page_size));
    shape::Document document;
    const Result<void> read = co_await vendor.get(name, page, document);
    if (!read) co_return read.error();
    const Result<const shape::Node*> list = vendor.list_in(document.root(), key);
    if (!list) co_return list.error();
    const std::size_t got = *list != nullptr ? (*list)->size : 0;
    if (got == 0) co_return listed;
    read_records(vendor, **list, document.lend(), key, view, wanted, known, listed);
    offset += got;
    // An answer without a total is complete: servers of 0.70 have no pages.
    const std::optional<std::size_t> total = number_in(document.root(), "total");
    if (!total || offset >= *total) co_return listed;
    if (offset >= max_records) break;
  }
  if (vendor.call().losses != nullptr)
    vendor.call().losses->push_back({String(key), "only the first " + std::to_string(offset) + " are read"});
  co_return listed;
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
  const Result<const shape::Node*> found = vendor.list_in(document.root(), key);
  if (!found) co_return found.error();
  const shape::Node* list = *found;
  const std::optional<std::size_t> total = number_in(document.root(), "total");
  const bool obeyed = !total || list == nullptr || obeys(query.asked, *list);
  if (!obeyed) co_return std::nullopt;
  upstream::Listed<T> listed;
  KnownIds known;
  const Wanted<T> all;
  if (list != nullptr) read_records(vendor, *list, document.lend(), key, view, all, known, listed);
  if (!total) co_return select(std::move(listed), query, vendor.text_losses());
  listed.tell_all(vendor.text_losses());
  co_return Page<T>(std::move(listed.records), *total);
}

/// Answers a list operation. A query with a Rocket.Chat client's parameters is answered with the server's page, if the server
/// supports them. Otherwise the page is selected from the list that `whole` reads; of
/// chats, from those that fit `filter`, which must outlive the call.
template <class T>
contract::Task<Result<Outcome>> answer_list(VendorCalls& vendor, std::string_view name, std::string_view path,
                                            std::string_view key, const shape::View& view, const ListQuery& query,
                                            contract::Task<Result<upstream::Listed<T>>> (*whole)(VendorCalls&),
                                            const ChatFilter* filter = nullptr) {
  if (query.asked.api == api_name) {
    Result<std::optional<Page<T>>> page = co_await read_page<T>(vendor, name, path, key, view, query);
    if (!page) co_return std::move(page).error();
    if (*page) co_return Outcome(**std::move(page));
  }
  Result<upstream::Listed<T>> listed = co_await whole(vendor);
  if (!listed) co_return std::move(listed).error();
  if constexpr (std::is_same_v<T, Chat>) {
    if (filter != nullptr) listed->remove_if([filter](const Chat& chat) { return !fits(*filter, chat); });
  }
  co_return Outcome(select(*std::move(listed), query, vendor.text_losses()));
}

}  // namespace parley::rocketchat::calls
