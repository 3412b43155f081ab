// Defaults come from fresh settings through the tables' own writers: what the reference says is what the program does.
#include "config/described.hpp"

#include <algorithm>

#include "config/tables.hpp"

namespace parley::config {
namespace {

template <class T>
const void* fresh() {
  static const T object{};
  return &object;
}

/// Of a row whose codec has bounds.
template <class Def>
struct BoundsOf {
  static constexpr Bounds value{};
};
template <auto Member, class Codec>
  requires requires { Codec::most; }
struct BoundsOf<shape::RowDef<Member, Codec>> {
  static constexpr Bounds value{Codec::least, Codec::most};
};
template <class Table>
struct BoundsOfTable;
template <class T, shape::Text Name, bool Canonical, class... Defs>
struct BoundsOfTable<shape::Table<T, Name, Canonical, Defs...>> {
  static constexpr std::array<Bounds, sizeof...(Defs)> value{BoundsOf<Defs>::value...};
};

template <const auto& TableRef>
Described describe(std::string_view where, std::string_view form, std::string_view about) {
  using Table = std::remove_cvref_t<decltype(TableRef)>;
  return {&shape::view<TableRef>, fresh<typename Table::object>(), where, form, about, BoundsOfTable<Table>::value};
}

constexpr Special specials[] = {
    {&DurationCodec::type, "duration", "duration"},
    {&SizeText::type, "size", "size"},
    {&ListenCodec::type, "address, or `{address: ADDRESS, tls: {certificate: FILE, key: FILE}}`", "listener"},
    {&OptionalListen::type, "address", "address"},
    {&NetworkCodec::type, "network", "network"},
    {&SecretCodec::type, "secret", "secret"},
    {&HostCodec::type, "host name", "host"},
    {&PrefixCodec::type, "path", "prefix"},
    {&UrlCodec::type, "URL", "url"},
    {&CredentialsCodec::type, "`none`, or [credentials](#credentials)", "credentials"},
    {&AuthCodec::type, "`none`, or [auth](#auth)", "auth"},
};

}  // namespace

std::span<const Described> described() {
  static const Described all[] = {
      describe<settings>("", "{server: …, backends: …, routes: …}", "The sections of the file."),
      describe<server>("server", "{listen: [\"127.0.0.1:8080\"]}", ""),
      describe<limits>("server.limits", "{body: 1MiB, idle: 75s}", ""),
      describe<admin>("admin", "{listen: \"127.0.0.1:9090\"}", "Without this section there is no such listener."),
      describe<log>("log", "{level: info}", ""),
      describe<backend>("backends.NAME", "{kind: sqlite, path: ./parley-data/parley.db}",
                        "Each backend has a name of its own, which routes refer to."),
      describe<credentials>("backends.NAME.auth", "{bearer: {file: PATH}}",
                            "What a connector shows its upstream: which of these a vendor takes is "
                            "said with each. A vendor that requires credentials needs some, or "
                            "the word `none`."),
      describe<timeouts>("backends.NAME.timeouts", "{connect: 2s, total: 15s}", ""),
      describe<quota>("backends.NAME.quota", "{calls: 300, per: 5m}", ""),
      describe<route>(
          "routes[]", "{facade: comm100, backend: NAME}",
          "Each entry mounts a vendor's API. The host of a request, its path and the address that it came to decide "
          "which route answers."),
      describe<auth>(
          "routes[].auth", "{bearer: {file: PATH}}",
          "Which of these a facade takes is said with each. A facade whose vendor requires credentials needs "
          "at least one of them, or the word `none` to be open to everybody."),
      describe<basic>("routes[].auth.basic[]", "{user: NAME, password: {file: PATH}}", ""),
      describe<user>("routes[].auth.users[]", "{id: ID, token: {file: PATH}}", ""),
      describe<login>("routes[].auth.logins[]", "{id: ID, name: NAME, password: {file: PATH}}", ""),
      describe<rate_limit>("routes[].rate_limit", "{requests: 100, per: 1m}", ""),
      describe<cors>("routes[].cors", "{origins: [\"https://shop.example.com\"]}", ""),
  };
  return all;
}

const Special* special(const shape::Type& type) {
  const auto* found =
      std::find_if(std::begin(specials), std::end(specials), [&type](const Special& one) { return one.type == &type; });
  return found != std::end(specials) ? found : nullptr;
}

bool takes_one(const shape::Type& list) {
  return list.form == Form::list && list.element->view != &shape::view<route>;  // routes are always a list
}

std::optional<String> default_of(const Described& table, const shape::Row& row) {
  const bool scalar = row.type->form == Form::text || row.type->form == Form::integer ||
                      row.type->form == Form::boolean || row.type->form == Form::word;
  if (!scalar || row.need == Need::required || row.type == &SecretCodec::type) return std::nullopt;
  Buffer out;
  Writer writer(out);
  row.write(table.fresh, {}, true, writer);
  writer.finish();
  if (out.view() == "\"\"") return std::nullopt;
  return String(out.view());
}

}  // namespace parley::config
