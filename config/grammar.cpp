// Defaults are the values of default-constructed settings, written by the tables' codecs. So the reference always shows the real default.
#include "config/grammar.hpp"

#include <algorithm>

#include "config/age.hpp"
#include "config/own_table.hpp"
#include "config/synonyms.hpp"
#include "config/tables.hpp"

namespace parley::config {
namespace {

using shape::Row;

constexpr Special specials[] = {
    {&DurationCodec::type, "duration", "duration"},
    {&AgeCodec::type, "age", "age"},
    {&SizeText::type, "size", "size"},
    {&ListenCodec::type, "address, or `{address: ADDRESS, tls: {certificate: FILE, key: FILE}}`", "listener"},
    {&OptionalListen::type, "address", "address"},
    {&NetworkCodec::type, "network", "network"},
    {&SecretCodec::type, "secret", "secret"},
    {&HostCodec::type, "host name", "host"},
    {&PrefixCodec::type, "path", "prefix"},
    {&UrlCodec::type, "URL", "url"},
};

Described describe(const Keys& keys, std::string_view where, String form, std::string_view about = {},
                   std::span<const Synonym> synonyms = {}) {
  return {.view = keys.view,
          .where = String(where),
          .form = std::move(form),
          .about = about,
          .bounds = List<Bounds>(keys.bounds.begin(), keys.bounds.end()),
          .defaults = List<const void*>(keys.view->rows.size(), keys.defaults()),
          .synonyms = List<Synonym>(synonyms.begin(), synonyms.end())};
}

/// Joins the notes of several adapters on one key: `one, two: the note of both; three: another note.`
class Notes {
 public:
  void add(std::string_view adapter, std::string_view note) {
    if (note.ends_with('.')) note.remove_suffix(1);
    const auto same = [note](const auto& known) { return known.second == note; };
    const auto at = std::find_if(notes_.begin(), notes_.end(), same);
    if (at == notes_.end()) {
      notes_.emplace_back(adapter, note);
    } else {
      at->first.append(", ").append(adapter);
    }
  }
  [[nodiscard]] String text() const {
    String text;
    for (const auto& [adapters, note] : notes_)
      text.append(text.empty() ? "" : "; ").append(adapters).append(": ").append(note);
    return text += '.';
  }

