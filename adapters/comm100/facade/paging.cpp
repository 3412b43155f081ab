// See paging.hpp.
#include "adapters/comm100/facade/paging.hpp"

#include "adapters/comm100/facade/read_request.hpp"
#include "adapters/http/percent.hpp"
#include "adapters/http/query.hpp"
#include "schemas/ascii.hpp"

namespace parley::comm100 {
namespace {

using http::Request;

constexpr std::size_t default_size = 50;
constexpr std::size_t largest_size = 500;

/// Writes the address of a page, or null for page 0.
void write_address(std::string_view quoted, const AskedPage& page, std::size_t index, shape::Writer& writer) {
  writer.quoted_key(quoted);
  if (index == 0) return writer.null();
  String url;
  if (!page.host.empty() && page.path.starts_with('/')) url.append(page.scheme).append("://").append(page.host);
  url.append(page.path).append("?");
  http::QueryPairs pairs(page.query);
  while (const auto pair = pairs.next()) {
    const std::optional<String> key = http::percent_decode(pair->first, true);
    if (key && ascii::same_ignoring_case(*key, "pageIndex")) continue;
    url.append(pair->first).append("=").append(pair->second).append("&");
  }
  writer.string(url.append("pageIndex=").append(std::to_string(index)));
}

}  // namespace

Result<void> read_page(const Request& request, ListQuery& query, AskedPage& page) {
  const Result<std::size_t> index = query_number(request, "pageIndex", 1);
  if (!index) return index.error();
  const Result<std::size_t> size = query_number(request, "pageSize", default_size);
  if (!size) return size.error();
  page.index = *index;
  page.size = std::min(*size, largest_size);
  page.scheme = request.secure || request.header("X-Forwarded-Proto") == "https" ? "https" : "http";
  page.host = request.header("Host").value_or(std::string_view());
  page.path = request.target.substr(0, request.target.find('?'));
  page.query = request.query;
  query.offset = (page.index - 1) * page.size;
  query.limit = page.size;
  return {};
}

Result<Order> read_order(const Request& request, const shape::View& view, std::string_view usual, bool falls,
                         const char* noun) {
  const String by = http::query_value(request.query, "sortBy", true).value_or("");
  const String order = http::query_value(request.query, "sortOrder", true).value_or("");
  const auto is = [](std::string_view text, std::string_view one, std::string_view other) {
    return ascii::same_ignoring_case(text, one) || ascii::same_ignoring_case(text, other);
  };
  Order made;
  if (is(order, "asc", "ascending")) {
    made.falling = false;
  } else if (is(order, "desc", "descending")) {
    made.falling = true;
  } else if (order.empty()) {
    made.falling = falls;
  } else {
    return fault(Code::invalid_field, "Parameter 'sortOrder' must be asc or desc.", "sortOrder");
  }
  if (is(by, usual, "")) return made;
  for (const shape::Row& row : view.rows) {
    if (!ascii::same_ignoring_case(row.key, by) || row.type->view != nullptr || row.type->element != nullptr) continue;
    made.keys = {{{String(row.key)}, made.falling}};
    return made;
  }
  return fault(Code::invalid_field, String("Parameter 'sortBy' is not a member of ") + noun + '.', "sortBy");
}

void write_pages(const AskedPage& page, std::size_t total, shape::Writer& writer) {
  writer.quoted_key("\"total\":");
  writer.integer(static_cast<std::int64_t>(total));
  const bool more = page.size != 0 && page.index * page.size < total;
  write_address("\"nextPage\":", page, more ? page.index + 1 : 0, writer);
  write_address("\"previousPage\":", page, page.index - 1, writer);
}

}  // namespace parley::comm100
