// See contact_source.hpp.
#include "adapters/sqlite/contact_source.hpp"

#include "schemas/ascii.hpp"
#include "schemas/shape/writer.hpp"

namespace parley::sqlite {
namespace {

String word_of(IdentityKind kind) { return String(shape::words_of<IdentityKind>[static_cast<std::size_t>(kind)]); }

/// The ids under which the identities are stored, as a JSON list.
String json_of(const List<IdentityId>& identities, Tables& tables) {
  Buffer out;
  shape::Writer writer(out);
  writer.begin_array();
  for (const IdentityId& one : identities) writer.string(tables.stored_id(one.text));
  writer.end_array();
  writer.finish();
  return String(out.view());
}

/// The condition that a contact is known by a value of any kind: one search of the index for each kind.
String any_kind() {
  String sql = " and number in (select contact from identities where kind = 'email' and value = ?3";
  for (const std::string_view word : shape::words_of<IdentityKind>) {
    if (word.empty() || word == "email") continue;
    sql.append(" union all select contact from identities where kind = '").append(word).append("' and value = ?2");
  }
  return sql.append(")");
}

/// The conditions of a filter.
String where(const ContactFilter& filter) {
  // Names every parameter, so that all can be bound.
  String sql = " where ?1 is ?1 and ?2 is ?2 and ?3 is ?3 and ?4 is ?4";
  if (!filter.identities.empty()) {
    sql += " and number in (select contact from identities where id in (select value from json_each(?4)))";
  }
  if (!filter.value.empty() && filter.kind == IdentityKind::unknown) return sql + any_kind();
  if (!filter.value.empty()) {
    const char* const value = filter.kind == IdentityKind::email ? "?3" : "?2";
    sql.append(" and number in (select contact from identities where kind = ?1 and value = ").append(value).append(")");
  } else if (filter.kind != IdentityKind::unknown) {
    sql += " and number in (select contact from identities where kind = ?1)";
  }
  return sql;
}

}  // namespace

ContactSource::ContactSource(Connection& connection, Tables& tables, const ContactFilter& filter)
    : kind_(word_of(filter.kind)),
      value_(filter.kind == IdentityKind::visitor ? tables.stored_id(filter.value) : filter.value.str()),
      folded_(ascii::lower(filter.value)),
      identities_(json_of(filter.identities, tables)),
      count_sql_("select count(*) from contacts" + where(filter)),
      page_sql_(String("select number, body from contacts")
                    .append(where(filter))
                    .append(" order by number limit ?5 offset ?6")),
      count_(connection, count_sql_.c_str()),
      page_(connection, page_sql_.c_str()),
      one_(connection, "select number, body from contacts where number = ?1") {}

}  // namespace parley::sqlite
