// All tables of a configuration file in one: the common ones, with the adapters' own keys put where they stand. Advice and both
// generators read it.
#pragma once

#include <deque>
#include <optional>

#include "config/adapter_keys.hpp"

namespace parley::config {

/// One table, for a reader. Where adapters put keys into it, its rows are those of all of them.
struct Described {
  const shape::View* view;
  String where;  ///< `backends.NAME`
  String form;   ///< how one is written, on a line
  std::string_view about;
  List<Bounds> bounds;         ///< one for each row
  List<const void*> defaults;  ///< for each row an object as it is before a file is read
  List<Synonym> synonyms;
};

/// A value with a form of its own.
struct Special {
  const shape::Type* type;
  std::string_view words;       ///< for a person
  std::string_view definition;  ///< its name among the schema's definitions
};

/// Immutable; `adapters` and what they refer to must outlive it.
class Grammar {
 public:
  explicit Grammar(AllKeys adapters);
  Grammar(const Grammar&) = delete;
  Grammar& operator=(const Grammar&) = delete;

  [[nodiscard]] AllKeys adapters() const noexcept { return adapters_; }
  /// All tables, from the top; each once.
  [[nodiscard]] const std::deque<Described>& tables() const noexcept { return tables_; }
  /// The whole file.
  [[nodiscard]] const shape::Type& root() const noexcept { return file_.type; }
  /// Everything that may stand at a place where adapters have keys of their own.
  [[nodiscard]] const shape::View& at(At place) const noexcept { return *part(place).type.view; }

  /// nullptr: an ordinary value.
  [[nodiscard]] const Special* special(const shape::Type& type) const;
  /// Whether the type is `auth` of a backend or a route.
  [[nodiscard]] bool is_auth(const shape::Type& type) const noexcept;
  /// Whether a single value may stand for the list.
  [[nodiscard]] bool takes_one(const shape::Type& list) const noexcept;
  /// The table of that view; nullptr: it has none.
  [[nodiscard]] const Described* find(const shape::View& view) const noexcept;

 private:
  /// A table that is put together here: rows from several tables, some with another type.
  struct Part {
    List<shape::Row> rows;
    std::deque<String> notes;
    shape::View view;
    shape::Type type;
  };
  [[nodiscard]] Part& part(At place) noexcept { return parts_[static_cast<std::size_t>(place)]; }
  [[nodiscard]] const Part& part(At place) const noexcept { return parts_[static_cast<std::size_t>(place)]; }
  void add_own_rows(At place, Described& table);
  void add_below(At place);
  void finish(Part& part, std::string_view name, Described& table);
  [[nodiscard]] String example_of(At place) const;

  AllKeys adapters_;
  std::deque<Described> tables_;
  std::array<Part, 4> parts_;
  Part file_;
  shape::Type backends_;
  shape::Type routes_;
  std::array<Special, 2> auth_;
};

/// The default as JSON; nothing where the key has none, is required, is an object, or is a secret.
[[nodiscard]] std::optional<String> default_of(const Described& table, std::size_t row);

}  // namespace parley::config
