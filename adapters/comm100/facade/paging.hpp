// Lists with pages: what a request asks for, and the members beside the list that lead to other pages.
#pragma once

#include "adapters/comm100/facade/facade.hpp"
#include "adapters/http/body_cutter.hpp"
#include "schemas/shape/distinct_losses.hpp"

namespace parley::comm100 {

/// A page, and the address by which the client asked for it. The views are valid as long as the request.
struct AskedPage {
  std::size_t index = 1;
  std::size_t size = 0;  ///< 0: all records are on it
  std::string_view scheme;
  std::string_view host;  ///< empty: not known; then addresses of other pages have no scheme and host
  std::string_view path;
  std::string_view query;
};

/// Reads pageIndex (from 1) and pageSize (50; more than 500 counts as 500) into the query and the page. Errors: invalid_field.
Result<void> read_page(const http::Request& request, ListQuery& query, AskedPage& page);

/// The order of a list.
struct Order {
  bool falling = false;
  List<SortKey> keys;  ///< empty: the usual order, or its reverse
};
/// Reads sortBy, a plain member of the document, and sortOrder. Without them the order is by `usual`, falling if `falls`. `noun`: what a
/// document is. Errors: invalid_field.
Result<Order> read_order(const http::Request& request, const shape::View& view, std::string_view usual, bool falls,
                         const char* noun);

/// Writes `total`, `nextPage` and `previousPage` into an open object. The addresses repeat the client's own.
void write_pages(const AskedPage& page, std::size_t total, shape::Writer& writer);

/// Writes `{<quoted> […], "total": …, "nextPage": …, "previousPage": …}`, and lists what the documents cannot carry.
template <class T>
void write_envelope(const Facade& facade, std::string_view quoted, const shape::View& view, const AskedPage& page,
                    const Page<T>& found, http::Reply& reply) {
  reply.status = 200;
  reply.content_type = json_type;
  shape::DistinctLosses told(reply.losses);
  shape::Writer writer(reply.body);
  http::BodyCutter cutter(reply, found.records.size());
  writer.begin_object();
  writer.quoted_key(quoted);
  writer.begin_array();
  for (const Ref<T>& one : found.records) {
    if (!cutter.next()) break;
    told.write(one, view, writer, facade.reports_losses());
  }
  writer.end_array();
  write_pages(page, found.matching(), writer);
  writer.end_object();
  writer.finish();
  cutter.finish();
}

}  // namespace parley::comm100
