// See chat_source.hpp.
#include "adapters/sqlite/chat_source.hpp"

#include "schemas/ascii.hpp"
#include "schemas/shape/writer.hpp"

namespace parley::sqlite {
namespace {

/// `[["name","value"],…]`
String json_of(const Attributes& values) {
  Buffer out;
  shape::Writer writer(out);
  writer.begin_array();
  for (const Attribute& value : values) {
    writer.begin_array();
    writer.string(value.name);
    writer.string(value.value);
    writer.end_array();
  }
  writer.end_array();
  writer.finish();
  return String(out.view());
}

/// The conditions of a filter. A chat without a known begin has 0 there, and fits no bound. A chat of no tenant is everybody's.
String where(const ChatFilter& filter, std::string_view domain) {
  // Names every parameter, so that all can be bound.
  String sql =
      " where ?1 is ?1 and ?2 is ?2 and ?3 is ?3 and ?4 is ?4 and ?5 is ?5 and ?6 is ?6 and ?7 is ?7 and ?8 is ?8 "
      "and ?9 is ?9";
  if (filter.state == ChatFilter::State::open) sql += " and standing < 3";
  if (filter.state == ChatFilter::State::ended) sql += " and standing = 3";
  if (!filter.visitor.empty()) sql += " and visitor = ?1";
  if (!filter.contact.empty()) {
    sql +=
        " and visitor in (select visitor from contact_visitors where contact = (select number from contacts "
        "where id = ?9))";
  }
  if (!filter.agent.empty()) sql += " and agent = ?2 and agent <> ''";
  if (!filter.department.empty()) sql += " and department = ?3 and department <> ''";
  if (!filter.service.empty()) sql += " and service = ?4 and service <> ''";
  if (filter.from.known()) sql += " and begin_at >= ?5";
  if (filter.to.known()) sql += " and begin_at <= ?6";
  if (filter.from.known() || filter.to.known()) sql += " and begin_at <> 0";
  if (!filter.values.empty()) {
    sql +=
        " and number in (select chat from chat_values where name = json_extract(?7, '$[0][0]')"
        " and value = json_extract(?7, '$[0][1]'))"
        " and not exists (select 1 from json_each(?7) wanted where not exists (select 1 from chat_values had"
        " where had.name = json_extract(wanted.value, '$[0]') and had.value = json_extract(wanted.value, '$[1]')"
        " and had.chat = chats.number))";
  }
  if (!domain.empty()) sql += " and coalesce(lower(json_extract(body, '$.domain')), '') in ('', ?8)";
  return sql;
}

/// Open chats come as they were added; a list that can be long comes by its index.
std::string_view order(const ChatFilter& filter) noexcept {
  if (filter.newest_first) return " order by begin_at desc, number desc";
  return filter.state == ChatFilter::State::open ? " order by number" : " order by begin_at, number";
}

}  // namespace

ChatSource::ChatSource(Connection& connection, Tables& tables, const ChatFilter& filter, std::string_view domain)
    : visitor_(tables.stored_id(filter.visitor.text)),
      contact_(tables.stored_id(filter.contact.text)),
      agent_(tables.stored_id(filter.agent.text)),
      department_(filter.department.text),
      service_(filter.service),
      values_(json_of(filter.values)),
      domain_(ascii::lower(domain)),
      from_(filter.from.since_epoch),
      to_(filter.to.since_epoch),
      count_sql_("select count(*) from chats" + where(filter, domain)),
      page_sql_(String("select number, body from chats")
                    .append(where(filter, domain))
                    .append(order(filter))
                    .append(" limit ?10 offset ?11")),
      count_(connection, count_sql_.c_str()),
      page_(connection, page_sql_.c_str()),
      one_(connection, "select number, body from chats where number = ?1") {}

Rows ChatSource::count() {
  return count_.rows(visitor_, agent_, department_, service_, from_, to_, values_, domain_, contact_);
}

Rows ChatSource::page(std::int64_t limit, std::int64_t offset) {
  return page_.rows(visitor_, agent_, department_, service_, from_, to_, values_, domain_, contact_, limit, offset);
}

Rows ChatSource::one(std::int64_t number) { return one_.rows(number); }

}  // namespace parley::sqlite
