// All tables of a configuration file: the common tables, with the adapters' own keys in their places. Advice, schema and reference use
// it.
#pragma once

#include <deque>
#include <optional>

#include "config/adapter_keys.hpp"

namespace parley::config {

/// A table as people see it. If adapters have own keys in it, it has the rows of all of them.
struct Described {
  const shape::View* view;
  String where;  ///< `backends.NAME`
  String form;   ///< an object as it is written, on one line
  std::string_view about;
  List<Bounds> bounds;         ///< one for each row
  List<const void*> defaults;  ///< for each row, an object with the defaults
  List<Synonym> synonyms;
};

/// A type of value with its own syntax.
struct Special {
  const shape::Type* type;
  std::string_view words;       ///< in the reference
  std::string_view definition;  ///< its name in the schema's `$defs`
};

/// Immutable. `adapters` and what they refer to must outlive it.
class Grammar {
 public:
  explicit Grammar(AllKeys adapters);
  Grammar(const Grammar&) = delete;
  Grammar& operator=(const Grammar&) = delete;

  [[nodiscard]] AllKeys adapters() const noexcept { return adapters_; }
  /// All tables, each once. The first is that of the whole file.
  [[nodiscard]] const std::deque<Described>& tables() const noexcept { return tables_; }
  /// The type of the whole file.
  [[nodiscard]] const shape::Type& root() const noexcept { return file_.type; }
  /// All keys that are allowed at that place: the common ones and those of all adapters.
  [[nodiscard]] const shape::View& at(At place) const noexcept { return *part(place).type.view; }

  /// nullptr: the type has no syntax of its own.
  [[nodiscard]] const Special* special(const shape::Type& type) const;
  /// Whether it is the type of a backend's or a route's `auth`.
  [[nodiscard]] bool is_auth(const shape::Type& type) const noexcept;
  /// Whether a single value may be written instead of the list.
  [[nodiscard]] bool takes_one(const shape::Type& list) const noexcept;
  /// The table of a view, or nullptr.
  [[nodiscard]] const Described* find(const shape::View& view) const noexcept;

 private:
  /// A table that the grammar makes: rows of several tables, some with another type.
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

/// The default of a key as JSON. nullopt: the key is required, is a secret, is not a scalar, or has no default.
[[nodiscard]] std::optional<String> default_of(const Described& table, std::size_t row);

}  // namespace parley::config