 private:
  List<std::pair<String, std::string_view>> notes_;
};

Row* find_row(List<Row>& rows, std::string_view key) {
  const auto at = std::find_if(rows.begin(), rows.end(), [key](const Row& one) { return one.key == key; });
  return at != rows.end() ? &*at : nullptr;
}

}  // namespace

Grammar::Grammar(AllKeys adapters) : adapters_(adapters) {
  const auto first = [this](bool AdapterKeys::*brings) {
    const auto at = std::find_if(adapters_.begin(), adapters_.end(), [&](const auto& one) { return one.*brings; });
    return at != adapters_.end() ? at->name : std::string_view("NAME");
  };
  const auto add = [this](Described one) -> Described& { return tables_.emplace_back(std::move(one)); };

  Described& file =
      add(describe(keys_of<settings>(), "", "{server: …, backends: …, routes: …}", "The sections of the file."));
  add(describe(keys_of<server>(), "server", "{listen: [\"127.0.0.1:8080\"]}", {}, server_synonyms));
  add(describe(keys_of<limits>(), "server.limits", "{body: 1MiB, idle: 75s}", {}, limits_synonyms));
  add(describe(keys_of<admin>(), "admin", "{listen: \"127.0.0.1:9090\"}",
               "Without this section there is no such listener.", admin_synonyms));
  add(describe(keys_of<log>(), "log", "{level: info}", {}, log_synonyms));

  String backend_form = example_of(At::backend);
  Described& backend_table =
      add(describe(keys_of<backend>(), "backends.NAME", std::move(backend_form),
                   "Each backend has a name of its own, which routes refer to.", backend_synonyms));
  add_own_rows(At::backend, backend_table);
  Described& credentials =
      tables_.emplace_back(Described{.view = nullptr,
                                     .where = "backends.NAME.auth",
                                     .form = example_of(At::backend_auth),
                                     .about = "What a connector shows its upstream: which of these a vendor takes is "
                                              "said with each. A vendor that requires credentials needs some, or "
                                              "the word `none`.",
                                     .bounds = {},
                                     .defaults = {},
                                     .synonyms = {}});
  add_own_rows(At::backend_auth, credentials);
  add_below(At::backend_auth);
  add_below(At::backend);

  Described& route_table = add(describe(
      keys_of<route>(), "routes[]", "{facade: " + String(first(&AdapterKeys::routes)) + ", backend: NAME}",
      "Each entry mounts a vendor's API. The host of a request, its path and the address that it came to decide "
      "which route answers.",
      route_synonyms));
  add_own_rows(At::route, route_table);
  Described& auth =
      tables_.emplace_back(Described{.view = nullptr,
                                     .where = "routes[].auth",
                                     .form = example_of(At::route_auth),
                                     .about = "Which of these a facade takes is said with each. A facade whose vendor "
                                              "requires credentials needs "
                                              "at least one of them, or the word `none` to be open to everybody.",
                                     .bounds = {},
                                     .defaults = {},
                                     .synonyms = {}});
  add_own_rows(At::route_auth, auth);
  add_below(At::route_auth);
  add_below(At::route);
  add(describe(keys_of<rate_limit>(), "routes[].rate_limit", "{requests: 100, per: 1m}", {}, rate_limit_synonyms));
  add(describe(keys_of<cors>(), "routes[].cors", "{origins: [\"https://shop.example.com\"]}", {}, cors_synonyms));

  finish(part(At::backend_auth), "credentials", credentials);
  finish(part(At::route_auth), "auth", auth);
  find_row(part(At::backend).rows, "auth")->type = &part(At::backend_auth).type;
  find_row(part(At::route).rows, "auth")->type = &part(At::route_auth).type;
  finish(part(At::backend), "backend", backend_table);
  finish(part(At::route), "route", route_table);
  backends_ = {.form = Form::map, .words = {}, .view = part(At::backend).type.view, .element = &part(At::backend).type};
  routes_ = {.form = Form::list, .words = {}, .view = nullptr, .element = &part(At::route).type};
  file_.rows.assign(file.view->rows.begin(), file.view->rows.end());
  find_row(file_.rows, "backends")->type = &backends_;
  find_row(file_.rows, "routes")->type = &routes_;
  finish(file_, "config", file);
  auth_ = {Special{&part(At::backend_auth).type, "`none`, or [credentials](#credentials)", "credentials"},
           Special{&part(At::route_auth).type, "`none`, or [auth](#auth)", "auth"}};
}

/// Adds the common rows, if any, and then the adapters' rows in their order.
void Grammar::add_own_rows(At place, Described& table) {
  Part& made = part(place);
  if (table.view != nullptr) made.rows.assign(table.view->rows.begin(), table.view->rows.end());
  const std::size_t common = made.rows.size();
  List<Notes> notes;
  for (const AdapterKeys& adapter : adapters_) {
    for (const OwnTable* own : adapter.tables) {
      if (own->at != place) continue;
      for (std::size_t i = 0; i < own->keys.view->rows.size(); ++i) {
        const Row& row = own->keys.view->rows[i];
        Row* known = find_row(made.rows, row.key);
        if (known == nullptr) {
          made.rows.push_back(row);
          made.rows.back().need = Need::optional;  // only some adapters require it
          table.bounds.push_back(own->keys.bounds[i]);
          table.defaults.push_back(own->keys.defaults());
          notes.emplace_back().add(adapter.name, row.note);
        } else if (const auto at = static_cast<std::size_t>(known - made.rows.data()); at >= common) {
          notes[at - common].add(adapter.name, row.note);
        }
      }
      for (const Synonym& one : own->synonyms) table.synonyms.push_back(one);
    }
  }
  for (std::size_t i = 0; i < notes.size(); ++i) {
    made.rows[common + i].note = made.notes.emplace_back(notes[i].text());
  }
}

void Grammar::add_below(At place) {
  for (const AdapterKeys& adapter : adapters_) {
    for (const OwnTable* own : adapter.tables) {
      if (own->at != place) continue;
      for (const TableBelow& below : own->below) {
        if (find(*below.keys.view) != nullptr) continue;  // added already, for another adapter
        tables_.push_back(describe(below.keys, below.where, String(below.example), {}, below.synonyms));
      }
    }
  }
}

void Grammar::finish(Part& made, std::string_view name, Described& table) {
  made.view.name = name;
  made.view.record = name;
  made.view.rows = made.rows;
  made.view.index = shape::index_of(made.rows);
  made.type = {.form = Form::object, .words = {}, .view = &made.view, .element = nullptr};
  table.view = &made.view;
}

/// The example of the first adapter that has one. For a backend it includes `kind`.
String Grammar::example_of(At place) const {
  for (const AdapterKeys& adapter : adapters_) {
    for (const OwnTable* own : adapter.tables) {
      if (own->at != place || own->example.empty()) continue;
      const String kind = place == At::backend ? "kind: " + String(adapter.name) + ", " : String();
      return '{' + kind + String(own->example) + '}';
    }
  }
  return place == At::backend ? "{kind: NAME}" : "{KEY: …}";
}

const Special* Grammar::special(const shape::Type& type) const {
  const auto is_it = [&type](const Special& one) { return one.type == &type; };
  if (const auto* found = std::find_if(std::begin(specials), std::end(specials), is_it); found != std::end(specials))
    return found;
  const auto* found = std::find_if(auth_.begin(), auth_.end(), is_it);
  return found != auth_.end() ? found : nullptr;
}

bool Grammar::is_auth(const shape::Type& type) const noexcept {
  return &type == &part(At::backend_auth).type || &type == &part(At::route_auth).type;
}

bool Grammar::takes_one(const shape::Type& list) const noexcept {
  return list.form == Form::list && &list != &routes_;  // `routes` must be a list
}

const Described* Grammar::find(const shape::View& view) const noexcept {
  const auto at =
      std::find_if(tables_.begin(), tables_.end(), [&view](const Described& one) { return one.view == &view; });
  return at != tables_.end() ? &*at : nullptr;
}

std::optional<String> default_of(const Described& table, std::size_t index) {
  const Row& row = table.view->rows[index];
  const bool scalar = row.type->form == Form::text || row.type->form == Form::integer ||
                      row.type->form == Form::boolean || row.type->form == Form::word;
  if (!scalar || row.need == Need::required || row.type == &SecretCodec::type) return std::nullopt;
  Buffer out;
  Writer writer(out);
  row.write(table.defaults[index], {}, true, writer);
  writer.finish();
  if (out.view() == "\"\"") return std::nullopt;
  return String(out.view());
}

}  // namespace parley::config
