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

template <const auto& TableRef>
Described describe(std::string_view where, std::string_view about) {
  return {&shape::view<TableRef>, fresh<typename std::remove_cvref_t<decltype(TableRef)>::object>(), where, about};
}

constexpr Special specials[] = {
    {&DurationCodec::type, "duration", R"("type":"string","pattern":"^[0-9]+(ms|s|m|h)$")"},
    {&SizeText::type, "size", R"("type":"string","pattern":"^[0-9]+(B|KiB|MiB|GiB)$")"},
    {&ListenCodec::type, "address, or `{address: ADDRESS, tls: {certificate: FILE, key: FILE}}`",
     R"("anyOf":[{"type":"string","pattern":"^(localhost|[0-9.]+|\\[[0-9A-Fa-f:.]+\\]):[0-9]+$"},{"type":"object","properties":{"address":{"type":"string","pattern":"^(localhost|[0-9.]+|\\[[0-9A-Fa-f:.]+\\]):[0-9]+$"},"tls":{"type":"object","properties":{"certificate":{"type":"string"},"key":{"type":"string"}},"required":["certificate","key"],"additionalProperties":false}},"required":["address","tls"],"additionalProperties":false}])"},
    {&OptionalListen::type, "address",
     R"("type":"string","pattern":"^(localhost|[0-9.]+|\\[[0-9A-Fa-f:.]+\\]):[0-9]+$")"},
    {&NetworkCodec::type, "network", R"("type":"string","pattern":"^[0-9A-Fa-f:.]+(/[0-9]+)?$")"},
    {&SecretCodec::type, "secret",
     R"("anyOf":[{"type":["string","number"]},{"type":"object","properties":{"file":{"type":"string"}},"required":["file"],"additionalProperties":false}])"},
    {&HostCodec::type, "host name", R"("type":"string","pattern":"^[0-9A-Za-z._-]*$")"},
    {&PrefixCodec::type, "path", R"("type":"string","pattern":"^(/[^/]+)*$")"},
    {&UrlCodec::type, "URL", R"("type":"string","pattern":"^https?://[^/?#@]+(/[^?#]*)?$")"},
    {&CredentialsCodec::type, "`none`, or [credentials](#credentials)",
     R"("anyOf":[{"const":"none"},{"$ref":"#/$defs/credentials"}])"},
    {&AuthCodec::type, "`none`, or [auth](#auth)", R"("anyOf":[{"const":"none"},{"$ref":"#/$defs/auth"}])"},
};

}  // namespace

std::span<const Described> described() {
  static const Described all[] = {
      describe<settings>("", "The sections of the file."),
      describe<server>("server", ""),
      describe<limits>("server.limits", ""),
      describe<admin>("admin", "Without this section there is no such listener."),
      describe<log>("log", ""),
      describe<backend>("backends.NAME", "Each backend has a name of its own, which routes refer to."),
      describe<credentials>("backends.NAME.auth",
                            "What a connector shows its upstream: which of these a vendor takes is "
                            "said with each. A vendor that requires credentials needs some, or "
                            "the word `none`."),
      describe<timeouts>("backends.NAME.timeouts", ""),
      describe<quota>("backends.NAME.quota", ""),
      describe<route>(
          "routes[]",
          "Each entry mounts a vendor's API. The host of a request, its path and the address that it came to decide "
          "which route answers."),
      describe<auth>(
          "routes[].auth",
          "Which of these a facade takes is said with each. A facade whose vendor requires credentials needs "
          "at least one of them, or the word `none` to be open to everybody."),
      describe<basic>("routes[].auth.basic[]", ""),
      describe<user>("routes[].auth.users[]", ""),
      describe<login>("routes[].auth.logins[]", ""),
      describe<rate_limit>("routes[].rate_limit", ""),
      describe<cors>("routes[].cors", ""),
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
  if (!scalar || row.need == Need::required) return std::nullopt;
  Buffer out;
  Writer writer(out);
  row.write(table.fresh, {}, true, writer);
  writer.finish();
  if (out.view() == "\"\"") return std::nullopt;
  return String(out.view());
}

}  // namespace parley::config
