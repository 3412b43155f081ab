// See offline_source.hpp.
#include "adapters/sqlite/offline_source.hpp"

namespace parley::sqlite {
namespace {

/// The conditions of a filter. A message without a known time has 0 there, and fits no bound.
String where(const OfflineMessageFilter& filter) {
  String sql = " where ?1 is ?1 and ?2 is ?2 and ?3 is ?3";  // names every parameter, so that all can be bound
  if (filter.from.known()) sql += " and at >= ?1";
  if (filter.to.known()) sql += " and at <= ?2 and at <> 0";
  if (filter.department) sql += " and department = ?3";
  return sql;
}

}  // namespace

OfflineSource::OfflineSource(Connection& connection, const OfflineMessageFilter& filter)
    : department_(filter.department ? filter.department->text.str() : String()),
      from_(filter.from.since_epoch),
      to_(filter.to.since_epoch),
      count_sql_("select count(*) from offline_messages" + where(filter)),
      page_sql_(String("select number, body from offline_messages")
                    .append(where(filter))
                    .append(filter.newest_first ? " order by at desc, number desc" : " order by at, number")
                    .append(" limit ?4 offset ?5")),
      count_(connection, count_sql_.c_str()),
      page_(connection, page_sql_.c_str()),
      one_(connection, "select number, body from offline_messages where number = ?1") {}

}  // namespace parley::sqlite
